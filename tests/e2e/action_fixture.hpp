#pragma once
// How an admin lets one account or several act, and what Telegram has of it.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace e2e {

using testdc::Json;
namespace words = support::words;

class ActionTest : public Test {
 protected:
  ActionTest() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  testdc::Driver& world() { return stage.world(); }

  [[nodiscard]] std::int64_t account(std::size_t index) const {
    return stage.town().accounts[index];
  }

  /// Bulk → the action, with so many accounts.
  void bulk(std::string_view action, std::string_view count) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.press(action);
    stage.wait_bot("How many accounts");
    stage.say(count);
    stage.wait_bot("Send the");
  }

  /// Individual → Alice → the action.
  void individual(std::string_view action) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kIndividual);
    press_that_has(stage.wait_bot("Which account"), "Alice");
    stage.wait_bot("What shall this account do");
    stage.press(action);
    stage.wait_bot("Send the");
  }

  void press_that_has(const testdc::SeenMessage& message, std::string_view part) {
    for (const auto& row : message.keyboard) {
      for (const auto& button : row) {
        if (button.text.find(part) == std::string::npos) continue;
        stage.press(button.text);
        return;
      }
    }
    FAIL() << "no button with " << part;
  }

  testdc::SeenMessage run(std::string_view target, std::string_view preview) {
    stage.say(target);
    stage.wait_bot(preview);
    stage.press(words::kStartJob);
    return stage.wait_bot("State: finished");
  }

  /// Of three options, unless the fields have others.
  std::int64_t write_poll(Json fields) {
    fields["question"] = "Tea or coffee?";
    if (!fields.contains("options")) fields["options"] = {"Tea", "Coffee", "Water"};
    return world().send(stage.town().writer, "Market", fields);
  }

  std::map<std::int64_t, std::vector<int>> votes(std::int64_t poll) {
    for (const auto& seen : world().messages("Market")) {
      if (seen.id == poll) return seen.votes;
    }
    return {};
  }

  static std::string link_of(std::int64_t message) {
    return fmt::format("https://t.me/market/{}", message);
  }
};

}  // namespace e2e
