#pragma once
// How an admin begins a login in the bot, and enters its code.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace e2e {

namespace words = support::words;

class LoginTest : public Test {
 protected:
  void begin(std::string_view how) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kAccountManagement);
    stage.press(words::kAddAccount);
    stage.press(how);
  }

  /// `phone` as it is typed.
  void begin_typed(std::string_view phone) {
    begin(words::kByPhone);
    stage.wait_bot("international form");
    stage.say(phone);
  }

  void begin_phone(std::string_view phone) { begin_typed(fmt::format("+{}", phone)); }

  /// Digits only, on the keypad.
  void key_in(std::string_view code = support::kLoginCode) {
    for (const char digit : code) stage.press(std::string(1, digit));
    stage.press("OK");
  }

  std::size_t sessions(std::size_t who) {
    return stage.world().sessions(stage.town().accounts[who]).size();
  }
};

}  // namespace e2e
