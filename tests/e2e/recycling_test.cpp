// Clients that have grown are closed and opened again, again and again and within seconds here,
// while everything else goes on.

#include "monitor_fixture.hpp"

#include <signal.h>

#include <map>

namespace e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kAccounts = 3;
constexpr int kTimes = 3;  // every client, at least
constexpr std::string_view kReopened = "its client is opened anew";

class Recycling : public MonitorTest {
 protected:
  void SetUp() override {
    const auto& town = stage.town();
    stage.world().add_chat("supergroup", "Yard", "yard",
                           {town.writer, town.accounts[0], town.accounts[1]});
    stage.world().add_chat("supergroup", "Cellar", "", {town.writer, town.accounts[2]});
    stage.world().add_chat("basic_group", "Old friends", "",
                           {town.writer, town.accounts[1], town.accounts[2]});
    stage.add_accounts(kAccounts);
    // Every client is due as soon as it is half a second old and has seen a few messages. Not
    // before the logins, whose deadlines are divided too.
    stage.environment()["TGPANEL_PACE_SCALE"] = "600";
    stage.environment()["TGPANEL_MESSAGES_PER_CHAT"] = "1";
  }

  void open_panel() {
    start();
    add_keyword("bicycle");
  }

  /// How often the panel has opened the account's client anew.
  int reopened(std::size_t account) {
    const auto line = fmt::format("account {}: {}", account + 1, kReopened);
    const auto log = stage.panel().err();
    int times = 0;
    for (auto at = log.find(line); at != std::string::npos; at = log.find(line, at + 1)) ++times;
    return times;
  }

  int reopened_least() {
    int least = reopened(0);
    for (std::size_t account = 1; account < kAccounts; ++account) {
      least = std::min(least, reopened(account));
    }
    return least;
  }

  using Chats = std::vector<std::string_view>;

  static Chats all_chats() { return {"Market", "Yard", "Cellar", "Old friends"}; }

  /// One message that matches in each chat in turn, and one that does not.
  void write_some(const Chats& chats = all_chats()) {
    for (const auto chat : chats) {
      write(fmt::format("about something else, {}", matches), std::string(chat));
      write(fmt::format("bicycle, match no. {} of many", ++matches), std::string(chat));
    }
  }

  /// Goes on as long as `more()`, which must end within the deadline.
  void write_while(const std::function<bool()>& more, const Chats& chats = all_chats()) {
    const auto give_up = std::chrono::steady_clock::now() + 90s;
    while (more()) {
      ASSERT_LT(std::chrono::steady_clock::now(), give_up);
      write_some(chats);
      wait_for_number(matches, 30s);
    }
  }

  void expect_every_match_once() {
    const auto all = [this] {
      return numbers_in_channel().size() >= static_cast<std::size_t>(matches);
    };
    stage.world().wait_until(fmt::format("{} alerts", matches), all, 60s);
    // What would come twice is in the queue before this one.
    write_some();
    wait_for_number(matches, 30s);
    stage.world().wait_until("the last alerts", all, 30s);
    std::map<int, int> times;
    for (const int number : numbers_in_channel()) ++times[number];
    for (int number = 1; number <= matches; ++number) EXPECT_EQ(times[number], 1) << number;
  }

  /// No account was ever anything but active.
  void expect_nothing_was_told() {
    const auto chat = stage.world().messages(std::string(words::kBotName), stage.town().admin);
    for (const auto& message : chat) {
      EXPECT_THAT(message.text, Not(HasSubstr("connecting")));
      EXPECT_THAT(message.text, Not(HasSubstr("login needed")));
    }
    EXPECT_THAT(stage.panel().err(), Not(HasSubstr(": connecting")));
  }

  std::vector<testdc::SeenMessage> in_market(std::string_view text) {
    auto all = stage.world().messages("Market");
    std::erase_if(all, [&](const auto& message) { return message.text != text; });
    return all;
  }

  int matches = 0;
};

TEST_F(Recycling, EveryClientIsOpenedAnewAndEveryMatchAlertsOnce) {
  open_panel();
  write_while([this] { return reopened_least() < kTimes; });
  expect_every_match_once();
  expect_nothing_was_told();
}

