// A disk that is full or fails while the panel runs: nothing is called done that is not, admins see
// what is wrong, and it goes on by itself.

#include "storage_fixture.hpp"

#include <signal.h>

namespace e2e {
namespace {

class Storage : public StorageTest {
 protected:
  /// What an admin does to add a keyword; the caller waits for what the bot says.
  void ask_keyword(std::string_view word) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kMonitorMode);
    stage.press(words::kAddKeyword);
    stage.wait_bot("Send the keyword");
    stage.say(word);
  }

  /// Everybody's reaction to a message, up to the preview.
  void ask_reaction(std::string_view count) {
    const auto message = stage.world().write(stage.town().writer, "Market", "Please react");
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kBulk);
    stage.press(words::kReaction);
    stage.say(count);
    stage.wait_bot("link of the message");
    stage.say(fmt::format("https://t.me/market/{}", message));
    stage.wait_bot("Choose the reaction");
    stage.press("🔥");
    stage.wait_bot("Please react");
  }

  std::size_t reactions() { return stage.world().calls("messages.sendReaction").size(); }

  void write(std::string_view text) { stage.world().write(stage.town().writer, "Market", text); }

  void wait_alerts(std::size_t count) {
    stage.world().wait_until("the alerts", [&] { return stage.alerts().size() == count; });
  }
};

struct Fault {
  const char* error;
  const char* said;
};

class StorageFault : public Storage, public testing::WithParamInterface<Fault> {};

TEST_P(StorageFault, NothingIsCalledDoneAndItGoesOnByItself) {
  stage.add_accounts(1);
  start();
  add_keyword("before");
  ask_reaction("1");
  break_disk(fmt::format("{} /data/panel.db", GetParam().error));
  stage.press(words::kStartJob);
  stage.wait_bot(GetParam().said);
  ask_keyword("never");
  stage.wait_bot(GetParam().said);
  EXPECT_EQ(times_told("Added the keyword"), 1);
  EXPECT_EQ(reactions(), 0U);

  mend_disk();
  add_keyword("after");
  write("never say this");
  write("the day after");
  wait_alerts(1);
  EXPECT_EQ(stage.stop(), 0);
  start();
  write("never again");
  write("the day before");
  wait_alerts(2);
  EXPECT_EQ(reactions(), 0U) << "a job whose start was refused";
}

INSTANTIATE_TEST_SUITE_P(Storage, StorageFault,
                         testing::Values(Fault{"ENOSPC", "The disk of the panel's server is full"},
                                         Fault{"EIO", "The panel's database failed"}),
                         [](const auto& fault) { return std::string(fault.param.error); });

TEST_F(Storage, WithLittleRoomNothingNewBeginsAndItGoesOnByItself) {
  stage.add_accounts(2);
  start();
  management();
  break_disk("FREE 30000000");
  stage.wait_bot("is nearly full: 28 MB are free");
  ask_reaction("2");
  stage.press(words::kStartJob);
  stage.wait_bot("State: running");
  management();
  stage.press(words::kAddAccount);
  stage.press(words::kByPhone);
  stage.wait_bot("no account can be added until there is room");
  add_keyword("needle");
  write("a needle");
  wait_alerts(1);
  EXPECT_EQ(reactions(), 0U);

  mend_disk();
  stage.wait_bot("has room again");
  stage.wait_bot("State: finished");
  EXPECT_EQ(reactions(), 2U);
  EXPECT_EQ(times_told("is nearly full: 28 MB"), 1);
  EXPECT_EQ(times_told("has room again"), 1);
}

class StorageOut : public Storage, public testing::WithParamInterface<const char*> {};

// TDLib ends the process when it cannot write its own files: every client is closed before that.
TEST_P(StorageOut, ClosesEverythingAndGoesOnByItself) {
  stage.add_accounts(1);
  start();
  add_keyword("needle");
  write("a first needle");
  wait_alerts(1);
  break_disk(GetParam());
  stage.wait_bot("The panel stops here, and goes on by itself");
  stage.panel().wait_line("The panel waits");
  EXPECT_EQ(online(0), 0);
  write("a second needle");

  mend_disk();
  stage.wait_bot("has room again");
  wait_alerts(2);
  EXPECT_EQ(times_told("The panel stops here"), 1);
  EXPECT_EQ(times_told("has room again"), 1);
  EXPECT_EQ(stage.stop(), 0);
}

INSTANTIATE_TEST_SUITE_P(Storage, StorageOut, testing::Values("FREE 1000000", "EIO /data/disk.try"),
                         [](const auto& line) {
                           const std::string text = line.param;
                           return text.substr(0, text.find(' '));
                         });

// What no look at the disk can foresee. Nothing acknowledged is lost, as by any other kill.
TEST_F(Storage, TdlibsOwnFullFileEndsTheProcessAndNothingIsLost) {
  stage.allow_complaint("TDLib: [ 0]");
  stage.add_accounts(1);
  start();
  add_keyword("needle");
  break_disk("ENOSPC td_test.binlog");
  write("a needle");
  EXPECT_EQ(stage.panel().wait(), 128 + SIGABRT);
  mend_disk();
  start();
  wait_alerts(1);
  write("another needle");
  wait_alerts(2);
  EXPECT_EQ(stage.stop(), 0);
}

}  // namespace
}  // namespace e2e
