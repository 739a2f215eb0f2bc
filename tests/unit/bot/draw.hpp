#pragma once
// A screen as a person would read it: text, then one line of [buttons] a row.

#include "bot/screen.hpp"

#include <string>

namespace tgpanel::bot {

inline std::string draw(const Screen& screen) {
  std::string out = screen.text.text() + "\n";
  for (const auto& row : screen.rows) {
    for (const auto& button : row) {
      out += "[" + button.text + (button.url.empty() ? "" : " → " + button.url) + "]";
    }
    out += "\n";
  }
  return out;
}

/// True when Telegram would take it.
inline bool within_limits(const Screen& screen) {
  std::size_t buttons = 0;
  for (const auto& row : screen.rows) {
    for (const auto& button : row) {
      ++buttons;
      if (button.data.size() > kMaxCallbackData || button.text.empty()) return false;
    }
  }
  return buttons <= kMaxButtons && screen.text.length() <= kMaxText && !screen.text.empty();
}

}  // namespace tgpanel::bot
