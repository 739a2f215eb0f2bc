#include "testdc/world/bot_audit.hpp"

#include "testdc/world/limits.hpp"

#include <algorithm>
#include <optional>

namespace testdc {

namespace {

// No rule of the server's: longer ones no app shows whole.
constexpr std::size_t kButtonTextUnits = 128;
// core.telegram.org/bots/features#inline-keyboards: what the apps still draw in one row.
constexpr std::size_t kButtonsInARow = 8;

std::string count(std::string_view what, std::size_t have, std::size_t most) {
  return std::string(what) + ": " + std::to_string(have) + " > " + std::to_string(most);
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20U; });
}

// Where UTF-16 units begin a character: an entity may neither begin nor end within a pair.
std::vector<bool> character_starts(std::string_view text) {
  std::vector<bool> starts;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) continue;
    starts.push_back(true);
    if (byte >= 0xF0U) starts.push_back(false);
  }
  starts.push_back(true);  // the end
  return starts;
}

std::optional<std::string> wrong_entity(std::string_view text, const tl::Value& entities) {
  if (!entities.is_array() || entities.empty()) return std::nullopt;
  const auto starts = character_starts(text);
  const auto units = static_cast<std::int64_t>(starts.size()) - 1;
  for (const auto& entity : entities) {
    const auto offset = entity.at("offset").get<std::int64_t>();
    const auto length = entity.at("length").get<std::int64_t>();
    if (offset < 0 || length <= 0 || offset + length > units) return "an entity outside the text";
    if (!starts[static_cast<std::size_t>(offset)] ||
        !starts[static_cast<std::size_t>(offset + length)]) {
      return "an entity that cuts a character";
    }
  }
  return std::nullopt;
}

std::optional<std::string> wrong_button(const tl::Value& button) {
  const auto text = button.value("text", "");
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return "a button without a text";
  if (has_control_character(text)) return "a button with a line break: " + text;
  if (const auto units = limits::utf16_units(text); units > kButtonTextUnits) {
    return count("units of a button's text", units, kButtonTextUnits);
  }
  if (button.at("_") == "keyboardButtonCallback") {
    const auto size = button.at("data").get_binary().size();
    if (size == 0) return "a button without data: " + text;
    if (size > limits::button_data_bytes) {
      return count("bytes of a button's data", size, limits::button_data_bytes);
    }
  }
  if (button.at("_") == "keyboardButtonUrl" && button.value("url", "").empty()) {
    return "a button without an address: " + text;
  }
  return std::nullopt;
}

}  // namespace

void BotAudit::note(std::string_view where, std::string_view what, std::string_view text) {
  breaches_.push_back(std::string(what) + " (to " + std::string(where) + ": \"" +
                      std::string(text.substr(0, 80)) + "\")");
}

void BotAudit::content(std::string_view where, std::string_view text, bool caption,
                       const tl::Value& entities, const tl::Value& reply_markup) {
  ++checked_;
  const auto units = limits::utf16_units(text);
  const auto most = caption ? limits::caption_units : limits::text_units;
  if (units > most) note(where, count(caption ? "units of a caption" : "units", units, most), text);
  if (!caption && text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    note(where, "an empty text", text);
  }
  if (const auto wrong = wrong_entity(text, entities)) note(where, *wrong, text);
  check_keyboard(where, reply_markup);
}

void BotAudit::keyboard(std::string_view where, const tl::Value& reply_markup) {
  ++checked_;
  check_keyboard(where, reply_markup);
}

void BotAudit::check_keyboard(std::string_view where, const tl::Value& reply_markup) {
  if (!reply_markup.is_object() || !reply_markup.contains("rows")) return;
  std::size_t buttons = 0;
  for (const auto& row : reply_markup["rows"]) {
    const auto& in_row = row.at("buttons");
    buttons += in_row.size();
    if (in_row.empty()) note(where, "an empty row of buttons", "");
    if (in_row.size() > kButtonsInARow) {
      note(where, count("buttons in a row", in_row.size(), kButtonsInARow),
           in_row[0].value("text", ""));
    }
    for (const auto& button : in_row) {
      if (const auto wrong = wrong_button(button)) note(where, *wrong, button.value("text", ""));
    }
  }
  if (buttons > limits::buttons) note(where, count("buttons", buttons, limits::buttons), "");
}

void BotAudit::toast(std::string_view text) {
  ++checked_;
  const auto chars = limits::utf8_chars(text);
  if (chars > limits::callback_answer_chars) {
    note("a press", count("characters of a toast", chars, limits::callback_answer_chars), text);
  }
}

}  // namespace testdc
