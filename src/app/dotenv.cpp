#include "app/dotenv.hpp"

#include "base/text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

namespace tgpanel::app {

namespace {

bool is_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  };
  return !text.empty() && letter(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

// What follows a closing quote: nothing, or a comment.
bool ends_well(std::string_view rest) {
  rest = trim(rest);
  return rest.empty() || rest.front() == '#';
}

std::optional<std::string> quoted(std::string_view text) {
  const char quote = text.front();
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == quote) {
      if (!ends_well(text.substr(i + 1))) return std::nullopt;
      return value;
    }
    if (quote == '"' && c == '\\' && i + 1 < text.size()) {
      const char escaped = text[++i];
      value += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
    } else {
      value += c;
    }
  }
  return std::nullopt;
}

std::string bare(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool comment = text[i] == '#' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t');
    if (comment) return std::string(trim(text.substr(0, i)));
  }
  return std::string(trim(text));
}

}  // namespace

DotEnv parse_dotenv(std::string_view text) {
  DotEnv result;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with("export ")) line = trim(line.substr(7));

    const auto equals = line.find('=');
    const auto name = trim(line.substr(0, equals));
    if (equals == std::string_view::npos || !is_name(name)) {
      result.problems.push_back(fmt::format("line {}: NAME=VALUE is expected", number));
      continue;
    }
    const auto rest = trim(line.substr(equals + 1));
    std::optional<std::string> value;
    if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) {
      value = quoted(rest);
    } else {
      value = bare(rest);
    }
    if (!value) {
      result.problems.push_back(
          fmt::format("line {}: the quotes of {} do not end at the end of the line", number, name));
    } else if (!result.values.emplace(name, std::move(*value)).second) {
      result.problems.push_back(fmt::format("line {}: {} comes a second time", number, name));
    }
  }
  return result;
}

}  // namespace tgpanel::app
