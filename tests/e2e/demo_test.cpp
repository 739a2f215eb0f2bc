// `./dev demo`: the tour as the first person to try the project plays it.

#include "support/process.hpp"
#include "support/stage.hpp"
#include "support/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>

namespace e2e {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
namespace words = support::words;

class Demo : public testing::Test {
 protected:
  support::TempFolder folder;
  std::filesystem::path program = std::filesystem::path(TGPANEL_BUILD_DIR) / "tests/tour/tour";
  support::Environment environment{{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
};

TEST_F(Demo, TheTourIsPlayedToItsEndAndAllOfItHolds) {
  support::Process tour(program, {}, environment, folder.path());
  EXPECT_EQ(tour.wait(120s), 0);
  EXPECT_THAT(tour.out(), HasSubstr("\nAll of it held.\n"));
  EXPECT_THAT(tour.err(), IsEmpty());
}

TEST_F(Demo, InItAPersonIsTheAdmin) {
  support::Process tour(program, {"--interactive"}, environment, folder.path());
  tour.wait_line("You are Dana, the admin");
  tour.send_line("/start");
  tour.wait_line(words::kMainMenu);
  const auto button = tour.wait_line("[ 1: ");
  EXPECT_THAT(button, HasSubstr(std::string(words::kAccountManagement)));
  tour.send_line("1");
  tour.wait_line(words::kAddAccount);
  tour.send_line("99");
  tour.wait_line("The newest message has no button 99.");
  tour.send_line("Market: good morning");
  tour.wait_line("good morning");
  tour.send_line("quit");
  tour.wait_line("Stopping the panel and the data centre.");
  EXPECT_EQ(tour.wait(), 0);
  EXPECT_THAT(tour.err(), IsEmpty());
}

TEST_F(Demo, ItEndsInOrderWithItsInputAndWithCtrlC) {
  support::Process by_input(program, {"--interactive"}, environment, folder.path());
  by_input.wait_line("You are Dana, the admin");
  by_input.close_input();
  EXPECT_EQ(by_input.wait(), 0);
  support::Process by_key(program, {"--interactive"}, environment, folder.path());
  by_key.wait_line("You are Dana, the admin");
  by_key.signal(SIGINT);
  EXPECT_EQ(by_key.wait(), 0);
}

}  // namespace
}  // namespace e2e
