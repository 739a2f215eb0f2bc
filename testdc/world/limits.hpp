#pragma once
// Telegram's own limits, enforced on everybody. Each function throws RpcError with Telegram's text.

#include "testdc/tl/schema.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace testdc::limits {

using tl::Value;

// help.getConfig: message_length_max, caption_length_max (core.telegram.org/constructor/config).
inline constexpr std::size_t text_units = 4096;
inline constexpr std::size_t caption_units = 1024;
// core.telegram.org/bots/api#inlinekeyboardbutton: callback_data is 1-64 bytes.
inline constexpr std::size_t button_data_bytes = 64;
// core.telegram.org/method/messages.sendMessage: REPLY_MARKUP_TOO_LONG. How many are too many
// Telegram does not say: 100 is what bots met, as in InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
// of telegram/constants.py of python-telegram-bot ("undocumented").
inline constexpr std::size_t buttons = 100;
// core.telegram.org/bots/api#answercallbackquery: text is 0-200 characters.
inline constexpr std::size_t callback_answer_chars = 200;
// core.telegram.org/api/links#bot-links: a start parameter is up to 64 base64url characters.
inline constexpr std::size_t start_param_chars = 64;
// core.telegram.org/bots/api#sendpoll: 2-12 options.
inline constexpr std::size_t poll_options = 12;
// core.telegram.org/api/files: a part is at most 512 kB.
inline constexpr std::size_t file_part_bytes = std::size_t{512} * 1024;
// core.telegram.org/api/updates: a channel this many events behind gets channelDifferenceTooLong.
inline constexpr int channel_difference = 100;
// core.telegram.org/method/messages.getHistory: no more messages than this in one answer.
inline constexpr int history_page = 100;

/// UTF-16 code units of a UTF-8 text: what Telegram counts texts and entity offsets in.
[[nodiscard]] std::size_t utf16_units(std::string_view text);
[[nodiscard]] std::size_t utf8_chars(std::string_view text);

/// MESSAGE_EMPTY, MESSAGE_TOO_LONG.
void check_text(std::string_view text);
/// MEDIA_CAPTION_TOO_LONG.
void check_caption(std::string_view text);
/// START_PARAM_TOO_LONG, START_PARAM_INVALID.
void check_start_param(std::string_view param);
/// ENTITY_BOUNDS_INVALID.
void check_entities(std::string_view text, const Value& entities);
/// BUTTON_DATA_INVALID, BUTTON_TEXT_INVALID, BUTTON_URL_INVALID, REPLY_MARKUP_TOO_LONG.
void check_markup(const Value& reply_markup);
/// REACTION_INVALID for what is no reaction of Telegram's; REACTIONS_TOO_MANY beyond `most`.
void check_reactions(const std::vector<std::string>& emoji, std::size_t most);

}  // namespace testdc::limits
