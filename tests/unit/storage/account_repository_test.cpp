#include "storage/account_repository.hpp"

#include "storage/database.hpp"
#include "storage/login_repository.hpp"
#include "storage/notice_repository.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <gtest/gtest.h>

namespace tgpanel::storage {
namespace {

using test::run;

class AccountRepositoryTest : public ::testing::Test {
 protected:
  test::TempDir dir;
  asio::io_context context;
  std::unique_ptr<Database> database =
      std::move(Database::open(dir / "panel.db", context.get_executor()).value());
  AccountRepository accounts{*database};
  LoginRepository logins{*database};

  std::int64_t begin(const std::string& folder) {
    const LoginRow row{0, folder, std::string("k\0y", 3), from_unix_ms(5)};
    return run(context, logins.add(row)).value();
  }

  static AccountRow account(UserId user, const std::string& folder) {
    AccountRow row;
    row.user_id = user;
    row.name = "Ann";
    row.folder = folder;
    row.wrapped_key = std::string("k\0y", 3);
    row.state = "active";
    row.since = from_unix_ms(7);
    return row;
  }
};

TEST_F(AccountRepositoryTest, ALoginIsOnRecordUntilItIsAnAccount) {
  const auto login = begin("s-1");
  auto open = run(context, logins.all()).value();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].folder, "s-1");
  EXPECT_EQ(open[0].wrapped_key, std::string("k\0y", 3));
  EXPECT_EQ(to_unix_ms(open[0].begun), 5);

  const auto adopted = run(context, logins.adopt(login, account(11, "s-1"))).value();
  EXPECT_TRUE(adopted.replaced_folder.empty());
  EXPECT_TRUE(run(context, logins.all()).value().empty());
  const auto rows = run(context, accounts.all()).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].id, adopted.id);
  EXPECT_EQ(rows[0].user_id, 11);
  EXPECT_EQ(rows[0].wrapped_key, std::string("k\0y", 3));
  EXPECT_EQ(rows[0].state, "active");
}

TEST_F(AccountRepositoryTest, TheSameUserTwiceIsRefusedAndTheLoginStaysOnRecord) {
  ASSERT_TRUE(run(context, logins.adopt(begin("s-1"), account(11, "s-1"))));
  const auto second = begin("s-2");
  const auto refused = run(context, logins.adopt(second, account(11, "s-2")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::exists);
  EXPECT_EQ(run(context, logins.all()).value().size(), 1U);
  EXPECT_EQ(run(context, accounts.all()).value().at(0).folder, "s-1");
  ASSERT_TRUE(run(context, logins.erase(second)));
  EXPECT_TRUE(run(context, logins.all()).value().empty());
}

TEST_F(AccountRepositoryTest, ANewLoginTakesOverAnAccountWhoseSessionEnded) {
  const auto first = run(context, logins.adopt(begin("s-1"), account(11, "s-1"))).value();
  ASSERT_TRUE(run(context, accounts.set_state(first.id, "login_needed", "why", from_unix_ms(9))));
  auto rows = run(context, accounts.all()).value();
  EXPECT_EQ(rows.at(0).state, "login_needed");
  EXPECT_EQ(rows.at(0).reason, "why");
  EXPECT_EQ(to_unix_ms(rows.at(0).since), 9);

  const auto again = run(context, logins.adopt(begin("s-2"), account(11, "s-2"))).value();
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.replaced_folder, "s-1");
  rows = run(context, accounts.all()).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].folder, "s-2");
  EXPECT_EQ(rows[0].state, "active");
  EXPECT_EQ(rows[0].reason, "");
}

TEST_F(AccountRepositoryTest, AStateThatIsKnownKeepsItsDay) {
  const auto id = run(context, logins.adopt(begin("s-1"), account(11, "s-1"))).value().id;
  const auto since = [&] { return to_unix_ms(run(context, accounts.all()).value().at(0).since); };
  ASSERT_TRUE(run(context, accounts.set_state(id, "banned", "why", from_unix_ms(9))));
  ASSERT_TRUE(run(context, accounts.set_state(id, "banned", "why", from_unix_ms(10))));
  EXPECT_EQ(since(), 9);
  ASSERT_TRUE(run(context, accounts.set_state(id, "banned", "why else", from_unix_ms(11))));
  EXPECT_EQ(since(), 11);
}

TEST_F(AccountRepositoryTest, ProfilesAreKeptUpToDate) {
  const auto adopted = run(context, logins.adopt(begin("s-1"), account(11, "s-1"))).value();
  ASSERT_TRUE(run(context, accounts.set_profile(adopted.id, "Bob", "bob", "+1 ••• ••67")));
  const auto rows = run(context, accounts.all()).value();
  EXPECT_EQ(rows.at(0).name, "Bob");
  EXPECT_EQ(rows.at(0).username, "bob");
  EXPECT_EQ(rows.at(0).masked_phone, "+1 ••• ••67");
}

TEST_F(AccountRepositoryTest, ANoticeOvertakesOnlyWhatItMakesNeedless) {
  NoticeRepository notices{*database};
  const auto id = run(context, logins.adopt(begin("s-1"), account(11, "s-1"))).value().id;
  const auto waiting = [&] {
    std::vector<std::string> kinds;
    const auto pending = run(context, notices.pending());
    for (const auto& row : *pending) kinds.push_back(row.what);
    return kinds;
  };
  const auto now = from_unix_ms(9);
  const auto limit = [&](bool on) {
    return run(context, accounts.set_limit(id, on, now, now,
                                           {{500}, "limited", "", Overtakes::its_own_kind}))
        .value();
  };
  const FreezeRow freeze{true, now, now, ""};
  ASSERT_TRUE(run(context, accounts.set_freeze(id, freeze, now,
                                               {{500}, "frozen", "", Overtakes::its_own_kind}))
                  .value());
  ASSERT_TRUE(limit(true));
  EXPECT_EQ(waiting(), (std::vector<std::string>{"frozen", "limited"}));
  ASSERT_FALSE(limit(false));
  ASSERT_TRUE(limit(true));
  EXPECT_EQ(waiting(), (std::vector<std::string>{"frozen", "limited"})) << "its own kind, once";
  ASSERT_TRUE(run(context, accounts.set_state(id, "banned", "", now, {500})).value());
  EXPECT_EQ(waiting(), (std::vector<std::string>{"banned"}));
}

}  // namespace
}  // namespace tgpanel::storage
