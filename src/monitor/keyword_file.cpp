#include "monitor/keyword_file.hpp"

#include "base/text.hpp"
#include "monitor/rule_syntax.hpp"
#include "words/errors_monitor.hpp"

#include <algorithm>

namespace tgpanel::monitor {

namespace {

// "#bitcoin" is a keyword.
bool is_comment(std::string_view line) {
  if (!line.starts_with('#')) return false;
  return line.size() == 1 || line[1] == ' ' || line[1] == '\t' || line[1] == '#';
}

}  // namespace

Result<KeywordFile> read_keyword_file(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  KeywordFile file;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!valid_utf8(line) || line.contains('\0')) {
      return fail(Errc::invalid, Sentence(words::keyword_file_no_text, number));
    }
    if (is_comment(line) || trim(line).empty()) continue;
    file.rules.emplace_back(line);
    file.lines.push_back(number);
  }
  return file;
}

std::string write_keyword_file(std::span<const Keyword> keywords) {
  std::string text = "# Keywords of Telegram Panel, one rule a line (docs/keywords.md)\n";
  for (const auto& keyword : keywords) {
    const auto line = line_of(keyword);
    if (is_comment(line)) text += ' ';  // not at the begin of the line it is none
    text += line;
    text += '\n';
  }
  return text;
}

}  // namespace tgpanel::monitor
