#pragma once
// How an admin gets at one account in the bot, and what Telegram knows of it.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace e2e {

using testdc::Json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace words = support::words;

class AccountTest : public Test {
 protected:
  AccountTest() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  static std::string button(int number, std::string_view name) {
    return fmt::format("{}. \u2068{}\u2069", number, name);
  }

  void management() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kAccountManagement);
    stage.wait_bot("account");
  }

  void open_account(int number, std::string_view name) {
    management();
    stage.press(words::kListAccounts);
    stage.wait_bot(words::kListAccounts);
    stage.press(button(number, name));
    stage.wait_bot(fmt::format("Number: {}", number));
  }

  void find_account(std::string_view text) {
    management();
    stage.press("Search");
    stage.wait_bot("Send a part");
    stage.say(text);
  }

  /// From an account's page; ends on the page of its labels.
  void add_label(std::string_view label) {
    stage.press("Labels");
    stage.press("Add label");
    stage.wait_bot("at most 32 characters");
    stage.say(label);
    stage.wait_bot(fmt::format("Added the label: {}", label));
  }

  void add_keyword(std::string_view word) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kMonitorMode);
    stage.press(words::kAddKeyword);
    stage.wait_bot("Send the keyword");
    stage.say(word);
    stage.wait_bot("Added the keyword");
  }

  /// From an account's page.
  void press_delete() {
    stage.press("Delete account");
    stage.wait_bot("Delete this account");
  }

  /// From an account's page, by phone, as this person.
  void log_in_again(std::size_t who) {
    stage.press("Log in again");
    stage.press(words::kByPhone);
    stage.wait_bot("international form");
    stage.say(fmt::format("+{}", support::kPeople[who].phone));
    stage.wait_bot("login code");
    for (const char digit : support::kLoginCode) stage.press(std::string(1, digit));
    stage.press("OK");
  }

  /// Telegram ends the session, and the admin has been told.
  void end_session(std::size_t who) {
    management();  // to an admin who never wrote to it the bot cannot write
    stage.world().revoke(stage.town().accounts[who], "SESSION_REVOKED");
    stage.wait_bot(notice(who, "login needed"));
  }

  static std::string notice(std::size_t who, std::string_view what) {
    return fmt::format("\u2068{}\u2069: {}", support::kPeople[who].name, what);
  }

  /// How often the admin was told this.
  int times_told(std::string_view text) {
    int times = 0;
    for (const auto& message :
         stage.world().messages(std::string(words::kBotName), stage.town().admin)) {
      auto texts = message.past_texts;
      texts.push_back(message.text);
      const bool told = std::ranges::any_of(
          texts, [&](const std::string& one) { return one.find(text) != std::string::npos; });
      times += told ? 1 : 0;
    }
    return times;
  }

  std::size_t sessions(std::size_t who) {
    return stage.world().sessions(stage.town().accounts[who]).size();
  }

  int online(std::size_t who) {
    int count = 0;
    for (const Json& session : stage.world().sessions(stage.town().accounts[who])) {
      count += session.at("online").get<bool>() ? 1 : 0;
    }
    return count;
  }
};

}  // namespace e2e
