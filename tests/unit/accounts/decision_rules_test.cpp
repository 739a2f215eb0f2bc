// The machine's rules for what admins decide, as a table of event rows.

#include "accounts/account_machine.hpp"
#include "telegram/open_client.hpp"

#include <gtest/gtest.h>

namespace tgpanel::accounts::link {
namespace {

std::string decision_words(const std::vector<Effect>& effects) {
  std::string all;
  for (const auto& effect : effects) {
    if (!all.empty()) all += " ";
    if (std::holds_alternative<StateChanged>(effect)) all += "changed";
    if (std::holds_alternative<ReadProfile>(effect)) all += "profile";
    if (std::holds_alternative<LoadChats>(effect)) all += "chats";
    if (std::holds_alternative<Ready>(effect)) all += "ready";
    if (std::holds_alternative<CloseClient>(effect)) all += "close";
    if (std::holds_alternative<LogOut>(effect)) all += "logout";
    if (const auto* gone = std::get_if<SessionGone>(&effect))
      all += gone->asked ? "gone-asked" : "gone-unasked";
  }
  return all;
}

Event authorization(const char* type) {
  return Authorization{std::string("authorizationState") + type};
}

struct DecisionRow {
  const char* name;
  AccountState from;
  std::vector<std::pair<Event, const char*>> events;  // and their effects
  AccountState to;
};

class Decision : public ::testing::TestWithParam<DecisionRow> {};

TEST_P(Decision, EachEventHasItsEffects) {
  AccountMachine machine(GetParam().from, {});
  for (const auto& [event, effects] : GetParam().events) {
    EXPECT_EQ(decision_words(machine.step(event)), effects);
  }
  EXPECT_EQ(machine.state(), GetParam().to);
  EXPECT_TRUE(machine.reason().empty());
}

const std::pair<Event, const char*> kOpening{Opening{}, "changed"};
const std::pair<Event, const char*> kReady{authorization("Ready"), "profile"};
const std::pair<Event, const char*> kDeleting{Deleting{}, "changed"};
const std::pair<Event, const char*> kReopening{Opening{}, ""};

INSTANTIATE_TEST_SUITE_P(
    AccountMachine, Decision,
    ::testing::Values(
        DecisionRow{"SwitchedOffItsClosedClientIsNoLostSession",
                    AccountState::active,
                    {kOpening,
                     kReady,
                     {SwitchedOff{}, "changed"},
                     {authorization("Closing"), ""},
                     {CallFailed{{401, "SESSION_REVOKED"}}, ""},
                     {ChatsLoaded{}, ""},
                     {authorization("Closed"), ""}},
                    AccountState::disabled},
        DecisionRow{"SwitchedOnItOpens",
                    AccountState::disabled,
                    {kOpening, kReady, {ProfileRead{}, "chats"}, {ChatsLoaded{}, "changed ready"}},
                    AccountState::active},
        DecisionRow{"AReadyClientLogsOutAtOnce",
                    AccountState::active,
                    {kOpening,
                     kReady,
                     {Deleting{}, "changed logout"},
                     {authorization("Ready"), ""},
                     {authorization("LoggingOut"), ""},
                     {authorization("Closed"), "gone-asked"},
                     {authorization("Closed"), ""}},
                    AccountState::deleting},
        DecisionRow{"AnOpeningClientLogsOutOnceItIsReady",
                    AccountState::connecting,
                    {{Opening{}, ""},
                     kDeleting,
                     {authorization("Ready"), "logout"},
                     {ProfileRead{}, ""},
                     {Connection{true}, ""},
                     {ChatsLoaded{}, ""},
                     {authorization("Closed"), "gone-asked"}},
                    AccountState::deleting},
        DecisionRow{"ADisabledOneIsOpenedForIt",
                    AccountState::disabled,
                    {kDeleting,
                     kReopening,
                     {authorization("Ready"), "logout"},
                     {authorization("Closed"), "gone-asked"}},
                    AccountState::deleting},
        DecisionRow{"AfterARestartTdlibGoesOnLoggingOut",
                    AccountState::deleting,
                    {kReopening,
                     {authorization("LoggingOut"), ""},
                     {authorization("Closed"), "gone-asked"}},
                    AccountState::deleting},
        DecisionRow{"LoggedOutBeforeTheRestart",
                    AccountState::deleting,
                    {kReopening,
                     {authorization("WaitPhoneNumber"), "close"},
                     {authorization("Closing"), ""},
                     {authorization("Closed"), "gone-asked"}},
                    AccountState::deleting},
        DecisionRow{"AFolderThatDoesNotOpenCannotAsk",
                    AccountState::deleting,
                    {kReopening,
                     {OpenFailed{{401, telegram::kWrongKey}}, "close"},
                     {authorization("Closed"), "gone-unasked"}},
                    AccountState::deleting},
        DecisionRow{"ADamagedSessionCannotAsk",
                    AccountState::deleting,
                    {kReopening,
                     {OpenFailed{{500, telegram::kDamagedSession}}, "close"},
                     {authorization("Closed"), "gone-unasked"}},
                    AccountState::deleting},
        DecisionRow{"TheEndOfThePanelIsNoConfirmation",
                    AccountState::deleting,
                    {kReopening,
                     {authorization("Ready"), "logout"},
                     {Stopping{}, ""},
                     {authorization("Closed"), ""}},
                    AccountState::deleting},
        DecisionRow{
            "WhatIsBeingDeletedIsNotSwitchedOff",
            AccountState::deleting,
            {{SwitchedOff{}, ""}, {Deleting{}, ""}, {CallFailed{{401, "SESSION_REVOKED"}}, ""}},
            AccountState::deleting}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace tgpanel::accounts::link
