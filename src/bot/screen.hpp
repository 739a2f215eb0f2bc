#pragma once
// A screen is a value: text and buttons, made by a pure function of state. Nothing here sends.

#include "base/json.hpp"
#include "base/language.hpp"
#include "bot/rich_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

inline constexpr std::size_t kMaxButtons = 100;      // of one message
inline constexpr std::size_t kMaxCallbackData = 64;  // bytes of one button
inline constexpr std::int32_t kMaxButtonText = 64;  // UTF-16 units; ours, so that rows stay legible
inline constexpr std::int32_t kMaxToast = 200;      // UTF-16 units, answerCallbackQuery

/// A button with either callback data or a URL.
struct Button {
  std::string text;
  std::string data;
  std::string url = {};
  friend bool operator==(const Button&, const Button&) = default;
};

using Row = std::vector<Button>;

struct Screen {
  RichText text;
  std::vector<Row> rows = {};
  std::string qr = {};  // shown as a picture below, when not empty
  friend bool operator==(const Screen&, const Screen&) = default;
};

/// td_api `replyMarkupInlineKeyboard`; null without buttons.
[[nodiscard]] Json to_td_markup(const std::vector<Row>& rows);

/// The screen with one paragraph above its text.
[[nodiscard]] Screen with_notice(Screen screen, std::string_view notice);

/// The screen with every line of its text placed by the direction of the language, also one that
/// begins with a name in other letters. The last step before it is sent.
[[nodiscard]] Screen in_direction(Language language, Screen screen);

/// Eight hex digits that differ when text or buttons differ.
[[nodiscard]] std::string fingerprint(const Screen& screen);

/// One page of `total` things, `size` on a page; `page` is brought into range.
struct Page {
  std::size_t index = 0;
  std::size_t count = 1;
  std::size_t begin = 0;
  std::size_t end = 0;
};

[[nodiscard]] Page page_of(std::size_t total, std::size_t size, std::size_t page);

}  // namespace tgpanel::bot
