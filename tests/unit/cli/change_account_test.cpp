// `tgpanel account delete`, over fake clients and a real disk.

#include "cli/change_account.hpp"

#include "fake_console.hpp"
#include "unit/accounts/manager_fixture.hpp"

#include <SQLiteCpp/Database.h>

namespace tgpanel::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DeleteAccount : public accounts::ManagerTest {
 protected:
  FakeConsole console;
  AccountId id = 0;

  void add_one() {
    ASSERT_TRUE(test::run(context, manager->start()));
    id = add(accounts::user(7, "Ann"));
    stop();
    make_manager();
    next_clients([](test::FakeClient& client) { logged_in(client, accounts::user(7, "Ann")); });
  }

  void execute(std::string statement) {
    auto work = [statement = std::move(statement)](SQLite::Database& db) { db.exec(statement); };
    ASSERT_TRUE(test::run(context, database->run(std::move(work))));
  }

  int erase() { return test::run(context, delete_account(manager.get(), &console, id, true)); }
};

TEST_F(DeleteAccount, IsDoneOnceTelegramHasConfirmed) {
  add_one();
  EXPECT_EQ(erase(), 0);
  EXPECT_THAT(console.written, HasSubstr("logged out at Telegram"));
}

TEST_F(DeleteAccount, AFailureOfOurOwnDiskIsNotTelegramsSilence) {
  for (const char* const refused :
       {"UPDATE OF deleting_from ON account WHEN NEW.deleting_from = 'logged_out'",
        "DELETE ON account"}) {
    add_one();
    execute(std::string("CREATE TRIGGER full BEFORE ") + refused +
            " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    testing::internal::CaptureStderr();
    EXPECT_EQ(erase(), 1) << refused;
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("could not be removed from"));
    EXPECT_THAT(console.written, Not(HasSubstr("has not confirmed")));
    EXPECT_EQ(manager->find(id)->state, accounts::AccountState::deleting);
    // The next start, with room on the disk, goes on with it.
    execute("DROP TRIGGER full");
    stop();
    make_manager();
    ASSERT_TRUE(test::run(context, manager->start()));
    test::run_until(context, [&] { return manager->list().empty(); });
    stop();
    make_manager();
  }
}

}  // namespace
}  // namespace tgpanel::cli
