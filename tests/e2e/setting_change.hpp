#pragma once
// Settings, as an admin changes a number in the bot.

#include "support/stage.hpp"
#include "support/words.hpp"

#include <string_view>

namespace e2e {

/// Settings → the row with this text → Type a number → `number`.
inline void change_setting(support::Stage& stage, std::string_view row, std::string_view number) {
  stage.say("/start");
  stage.wait_bot(support::words::kMainMenu);
  stage.press("Settings");
  stage.wait_bot("A change holds at once");
  stage.press(row);
  stage.wait_bot("Allowed: ");
  stage.press("Type a number");
  stage.wait_bot("Send the new number");
  stage.say(number);
  stage.wait_bot("Saved. ");
}

}  // namespace e2e
