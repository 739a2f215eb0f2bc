#include "testdc/world/limits.hpp"

#include "testdc/rpc/call.hpp"
#include "testdc/world/reactions_list.hpp"

#include <algorithm>

namespace testdc::limits {

namespace {

[[noreturn]] void refuse(std::string text) {
  throw RpcError{400, std::move(text)};
}

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void check_button(const Value& button) {
  if (blank(button.value("text", ""))) refuse("BUTTON_TEXT_INVALID");
  if (button["_"] == "keyboardButtonCallback") {
    const auto size = button.at("data").get_binary().size();
    if (size == 0 || size > button_data_bytes) refuse("BUTTON_DATA_INVALID");
  } else if (button["_"] == "keyboardButtonUrl" && blank(button.value("url", ""))) {
    refuse("BUTTON_URL_INVALID");
  }
}

}  // namespace

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

std::size_t utf8_chars(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void check_text(std::string_view text) {
  if (blank(text)) refuse("MESSAGE_EMPTY");
  if (utf16_units(text) > text_units) refuse("MESSAGE_TOO_LONG");
}

void check_caption(std::string_view text) {
  if (utf16_units(text) > caption_units) refuse("MEDIA_CAPTION_TOO_LONG");
}

void check_start_param(std::string_view param) {
  if (param.size() > start_param_chars) refuse("START_PARAM_TOO_LONG");
  const bool fits = std::ranges::all_of(param, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  if (!fits) refuse("START_PARAM_INVALID");
}

void check_entities(std::string_view text, const Value& entities) {
  const auto units = static_cast<std::int64_t>(utf16_units(text));
  for (const auto& entity : entities) {
    const auto offset = entity.at("offset").get<std::int64_t>();
    const auto length = entity.at("length").get<std::int64_t>();
    if (offset < 0 || length <= 0 || offset + length > units) refuse("ENTITY_BOUNDS_INVALID");
  }
}

void check_markup(const Value& reply_markup) {
  if (!reply_markup.is_object() || !reply_markup.contains("rows")) return;
  std::size_t count = 0;
  for (const auto& row : reply_markup["rows"]) {
    for (const auto& button : row.at("buttons")) {
      check_button(button);
      ++count;
    }
  }
  if (count > buttons) refuse("REPLY_MARKUP_TOO_LONG");
}

void check_reactions(const std::vector<std::string>& emoji, std::size_t most) {
  if (emoji.size() > most) refuse("REACTIONS_TOO_MANY");
  for (const auto& one : emoji) {
    if (std::ranges::find(known_reactions(), one) == known_reactions().end())
      refuse("REACTION_INVALID");
  }
}

}  // namespace testdc::limits
