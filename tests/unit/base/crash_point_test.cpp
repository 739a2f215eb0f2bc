// Where a test may have the program die.

#include "base/crash_point.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace tgpanel {
namespace {

// Each in a process of its own: what the environment says is read once.
TEST(CrashStepDeathTest, TheStepThatIsNamedKills) {
  const auto live = [] {
    ::setenv("TGPANEL_CRASH_STEP", "3", 1);
    for (int step = 1; step <= 2; ++step) crash_step();
    ::write(STDERR_FILENO, "two", 3);
    crash_step();
    ::write(STDERR_FILENO, "three", 5);
  };
  EXPECT_EXIT(live(), testing::KilledBySignal(SIGKILL), "^two$");
}

TEST(CrashStepDeathTest, ACleanEndWritesHowManyThereWere) {
  const auto file =
      std::filesystem::temp_directory_path() / ("crash_count." + std::to_string(::getpid()));
  const auto live = [&] {
    ::setenv("TGPANEL_CRASH_COUNT", file.c_str(), 1);
    for (int step = 1; step <= 7; ++step) crash_step();
    std::exit(0);
  };
  EXPECT_EXIT(live(), testing::ExitedWithCode(0), "");
  int steps = 0;
  std::ifstream(file) >> steps;
  EXPECT_EQ(steps, 7);
  std::filesystem::remove(file);
}

TEST(CrashStepDeathTest, NothingHappensUnasked) {
  const auto live = [] {
    for (int step = 0; step < 1'000; ++step) crash_step();
    std::exit(0);
  };
  EXPECT_EXIT(live(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace tgpanel
