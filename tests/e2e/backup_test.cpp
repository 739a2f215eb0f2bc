// Backups: taken beside a running panel, restored elsewhere, and what the old panel did since.

#include "backup_fixture.hpp"
#include "comment_fixture.hpp"
#include "monitor_fixture.hpp"
#include "support/canary.hpp"

#include <fstream>
#include <regex>

namespace e2e {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
namespace fs = std::filesystem;

class Backup : public WithBackups<CommentTest> {
 protected:
  /// How often anybody logged in so far.
  std::size_t logins() {
    return calls("auth.signIn") + calls("auth.sendCode") + calls("auth.importBotAuthorization");
  }

  std::string card_of_job_1() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.press("Recent jobs (1)");
    stage.wait_bot("Press a job");
    stage.press("Job 1");
    return stage.wait_bot("State: finished").text;
  }
};

TEST_F(Backup, OfARunningPanelComesUpElsewhereWithoutALoginOnceTheOldOneIsStopped) {
  stage.add_accounts(3);
  open_channel();
  start();
  preview("3", fmt::format("https://t.me/news/{}", post), "Only once");
  stage.press(words::kStartJob);
  stage.world().wait_until("the first comment",
                           [&] { return with_text("Talk", "Only once").size() == 1; });
  freeze();
  EXPECT_THAT(back_up(), AllOf(HasSubstr("3 accounts (3 active); 3 sessions of them, 1 of bots"),
                               HasSubstr("jobs      1, not over 1")));
  thaw();
  // The old panel goes on: of that the backup knows nothing.
  EXPECT_THAT(stage.wait_bot("State: finished", 60s).text, HasSubstr("done 3"));
  ASSERT_THAT(with_text("Talk", "Only once"), SizeIs(3));
  EXPECT_EQ(stage.stop(), 0);
  const auto before = logins();

  EXPECT_THAT(restore(), AllOf(HasSubstr("3 accounts"), HasSubstr("are paused (1)"),
                               HasSubstr("backup confirm")));
  use_restored();
  stage.world().clear_calls();
  EXPECT_THAT(run({"run"}, 79), AllOf(HasSubstr("is stopped"), HasSubstr("tgpanel backup confirm"),
                                      HasSubstr(restored().string())));
  EXPECT_THAT(run({"account", "add", "--phone"}, 79), HasSubstr("tgpanel backup confirm"));
  EXPECT_THAT(run({"account", "delete", "1", "--yes"}, 79), HasSubstr("tgpanel backup confirm"));
  EXPECT_TRUE(stage.world().calls().empty()) << "Telegram has seen nothing of it";
  run({"backup", "confirm"}, 0);

  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("3 accounts (3 active)"));
  EXPECT_EQ(logins(), 0U) << "the calls were cleared; before that: " << before;
  for (const auto user : stage.town().accounts)
    EXPECT_THAT(stage.world().sessions(user), SizeIs(1));
  const auto card = card_of_job_1();
  EXPECT_THAT(card, AllOf(HasSubstr("done 1 · not known 2"), HasSubstr("restored from a backup")));
  EXPECT_EQ(calls("messages.sendMessage") -
                stage.world().calls("messages.sendMessage", stage.town().bot).size(),
            0U);
  EXPECT_THAT(with_text("Talk", "Only once"), SizeIs(3));
}

TEST_F(Backup, OfAStoppedPanelToo) {
  stage.add_account(0);
  start();
  EXPECT_EQ(stage.stop(), 0);
  back_up();
  run({"backup", "restore", file(), "--data-dir", restored().string(), "--old-copy-is-stopped"}, 0);
  use_restored();
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 active)"));
}

// What a reader of a growing file gets, at worst: TDLib drops an event whose end is missing.
TEST_F(Backup, ASessionThatEndsInTheMiddleOfAnEventOpens) {
  stage.add_account(0);
  start();
  EXPECT_EQ(stage.stop(), 0);
  back_up();
  stage.allow_complaint("Truncate ");
  for (const std::uintmax_t cut : {1U, 6U, 41U}) {
    SCOPED_TRACE(cut);
    fs::remove_all(restored());
    run({"backup", "restore", file(), "--data-dir", restored().string(), "--old-copy-is-stopped"},
        0);
    std::size_t sessions = 0;
    for (const auto& entry : fs::recursive_directory_iterator(restored())) {
      if (entry.path().extension() != ".binlog") continue;
      fs::resize_file(entry.path(), fs::file_size(entry.path()) - cut);
      ++sessions;
    }
    EXPECT_EQ(sessions, 2U) << "the account and the bot";
    use_restored();
    start();
    EXPECT_THAT(stage.panel().out(), HasSubstr("1 account (1 active)"));
    EXPECT_EQ(stage.stop(), 0);
  }
}

TEST_F(Backup, WrongKeysAndCutOffAndAlteredFilesAreToldApart) {
  start();
  back_up();
  const auto whole = support::bytes_of(file());
  EXPECT_THAT(whole, Not(HasSubstr("panel.db")));
  const auto look = [&](const std::string& bytes, int code) {
    std::ofstream(file(), std::ios::binary) << bytes;
    auto said = run({"backup", "verify", file()}, code);
    EXPECT_EQ(restore(code).substr(0, 30), said.substr(0, 30));
    EXPECT_FALSE(fs::exists(restored())) << "nothing is left of it";
    return said;
  };
  EXPECT_THAT(look(whole.substr(0, whole.size() - 1), 1), HasSubstr("cut short"));
  EXPECT_THAT(look(whole.substr(0, 100), 1), HasSubstr("cut short"));
  auto flipped = whole;
  flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 4);
  EXPECT_THAT(look(flipped, 1), HasSubstr("altered"));
  EXPECT_THAT(look("a text", 1), HasSubstr("is no backup"));

  std::ofstream(file(), std::ios::binary) << whole;
  const auto other = stage.folder() / "other.key";
  std::ofstream(other) << std::string(64, 'b') << '\n';
  fs::permissions(other, fs::perms::owner_read);
  const auto right = stage.environment()["TGPANEL_KEY_FILE"];
  stage.environment()["TGPANEL_KEY_FILE"] = other.string();
  EXPECT_THAT(look(whole, 78), HasSubstr("is not the one this backup was made with"));
  stage.environment()["TGPANEL_KEY_FILE"] = right;
  EXPECT_THAT(run({"backup", "verify", file()}, 0), HasSubstr("is whole"));
  EXPECT_THAT(run({"backup", "verify", file() + ".none"}, 4), HasSubstr("there is no backup"));
}

