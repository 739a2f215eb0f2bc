// What becomes of an account whose session Telegram or the disk has ended, each end a state of its
// own.

#include "account_fixture.hpp"

#include <filesystem>
#include <tuple>
#include <utility>

namespace e2e {
namespace {

class AccountState : public AccountTest {
 protected:
  void look_at_groups() {
    management();
    stage.press("Update groups");
    stage.wait_bot("side by side");
    stage.press("Look now");
  }

  /// The account's next call for Update groups is refused so.
  void refuse(std::size_t who, std::string_view error) {
    stage.allow_complaint(fmt::format("[Error : 401 : {}]", error));
    stage.world().fault({{"method", "account.getAuthorizations"},
                         {"user_id", stage.town().accounts[who]},
                         {"code", 401},
                         {"text", error}});
  }

  std::string list() {
    management();
    stage.press(words::kListAccounts);
    return stage.wait_bot(words::kListAccounts).text;
  }
};

TEST_F(AccountState, ABanAndASessionUsedTwiceAreNamedAndKeptApart) {
  stage.add_accounts(3);
  start();
  management();
  refuse(0, "USER_DEACTIVATED_BAN");
  refuse(1, "AUTH_KEY_DUPLICATED");
  look_at_groups();
  const auto banned = notice(0, "banned by Telegram");
  const auto twice = notice(1, "session used in two places");
  stage.world().wait_until("both notices",
                           [&] { return times_told(banned) > 0 && times_told(twice) > 0; });
  EXPECT_EQ(times_told("What to do: Ask Telegram at recover@telegram.org"), 1);
  EXPECT_EQ(times_told("What to do: Open it and press Log in again."), 1);
  EXPECT_EQ(stage.stop(), 0);
  start();
  const auto shown = list();
  const auto bob = shown.find("Bob");
  const auto carol = shown.find("Carol");
  ASSERT_TRUE(bob != std::string::npos && carol != std::string::npos) << shown;
  EXPECT_THAT(shown.substr(0, bob), HasSubstr("banned by Telegram, since "));
  EXPECT_THAT(shown.substr(bob, carol - bob), HasSubstr("session used in two places, since "));
  EXPECT_THAT(shown.substr(carol), HasSubstr("active, since "));
  EXPECT_EQ(times_told(banned), 1);
  EXPECT_EQ(times_told(twice), 1);
}

TEST_F(AccountState, AConnectionThatIsGoneForLongIsShownAndComesBackByItself) {
  stage.add_accounts(2);
  start();
  const auto halves = [&] {
    const auto shown = list();
    const auto bob = shown.find("Bob");
    EXPECT_NE(bob, std::string::npos) << shown;
    return std::pair(shown.substr(0, bob), shown.substr(bob));
  };
  management();
  look_at_groups();
  stage.wait_bot("Looked at 2 accounts.");
  stage.world().refuse_connections(true);
  stage.world().drop_connections(stage.town().accounts[0]);
  stage.panel().wait_line("account 1: connecting");
  auto [alice, bob] = halves();
  EXPECT_THAT(alice, HasSubstr("connecting, since "));
  EXPECT_THAT(alice, HasSubstr("groups: 1, as of "));
  EXPECT_THAT(bob, HasSubstr("active, since "));

  stage.world().refuse_connections(false);
  stage.world().wait_until("Alice is back", [&] { return online(0) > 0; });
  do std::tie(alice, bob) = halves();
  while (alice.find("active, since ") == std::string::npos);
  EXPECT_THAT(alice, HasSubstr("groups: 1\n"));
  EXPECT_EQ(times_told(fmt::format("\u2068{}\u2069:", support::kPeople[0].name)), 1)
      << "of its groups, when they were asked for: of the outage nobody is told";
  // It works on.
  add_keyword("needle");
  stage.world().leave(stage.town().accounts[1], "Market");
  stage.world().write(stage.town().writer, "Market", "a needle");
  stage.world().wait_until("an alert", [&] { return stage.alerts().size() == 1; });
}

TEST_F(AccountState, ASessionOfAnotherKeyIsSaidAndTheOthersWorkOn) {
  namespace fs = std::filesystem;
  stage.allow_complaint("[Error : 401 : Wrong database encryption key]");
  const auto sessions = stage.data() / "sessions";
  stage.add_accounts(1);
  const fs::path ours = *fs::directory_iterator(sessions);
  stage.add_account(1);
  for (const auto& folder : fs::directory_iterator(sessions)) {
    if (folder.path() == ours) continue;
    fs::remove_all(ours);
    fs::copy(folder.path(), ours, fs::copy_options::recursive);
    break;
  }
  start();
  const auto shown = list();
  const auto bob = shown.find("Bob");
  ASSERT_NE(bob, std::string::npos) << shown;
  EXPECT_THAT(shown.substr(0, bob),
              HasSubstr("session does not open with this master key, since "));
  EXPECT_THAT(shown.substr(bob), HasSubstr("active, since "));
  const auto told = notice(0, "session does not open with this master key");
  stage.world().wait_until("the notice", [&] { return times_told(told) > 0; });
  EXPECT_EQ(times_told(told), 1);
}

}  // namespace
}  // namespace e2e
