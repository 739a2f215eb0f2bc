// A client is closed and another opened in its place: the machine's rules as a table.

#include "accounts/account_machine.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tgpanel::accounts::link {
namespace {

std::string reopening_words(const std::vector<Effect>& effects) {
  std::string all;
  const auto add = [&](const char* word) { all += (all.empty() ? "" : " ") + std::string(word); };
  for (const auto& effect : effects) {
    if (const auto* changed = std::get_if<StateChanged>(&effect)) {
      add(changed->outage ? "lost" : "changed");
    }
    if (std::holds_alternative<WatchOutage>(effect)) add("watch");
    if (std::holds_alternative<ReadProfile>(effect)) add("profile");
    if (std::holds_alternative<LoadChats>(effect)) add("chats");
    if (std::holds_alternative<Ready>(effect)) add("ready");
    if (std::holds_alternative<CloseClient>(effect)) add("close");
    if (std::holds_alternative<LogOut>(effect)) add("logout");
  }
  return all;
}

const Connection kOnline{.online = true, .reached = true};
const Connection kAway{.online = false, .reached = false};
const Authorization kReady{"authorizationStateReady"};
const Authorization kClosing{"authorizationStateClosing"};
const Authorization kClosed{"authorizationStateClosed"};
const Authorization kEndedMeanwhile{"authorizationStateLoggingOut"};

struct ReopeningRow {
  const char* name;
  std::vector<std::pair<Event, const char*>> events;  // of an active account, and their effects
  AccountState to;
  bool reopening;
};

class ReopeningLink : public ::testing::TestWithParam<ReopeningRow> {};

TEST_P(ReopeningLink, EachEventHasItsEffects) {
  AccountMachine machine(AccountState::active, {});
  machine.step(link::Opening{});
  machine.step(kOnline);
  machine.step(kReady);
  machine.step(ProfileRead{});
  machine.step(ChatsLoaded{});
  ASSERT_EQ(machine.state(), AccountState::active);
  ASSERT_TRUE(machine.online());
  ASSERT_FALSE(machine.reopening());
  for (const auto& [event, effects] : GetParam().events) {
    EXPECT_EQ(reopening_words(machine.step(event)), effects);
  }
  EXPECT_EQ(machine.state(), GetParam().to);
  EXPECT_EQ(machine.reopening(), GetParam().reopening);
}

using Events = std::vector<std::pair<Event, const char*>>;

Events closed_and(Events more) {
  Events all{{Reopening{}, ""}, {kClosing, ""}, {kClosed, ""}, {link::Opening{}, ""}};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

constexpr auto kActive = AccountState::active;

INSTANTIATE_TEST_SUITE_P(
    AccountMachine, ReopeningLink,
    ::testing::Values(
        ReopeningRow{"NothingIsShownOfIt",
                     closed_and({{kAway, "watch"},
                                 {kReady, "profile"},
                                 {ProfileRead{}, "chats"},
                                 {kOnline, ""},
                                 {ChatsLoaded{}, "ready"},
                                 {ReopeningLasts{}, ""}}),
                     kActive, false},
        ReopeningRow{"TheOldClientsEndIsNoEndOfTheSession",
                     {{Reopening{}, ""},
                      {kEndedMeanwhile, ""},
                      {kClosed, ""},
                      {CallFailed{{401, "Unauthorized"}}, ""},
                      {kAway, ""}},
                     kActive,
                     true},
        ReopeningRow{"ALongOneIsShownAndEndsByItself",
                     closed_and({{kReady, "profile"},
                                 {ReopeningLasts{}, "lost"},
                                 {ReopeningLasts{}, ""},
                                 {ProfileRead{}, "chats"},
                                 {ChatsLoaded{}, "changed ready"}}),
                     kActive, false},
        ReopeningRow{
            "AClientThatDoesNotCloseIsShownToo",
            {{Reopening{}, ""}, {ReopeningLasts{}, "lost"}, {kClosed, ""}, {link::Opening{}, ""}},
            AccountState::connecting,
            true},
        ReopeningRow{"WithoutTelegramItIsAnOutage",
                     closed_and({{kAway, "watch"}, {OutageLasts{1}, "lost"}, {kReady, "profile"}}),
                     AccountState::connecting, true},
        ReopeningRow{"ASessionThatHasEndedMeanwhileIsSaid",
                     closed_and({{kEndedMeanwhile, "changed"}}), AccountState::login_needed, false},
        ReopeningRow{"AFolderThatDoesNotOpenIsSaid",
                     closed_and({{OpenFailed{{400, "broken"}}, "changed close"}, {kClosed, ""}}),
                     AccountState::login_needed, false},
        ReopeningRow{"AFolderThatIsGoneIsSaid",
                     closed_and({{CannotOpen{AccountState::wrong_key, {}}, "changed"}}),
                     AccountState::wrong_key, false},
        ReopeningRow{"ThePanelStopsWhileItCloses",
                     {{Reopening{}, ""}, {Stopping{}, ""}, {kClosed, ""}},
                     kActive,
                     false},
        ReopeningRow{"ThePanelStopsWhileItOpens", closed_and({{Stopping{}, ""}, {kClosed, ""}}),
                     kActive, false},
        ReopeningRow{"AnAdminSwitchesItOff",
                     {{Reopening{}, ""}, {SwitchedOff{}, "changed"}, {kClosed, ""}},
                     AccountState::disabled,
                     false},
        ReopeningRow{"AnAdminDeletesIt", closed_and({{Deleting{}, "changed"}, {kReady, "logout"}}),
                     AccountState::deleting, false},
        ReopeningRow{
            "AStoppingOneIsNotReopened", {{Stopping{}, ""}, {Reopening{}, ""}}, kActive, false},
        ReopeningRow{"AnEndedOneIsNotReopened",
                     {{kEndedMeanwhile, "changed"}, {Reopening{}, ""}},
                     AccountState::login_needed,
                     false},
        ReopeningRow{"OneWithoutItsChatsIsNotReopened",
                     {{link::Opening{}, "changed"}, {Reopening{}, ""}},
                     AccountState::connecting,
                     false}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace tgpanel::accounts::link