TEST_F(Backup, NothingThatIsThereIsOverwritten) {
  EXPECT_THAT(run({"backup", "create", file()}, 4), HasSubstr("nothing to back up"));
  start();
  back_up();
  EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const auto first = support::bytes_of(file());
  EXPECT_THAT(run({"backup", "create", file()}, 1), HasSubstr("--force"));
  EXPECT_EQ(support::bytes_of(file()), first);
  run({"backup", "create", file(), "--force"}, 0);
  EXPECT_NE(support::bytes_of(file()), first);

  fs::create_directory(restored());
  std::ofstream(restored() / "mine") << "mine";
  EXPECT_THAT(restore(1), HasSubstr("not empty"));
  fs::remove(restored() / "mine");
  fs::create_directory(restored() / "lost+found");
  EXPECT_THAT(restore(), HasSubstr("quarantined"));
  EXPECT_THAT(restore(1), HasSubstr("not empty")) << "a second time";
  EXPECT_THAT(run({"backup", "restore", file()}, 75), HasSubstr("in use")) << "its own folder";
}

TEST_F(Backup, TheOldPanelThatStillRunsHereIsNoticed) {
  start();
  back_up();
  EXPECT_THAT(
      run({"backup", "restore", file(), "--data-dir", restored().string(), "--old-copy-is-stopped"},
          75),
      HasSubstr("still runs on this machine"));
  EXPECT_FALSE(fs::exists(restored()));
  restore();
  const std::vector<std::string> confirm{"backup", "confirm", "--data-dir", restored().string()};
  EXPECT_THAT(run(confirm, 75), HasSubstr(stage.data().string()));
  EXPECT_EQ(stage.stop(), 0);
  run(confirm, 0);
  EXPECT_THAT(run(confirm, 0), HasSubstr("waits for no confirmation"));
}

TEST_F(Backup, ARestoreThatIsKilledLeavesNothingThatRuns) {
  start();
  EXPECT_EQ(stage.stop(), 0);
  back_up();
  const auto right = stage.environment();
  for (const std::string point :
       {"restore.member:1", "restore.member:3", "restore.written", "restore.settled"}) {
    SCOPED_TRACE(point);
    stage.environment()["TGPANEL_CRASH_AT"] = point;
    restore(128 + SIGKILL);
    stage.environment() = right;
    use_restored();
    EXPECT_THAT(run({"run"}, 79), HasSubstr("began and did not end"));
    EXPECT_THAT(run({"backup", "confirm"}, 79), HasSubstr("began and did not end"));
    stage.environment() = right;
  }
  restore();
  use_restored();
  EXPECT_THAT(run({"run"}, 79), HasSubstr("backup confirm"));
  run({"backup", "confirm"}, 0);
  start();
}

class BackupAlerts : public WithBackups<MonitorTest> {};

TEST_F(BackupAlerts, BackupsThatAreMadeWhileMessagesComeAreWholeAndTheLastOneOpens) {
  stage.add_accounts(2);
  start();
  add_keyword("bicycle");
  for (int i = 1; i <= 8; ++i) {
    SCOPED_TRACE(i);
    write_numbers(i, i);
    run({"backup", "create", file(), "--force"}, 0);
    EXPECT_THAT(run({"backup", "verify", file()}, 0), HasSubstr("2 sessions of them, 1 of bots"));
  }
  stage.kill();
  restore();
  use_restored();
  run({"backup", "confirm"}, 0);
  start();
  EXPECT_THAT(stage.panel().out(), HasSubstr("2 accounts (2 active)"));
  wait_for_number(8, 60s);
}

TEST_F(BackupAlerts, ThatTheOldPanelSentSinceAreNotSentAgain) {
  stage.world().add_member("Market", stage.town().stranger);
  stage.add_account(0);
  start();
  add_keyword("bicycle");
  ignore("@mallory", "Ignored from now on");
  write_numbers(1, 1);
  wait_for_number(1, 20s);
  write_numbers(2, 6);
  wait_for_number(3, 20s);  // one a second: by now all are on the disk
  freeze();
  const auto said = back_up();
  EXPECT_THAT(said, HasSubstr("keywords  1, ignored 1"));
  EXPECT_TRUE(std::regex_search(said, std::regex("alerts    6, waiting [2-4]"))) << said;
  thaw();
  wait_for_number(6, 30s);
  EXPECT_EQ(stage.stop(), 0);

  EXPECT_THAT(restore(), HasSubstr("looked for in the channel"));
  use_restored();
  run({"backup", "confirm"}, 0);
  EXPECT_THAT(run({"keyword", "list"}, 0), HasSubstr("bicycle"));
  start();
  stage.world().write(stage.town().stranger, "Market", "bicycle, match no. 99 of many");
  write_numbers(7, 7);
  wait_for_number(7, 30s);
  EXPECT_THAT(numbers_in_channel(), ElementsAre(1, 2, 3, 4, 5, 6, 7));
}

}  // namespace
}  // namespace e2e
