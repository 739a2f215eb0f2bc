// A connection that is gone for long is shown, and comes back by itself: the machine's rules as a
// table, then the manager.

#include "accounts/account_machine.hpp"
#include "manager_fixture.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tgpanel::accounts::link {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string outage_words(const std::vector<Effect>& effects) {
  std::string all;
  for (const auto& effect : effects) {
    if (!all.empty()) all += " ";
    if (const auto* changed = std::get_if<StateChanged>(&effect))
      all += changed->outage ? "lost" : "changed";
    if (const auto* watch = std::get_if<WatchOutage>(&effect))
      all += "watch-" + std::to_string(watch->number);
    if (std::holds_alternative<ReadProfile>(effect)) all += "profile";
    if (std::holds_alternative<LoadChats>(effect)) all += "chats";
    if (std::holds_alternative<Ready>(effect)) all += "ready";
    if (std::holds_alternative<LogOut>(effect)) all += "logout";
  }
  return all;
}

const Connection kGone{.online = false, .reached = false};
const Connection kUpdating{.online = false, .reached = true};
const Connection kBack{.online = true, .reached = true};
const Authorization kEnded{"authorizationStateLoggingOut"};

struct OutageRow {
  const char* name;
  std::vector<std::pair<Event, const char*>> events;  // of an active account, and their effects
  AccountState to;
};

class Outage : public ::testing::TestWithParam<OutageRow> {};

TEST_P(Outage, EachEventHasItsEffects) {
  AccountMachine machine(AccountState::active, {});
  machine.step(link::Opening{});
  machine.step(kBack);
  machine.step(Authorization{"authorizationStateReady"});
  machine.step(ProfileRead{});
  machine.step(ChatsLoaded{});
  ASSERT_EQ(machine.state(), AccountState::active);
  for (const auto& [event, effects] : GetParam().events) {
    EXPECT_EQ(outage_words(machine.step(event)), effects);
  }
  EXPECT_EQ(machine.state(), GetParam().to);
  EXPECT_EQ(machine.reason().empty(), machine.state() != AccountState::login_needed);
}

INSTANTIATE_TEST_SUITE_P(
    AccountMachine, Outage,
    ::testing::Values(
        OutageRow{"AShortOneIsNotShown",
                  {{kGone, "watch-1"}, {kUpdating, ""}, {kBack, ""}, {OutageLasts{1}, ""}},
                  AccountState::active},
        OutageRow{"ALongOneIsShownAndEndsByItself",
                  {{kGone, "watch-1"},
                   {kGone, ""},
                   {OutageLasts{1}, "lost"},
                   {OutageLasts{1}, ""},
                   {kUpdating, ""},
                   {kBack, "changed ready"},
                   {kBack, ""}},
                  AccountState::active},
        OutageRow{"EachIsMeasuredFromItsOwnBeginning",
                  {{kGone, "watch-1"},
                   {kBack, ""},
                   {kGone, "watch-2"},
                   {OutageLasts{1}, ""},
                   {OutageLasts{2}, "lost"}},
                  AccountState::connecting},
        OutageRow{"WhereTelegramAnswersThereIsNone",
                  {{kUpdating, ""}, {OutageLasts{0}, ""}},
                  AccountState::active},
        OutageRow{"ASessionThatEndsMeanwhileIsNoOutage",
                  {{kGone, "watch-1"},
                   {OutageLasts{1}, "lost"},
                   {kEnded, "changed"},
                   {kBack, ""},
                   {OutageLasts{1}, ""}},
                  AccountState::login_needed},
        OutageRow{"SwitchedOffItStaysSo",
                  {{kGone, "watch-1"},
                   {SwitchedOff{}, "changed"},
                   {OutageLasts{1}, ""},
                   {kBack, ""},
                   {kGone, ""}},
                  AccountState::disabled},
        OutageRow{
            "WhatIsBeingDeletedStaysSo",
            {{kGone, "watch-1"}, {Deleting{}, "changed logout"}, {OutageLasts{1}, ""}, {kBack, ""}},
            AccountState::deleting},
        OutageRow{"TheEndOfThePanelIsNone",
                  {{kGone, "watch-1"}, {Stopping{}, ""}, {OutageLasts{1}, ""}, {kGone, ""}},
                  AccountState::active},
        OutageRow{"LostWhileItsChatsWereLoaded",
                  {{link::Opening{}, "changed"},
                   {kBack, ""},
                   {Authorization{"authorizationStateReady"}, "profile"},
                   {ProfileRead{}, "chats"},
                   {kGone, ""},
                   {ChatsLoaded{}, "changed ready watch-1"},
                   {OutageLasts{1}, "lost"}},
                  AccountState::connecting}),
    [](const auto& row) { return std::string(row.param.name); });

class OutageOfManager : public ManagerTest {
 protected:
  OutageOfManager() { outage_bound = Millis{20}; }

  std::string on_disk() {
    storage::AccountRepository rows(*database);
    return run(context, rows.all()).value().front().state;
  }
};

TEST_F(OutageOfManager, IsShownWithSinceWhenAndNobodyIsTold) {
  ASSERT_TRUE(run(context, manager->start()));
  const auto id = add(user(7, "Ann"));
  run_until(context, [&] { return ready.size() == 1; });
  changes.clear();
  clock.advance(Millis{60'000});
  last_client().push_connection("connectionStateConnecting");
  run_until(context, [&] { return manager->find(id)->state == AccountState::connecting; });
  EXPECT_EQ(manager->find(id)->since, clock.now() - outage_bound) << "when the connection went";
  EXPECT_EQ(manager->client(id), nullptr);
  EXPECT_EQ(on_disk(), "active");
  last_client().push_connection("connectionStateReady");
  EXPECT_EQ(manager->find(id)->state, AccountState::active);
  EXPECT_NE(manager->client(id), nullptr);
  EXPECT_EQ(ready.size(), 2U) << "who waits for it goes on";
  EXPECT_THAT(changes, ElementsAre("1 connecting", "1 active"));
  EXPECT_THAT(notices(), IsEmpty());
}

}  // namespace
}  // namespace tgpanel::accounts::link