TEST_F(Recycling, NoDeedIsLostOrDoneTwiceAndNoneIsCutShort) {
  // Each reaction is under way for longer than a client is young.
  stage.world().fault({{"method", "messages.sendReaction"}, {"times", -1}, {"delay_ms", 700}});
  stage.world().fault({{"method", "messages.sendMessage"}, {"times", -1}, {"delay_ms", 700}});
  open_panel();
  for (int round = 1; round <= 2; ++round) {
    const auto before = reopened_least();
    const auto target = write(fmt::format("Please react to this, {}", round));
    const auto link = fmt::format("https://t.me/market/{}", target);
    const auto text = fmt::format("We agree, {}", round);
    for (const auto* action : {"Reaction", "Comment"}) {
      const bool comment = std::string_view(action) == "Comment";
      stage.say("/start");
      stage.wait_bot(words::kMainMenu);
      stage.press(words::kBulk);
      stage.press(action);
      stage.wait_bot("How many accounts");
      stage.say("3");
      stage.wait_bot("link of the message");
      stage.say(link);
      if (comment) {
        stage.wait_bot("Send the text of the comment");
        stage.say(text);
      } else {
        stage.wait_bot("Choose the reaction");
        stage.press("🔥");
      }
      stage.wait_bot("This takes about");
      stage.press(words::kStartJob);
      const auto done = [&] {
        if (comment) return in_market(text).size() == kAccounts;
        for (const auto& seen : stage.world().messages("Market")) {
          if (seen.id != target || !seen.reactions.contains("🔥")) continue;
          return seen.reactions.at("🔥").size() == kAccounts;
        }
        return false;
      };
      write_while([&] { return !done(); });
      EXPECT_THAT(stage.wait_bot("State: finished", 30s).text, HasSubstr("done 3"));
    }
    write_while([&] { return reopened_least() <= before; });
    EXPECT_EQ(in_market(text).size(), kAccounts);
    EXPECT_EQ(stage.world().calls("messages.sendReaction").size(),
              kAccounts * static_cast<std::size_t>(round));
    EXPECT_EQ(stage.world().calls("messages.sendMessage", stage.town().accounts[0]).size(),
              static_cast<std::size_t>(round));
  }
  expect_every_match_once();
}

TEST_F(Recycling, WhatAnAdminAsksMeanwhileIsAnswered) {
  open_panel();
  for (int round = 0; round < 4; ++round) {
    write_while([&] { return reopened_least() < round + 1; });
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kAccountManagement);
    stage.wait_bot("account");
    stage.press("Update groups");
    stage.wait_bot("side by side");
    stage.press("Look now");
    const auto seen = stage.wait_bot("Looked at 3 accounts.", 30s).text;
    EXPECT_THAT(seen, HasSubstr(round == 0 ? "looked at for the first time" : "as before"));
    EXPECT_THAT(seen, Not(HasSubstr("gone")));
    EXPECT_THAT(seen, Not(HasSubstr("new:")));
    EXPECT_THAT(seen, Not(HasSubstr("connecting")));
  }
}

// TDLib says nothing of the edit of a message that it has not loaded, and somebody watched all the
// time.
TEST_F(Recycling, AnEditOfWhatWasWrittenBeforeItAlerts) {
  open_panel();
  // Nothing else is written there: only the newest messages of a chat are read anew.
  const auto message = write("nothing yet", "Yard");
  write_while([&] { return reopened(0) < 2 || reopened(1) < 2; }, {"Market"});
  stage.world().edit(stage.town().writer, "Yard", message, "a bicycle after all");
  wait_alert("a bicycle after all");
  EXPECT_EQ(alerts_with("a bicycle after all"), 1U);
}

TEST_F(Recycling, AKillWhileTheClientIsClosedLosesNothing) {
  stage.environment()["TGPANEL_CRASH_AT"] = "account.closed_to_reopen";
  open_panel();
  // More than every client may hold, and then nothing: no client that is at work is closed.
  for (int round = 0; round < 30; ++round) write_some();
  EXPECT_EQ(stage.panel().wait(60s), 128 + SIGKILL);
  write_some();
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  write_while([this] { return reopened_least() < 1; });
  expect_every_match_once();
}

}  // namespace
}  // namespace e2e
