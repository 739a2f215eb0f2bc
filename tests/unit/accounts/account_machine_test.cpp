#include "accounts/account_machine.hpp"

#include "accounts/ended_session.hpp"
#include "telegram/open_client.hpp"
#include "words/errors_accounts.hpp"

#include <gtest/gtest.h>

namespace tgpanel::accounts::link {
namespace {

using telegram::TdError;

template <class T>
const T* find(const std::vector<Effect>& effects) {
  for (const auto& effect : effects) {
    if (const auto* found = std::get_if<T>(&effect)) return found;
  }
  return nullptr;
}

class AccountLink : public ::testing::Test {
 protected:
  AccountMachine machine{AccountState::connecting, {}};

  std::vector<Effect> authorization(const char* type) { return machine.step(Authorization{type}); }

  void to_active() {
    machine.step(Opening{});
    authorization("authorizationStateReady");
    machine.step(ProfileRead{});
    machine.step(ChatsLoaded{});
  }
};

TEST_F(AccountLink, OpensReadsItsProfileLoadsChatsAndIsActive) {
  machine.step(Opening{});
  EXPECT_NE(find<ReadProfile>(authorization("authorizationStateReady")), nullptr);
  EXPECT_NE(find<LoadChats>(machine.step(ProfileRead{})), nullptr);
  EXPECT_EQ(machine.state(), AccountState::connecting);
  const auto effects = machine.step(ChatsLoaded{});
  EXPECT_NE(find<StateChanged>(effects), nullptr);
  EXPECT_NE(find<Ready>(effects), nullptr);
  EXPECT_EQ(machine.state(), AccountState::active);
  EXPECT_NE(find<WatchOutage>(machine.step(Connection{false})), nullptr);
  EXPECT_TRUE(machine.step(Connection{true}).empty());
  EXPECT_EQ(machine.state(), AccountState::active) << "too short to be shown";
}

TEST_F(AccountLink, ChatsAreLoadedAgainWhenTheConnectionIsBack) {
  machine.step(Opening{});
  authorization("authorizationStateReady");
  machine.step(ProfileRead{});
  EXPECT_TRUE(machine.step(ChatsFailed{TdError{TdError::kDeadline, "x"}}).empty());
  EXPECT_NE(find<LoadChats>(machine.step(Connection{true})), nullptr);
  const auto effects = machine.step(ChatsFailed{TdError{500, "x"}});
  ASSERT_NE(find<LoadChats>(effects), nullptr);
  EXPECT_GT(find<LoadChats>(effects)->after, Millis{0});
  EXPECT_EQ(machine.state(), AccountState::connecting);
}

TEST_F(AccountLink, AKnownWaitIsKept) {
  machine.step(Opening{});
  authorization("authorizationStateReady");
  machine.step(ProfileRead{});
  const auto effects =
      machine.step(ChatsFailed{TdError{429, "Too Many Requests: retry after 100"}});
  EXPECT_EQ(find<LoadChats>(effects)->after, Millis{100'000});
}

TEST_F(AccountLink, AListThatTelegramRefusesDoesNotStopTheAccount) {
  machine.step(Opening{});
  authorization("authorizationStateReady");
  machine.step(ProfileRead{});
  EXPECT_NE(find<Ready>(machine.step(ChatsFailed{TdError{400, "INPUT_FETCH_ERROR"}})), nullptr);
  EXPECT_EQ(machine.state(), AccountState::active);
}

TEST_F(AccountLink, AnEndedSessionHasTheReasonOfTheCallInFlightWhicheverComesFirst) {
  to_active();
  EXPECT_TRUE(machine.step(CallFailed{TdError{401, "SESSION_REVOKED"}}).empty());
  EXPECT_EQ(machine.state(), AccountState::active);
  EXPECT_NE(find<StateChanged>(authorization("authorizationStateLoggingOut")), nullptr);
  EXPECT_EQ(machine.state(), AccountState::login_needed);
  EXPECT_NE(machine.reason().english().find("another device"), std::string::npos);
  EXPECT_TRUE(authorization("authorizationStateClosed").empty());

  to_active();
  authorization("authorizationStateLoggingOut");
  authorization("authorizationStateClosed");
  EXPECT_NE(machine.reason().english().find("no reason"), std::string::npos);
  EXPECT_NE(find<StateChanged>(machine.step(CallFailed{TdError{401, "USER_DEACTIVATED_BAN"}})),
            nullptr);
  EXPECT_EQ(machine.state(), AccountState::banned);
  EXPECT_TRUE(machine.step(CallFailed{TdError{401, "Unauthorized"}}).empty());
  EXPECT_EQ(machine.state(), AccountState::banned);
}

TEST_F(AccountLink, AFolderWithoutASessionNeedsALogin) {
  machine.step(Opening{});
  const auto effects = authorization("authorizationStateWaitPhoneNumber");
  EXPECT_EQ(machine.state(), AccountState::login_needed);
  EXPECT_NE(find<CloseClient>(effects), nullptr);
  EXPECT_TRUE(authorization("authorizationStateClosing").empty());
  EXPECT_TRUE(authorization("authorizationStateClosed").empty());
}

TEST_F(AccountLink, AWrongKeyIsAStateOfItsOwn) {
  machine.step(Opening{});
  const auto effects = machine.step(OpenFailed{TdError{401, "Wrong database encryption key"}});
  EXPECT_EQ(machine.state(), AccountState::wrong_key);
  EXPECT_NE(find<CloseClient>(effects), nullptr);
  authorization("authorizationStateClosing");
  authorization("authorizationStateClosed");
  EXPECT_EQ(machine.state(), AccountState::wrong_key);
}

TEST_F(AccountLink, ADamagedSessionNeedsALogin) {
  machine.step(Opening{});
  const auto effects = machine.step(OpenFailed{TdError{500, telegram::kDamagedSession}});
  EXPECT_EQ(machine.state(), AccountState::login_needed);
  EXPECT_EQ(machine.reason(), Sentence(words::session_damaged));
  EXPECT_NE(find<CloseClient>(effects), nullptr);
}

TEST_F(AccountLink, StoppingIsNoEndOfTheSession) {
  to_active();
  machine.step(Stopping{});
  EXPECT_TRUE(authorization("authorizationStateClosing").empty());
  EXPECT_TRUE(authorization("authorizationStateClosed").empty());
  EXPECT_EQ(machine.state(), AccountState::active);
}

TEST(EndedSession, OnlyTheTableDecides) {
  const auto ended = [](int code, const char* message) {
    return ended_session(TdError{code, message}).state;
  };
  EXPECT_EQ(ended(401, "AUTH_KEY_DUPLICATED"), AccountState::duplicated_key);
  EXPECT_EQ(ended(406, "AUTH_KEY_DUPLICATED"), AccountState::duplicated_key);
  EXPECT_EQ(ended(401, "USER_DEACTIVATED"), AccountState::banned);
  EXPECT_EQ(ended(401, "USER_DEACTIVATED_BAN"), AccountState::banned);
  EXPECT_EQ(ended(401, "AUTH_KEY_UNREGISTERED"), AccountState::login_needed);
  EXPECT_EQ(ended(401, "SESSION_EXPIRED"), AccountState::login_needed);
  EXPECT_EQ(ended(400, "USER_DEACTIVATED_BAN"), AccountState::login_needed);
  EXPECT_NE(ended_session({}).reason.english().find("no reason"), std::string::npos);
}

}  // namespace
}  // namespace tgpanel::accounts::link
