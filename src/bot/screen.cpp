#include "bot/screen.hpp"

#include "base/direction.hpp"
#include "bot/bytes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tgpanel::bot {
namespace {

Json to_td(const Button& button) {
  Json type;
  if (button.url.empty()) {
    type = {{"@type", "inlineKeyboardButtonTypeCallback"}, {"data", to_bytes(button.data)}};
  } else {
    type = {{"@type", "inlineKeyboardButtonTypeUrl"}, {"url", button.url}};
  }
  return {{"@type", "inlineKeyboardButton"}, {"text", button.text}, {"type", std::move(type)}};
}

}  // namespace

Json to_td_markup(const std::vector<Row>& rows) {
  if (rows.empty()) return nullptr;
  Json all = Json::array();
  for (const auto& row : rows) {
    Json buttons = Json::array();
    for (const auto& button : row) buttons.push_back(to_td(button));
    all.push_back(std::move(buttons));
  }
  return {{"@type", "replyMarkupInlineKeyboard"}, {"rows", std::move(all)}};
}

Screen with_notice(Screen screen, std::string_view notice) {
  if (notice.empty()) return screen;
  RichText text(notice);
  text.add("\n\n").add(screen.text).fit(kMaxText);
  screen.text = std::move(text);
  return screen;
}

Screen in_direction(Language language, Screen screen) {
  if (language != Language::fa) return screen;
  screen.text.lead_lines(line_mark(language), leads_right_to_left).fit(kMaxText);
  return screen;
}

std::string fingerprint(const Screen& screen) {
  // FNV-1a: differs on any change; it protects nobody from a forger, only old menus from acting.
  std::uint32_t hash = 2166136261U;
  auto mix = [&hash](std::string_view part) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    hash = (hash ^ 0xFFU) * 16777619U;
  };
  mix(screen.text.text());
  for (const auto& row : screen.rows) {
    mix("row");
    for (const auto& button : row) {
      mix(button.text);
      mix(button.data);
      mix(button.url);
    }
  }
  return fmt::format("{:08x}", hash);
}

Page page_of(std::size_t total, std::size_t size, std::size_t page) {
  Page result;
  result.count = std::max<std::size_t>(1, (total + size - 1) / size);
  result.index = std::min(page, result.count - 1);
  result.begin = result.index * size;
  result.end = std::min(total, result.begin + size);
  return result;
}

}  // namespace tgpanel::bot
