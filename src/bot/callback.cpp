#include "bot/callback.hpp"

#include "bot/screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace tgpanel::bot {
namespace {

constexpr std::string_view kMenus = "malnkriubjsIAcdtgxDRSEOoZz";

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  if (text.empty() || text.front() == '-') return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;  // one spelling per number
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
  });
}

/// Splits into exactly `N` parts at colons.
template <std::size_t N>
std::optional<std::array<std::string_view, N>> split(std::string_view text) {
  std::array<std::string_view, N> parts;
  for (std::size_t i = 0; i + 1 < N; ++i) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    parts[i] = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (text.find(':') != std::string_view::npos) return std::nullopt;
  parts[N - 1] = text;
  return parts;
}

struct Encoder {
  std::string operator()(const MenuPress& p) const {
    return fmt::format("m:{}:{}:{}", encode(p.menu), p.fingerprint, p.action);
  }

  std::string operator()(const ConversationPress& p) const {
    return fmt::format("c:{}:{}:{}", p.conversation, p.step, p.action);
  }

  std::string operator()(const JobPress& p) const {
    return fmt::format("j:{}:{}", p.job, p.action);
  }

  std::string operator()(const AlertPress& p) const {
    return fmt::format("a:{}:{}", p.alert, p.action);
  }
};

}  // namespace

std::string encode(MenuRef menu) {
  return fmt::format("{}{}", static_cast<char>(menu.menu), menu.parameter);
}

std::optional<MenuRef> parse_menu(std::string_view text) {
  if (text.size() < 2 || kMenus.find(text.front()) == std::string_view::npos) return std::nullopt;
  const auto parameter = number(text.substr(1));
  if (!parameter) return std::nullopt;
  return MenuRef{static_cast<Menu>(text.front()), *parameter};
}

std::string encode(const Press& press) {
  return std::visit(Encoder{}, press);
}

std::optional<Press> parse_press(std::string_view data) {
  if (data.size() > kMaxCallbackData || data.size() < 2 || data[1] != ':') return std::nullopt;
  const std::string_view rest = data.substr(2);
  switch (data.front()) {
    case 'm': {
      const auto parts = split<3>(rest);
      if (!parts || !is_word((*parts)[1]) || !is_word((*parts)[2])) return std::nullopt;
      const auto menu = parse_menu((*parts)[0]);
      if (!menu) return std::nullopt;
      return MenuPress{*menu, std::string((*parts)[1]), std::string((*parts)[2])};
    }
    case 'c': {
      const auto parts = split<3>(rest);
      if (!parts || !is_word((*parts)[0]) || !is_word((*parts)[2])) return std::nullopt;
      const auto step = number((*parts)[1]);
      if (!step) return std::nullopt;
      return ConversationPress{std::string((*parts)[0]), *step, std::string((*parts)[2])};
    }
    case 'j':
    case 'a': {
      const auto parts = split<2>(rest);
      if (!parts || !is_word((*parts)[1])) return std::nullopt;
      const auto id = number((*parts)[0]);
      if (!id) return std::nullopt;
      if (data.front() == 'j') return JobPress{*id, std::string((*parts)[1])};
      return AlertPress{*id, std::string((*parts)[1])};
    }
    default:
      return std::nullopt;
  }
}

}  // namespace tgpanel::bot
