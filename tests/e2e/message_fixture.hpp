#pragma once
// Bulk → Message as an admin walks to it, and what of it arrived.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace e2e {

namespace words = support::words;

class MessageTest : public Test {
 protected:
  void open_bulk() {
    stage.press(words::kBulk);
    stage.wait_bot("One action by several accounts");
  }

  /// Walks to the preview.
  void preview(std::string_view count, std::string_view to, std::string_view text) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    open_bulk();
    stage.press("Message");
    stage.wait_bot("How many accounts");
    stage.say(count);
    stage.wait_bot("Who is written to?");
    stage.say(to);
    stage.wait_bot("Send the text of the message");
    stage.say(text);
    stage.wait_bot("This takes about");
  }

  testdc::SeenMessage run_job(std::string_view count, std::string_view to, std::string_view text) {
    preview(count, to, text);
    stage.press(words::kStartJob);
    return stage.wait_bot("State: finished", 60s);
  }

  std::size_t sends_of(std::size_t account) {
    return stage.world().calls("messages.sendMessage", stage.town().accounts[account]).size();
  }

  /// How often the text is in the private chat of a person with an account.
  std::size_t received(std::int64_t person, std::size_t account, std::string_view text) {
    const auto chat = std::to_string(stage.town().accounts[account]);
    const auto all = stage.world().messages(chat, person);
    return static_cast<std::size_t>(std::ranges::count_if(all, [&](const auto& message) {
      return !message.deleted && message.text == text &&
             message.sender_id == stage.town().accounts[account];
    }));
  }

  void peer_flood(std::size_t account) {
    stage.world().fault({{"method", "messages.sendMessage"},
                         {"user_id", stage.town().accounts[account]},
                         {"times", 1},
                         {"code", 400},
                         {"text", "PEER_FLOOD"}});
  }
};

}  // namespace e2e
