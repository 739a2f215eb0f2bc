// Troubles of one account that Telegram has no part in, or that come again and again: it changes
// state with its reason, admins are told once, all others work on.

#include "storage_fixture.hpp"

#include <functional>

namespace e2e {
namespace {

class AccountTrouble : public StorageTest {
 protected:
  /// Alice and Bob; the file of Alice's session.
  fs::path two_accounts() {
    stage.add_accounts(1);
    const auto folder = fs::directory_iterator(stage.data() / "sessions")->path();
    stage.add_account(1);
    return folder / "td_test.binlog";
  }

  std::string list() {
    management();
    stage.press(words::kListAccounts);
    return stage.wait_bot(words::kListAccounts).text;
  }

  /// What the list says of Alice, and of Bob.
  std::pair<std::string, std::string> halves() {
    const auto shown = list();
    const auto bob = shown.find("Bob");
    EXPECT_NE(bob, std::string::npos) << shown;
    return {shown.substr(0, bob), shown.substr(bob)};
  }

  /// Bob sees a message that nobody else of ours can see.
  void expect_bob_works() {
    const auto before = stage.alerts().size();
    stage.world().leave(stage.town().accounts[0], "Market");
    add_keyword("needle");
    stage.world().write(stage.town().writer, "Market", "a needle");
    stage.world().wait_until("an alert", [&] { return stage.alerts().size() == before + 1; });
  }

  /// The message with the notice, whatever the admin has pressed since.
  std::string wait_told(const std::string& notice) {
    const auto has_it = [&](const testdc::SeenMessage& message) {
      return message.text.find(notice) != std::string::npos;
    };
    return stage.world()
        .wait_message(std::string(support::words::kBotName), stage.town().admin, has_it,
                      "the notice")
        .text;
  }
};

struct Damage {
  const char* name;
  std::function<void(const fs::path&)> damage;
};

class DamagedSession : public AccountTrouble, public testing::WithParamInterface<Damage> {};

TEST_P(DamagedSession, IsSaidOnceAndKeptAndTheOthersWorkOn) {
  const auto file = two_accounts();
  GetParam().damage(file);
  const auto damaged = bytes_of(file);
  start();
  auto [alice, bob] = halves();
  EXPECT_THAT(alice, HasSubstr("login needed, since "));
  EXPECT_THAT(bob, HasSubstr("active, since "));
  const auto told = notice(0, "login needed");
  EXPECT_THAT(wait_told(told), HasSubstr("The session file is damaged."));
  expect_bob_works();
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_TRUE(bytes_of(file) == damaged) << "it was written to";

  start();
  open_account(1, "Alice");
  EXPECT_EQ(times_told(told), 1);
  log_in_again(0);
  stage.panel().wait_line("account 1: active");
  EXPECT_EQ(online(0), 1);
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_FALSE(fs::exists(file)) << "a login makes a session of its own";
}

INSTANTIATE_TEST_SUITE_P(
    AccountTrouble, DamagedSession,
    testing::Values(
        Damage{"InTheMiddle",
               [](const fs::path& file) { overwrite(file, fs::file_size(file) / 2 / 4 * 4, 64); }},
        Damage{"AtTheBeginning", [](const fs::path& file) { overwrite(file, 0, 16); }},
        // Of an event's size: TDLib ends the process for it.
        Damage{"InOneBit", [](const fs::path& file) { flip_bit(file, 128); }},
        Damage{"CutInItsFirstEvent", [](const fs::path& file) { fs::resize_file(file, 60); }}),
    [](const auto& damage) { return std::string(damage.param.name); });

TEST_F(AccountTrouble, ADamagedSessionIsDeletedWithoutTelegram) {
  overwrite(two_accounts(), 0, 16);
  start();
  open_account(1, "Alice");
  press_delete();
  stage.press("Yes, delete");
  stage.wait_bot("Telegram could not be asked");
  EXPECT_EQ(sessions(0), 1U) << "as the bot said";
}

// What a power cut leaves; TDLib says that it goes on without the last event.
TEST_F(AccountTrouble, ASessionCutInItsLastEventOpens) {
  stage.allow_complaint("Truncate");
  const auto file = two_accounts();
  fs::resize_file(file, fs::file_size(file) - 5);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("2 accounts (2 active)"));
}

TEST_F(AccountTrouble, ADamagedSessionOfTheBotIsKeptAsideAndItLogsInAnew) {
  stage.add_accounts(1);
  start();
  EXPECT_EQ(stage.stop(), 0);
  const auto number = stage.environment()["BOT_TOKEN"].substr(0, 7);
  const auto folder = stage.data() / "bot" / number;
  const auto file = folder / "session" / "td_test.binlog";
  overwrite(file, fs::file_size(file) / 2 / 4 * 4, 64);
  const auto damaged = bytes_of(file);
  start();
  management();
  std::vector<fs::path> aside;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with("session.damaged-")) {
      aside.push_back(entry.path());
    }
  }
  ASSERT_EQ(aside.size(), 1U);
  EXPECT_TRUE(bytes_of(aside[0] / "td_test.binlog") == damaged) << "it was written to";
}

TEST_F(AccountTrouble, AConnectionThatComesAndGoesIsToldNobody) {
  two_accounts();
  start();
  management();
  for (int time = 0; time < 3; ++time) {
    stage.world().drop_connections(stage.town().accounts[0]);
    stage.world().wait_until("Alice is back", [&] { return online(0) > 0; });
  }
  expect_bob_works();
  const auto [alice, bob] = halves();
  EXPECT_THAT(alice, HasSubstr("active, since "));
  EXPECT_THAT(bob, HasSubstr("active, since "));
  for (std::size_t who : {0U, 1U}) EXPECT_EQ(times_told(notice(who, "")), 0);
}

// TDLib's own call learns that the session is over: it closes the client, which nobody asked for.
TEST_F(AccountTrouble, AClientThatClosesByItselfIsToldOnceAndTheOthersWorkOn) {
  two_accounts();
  start();
  management();
  stage.world().revoke(stage.town().accounts[0], "AUTH_KEY_UNREGISTERED");
  const auto told = notice(0, "login needed");
  wait_told(told);
  expect_bob_works();
  auto [alice, bob] = halves();
  EXPECT_THAT(alice, HasSubstr("login needed, since "));
  EXPECT_THAT(bob, HasSubstr("active, since "));
  EXPECT_EQ(stage.stop(), 0);
  start();
  std::tie(alice, bob) = halves();
  EXPECT_THAT(alice, HasSubstr("login needed, since "));
  EXPECT_EQ(times_told(told), 1);
}

}  // namespace
}  // namespace e2e
