// Whatever is asked of TDLib has a deadline, and there is one way only to ask.

#include "telegram/deadlines.hpp"

#include "telegram/send_tracker.hpp"
#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::telegram {
namespace {

using testing::ElementsAre;

/// The files below src that contain one of these texts, by their paths there, sorted.
std::vector<std::string> sources_with(const std::vector<std::string_view>& texts) {
  const std::filesystem::path root = std::filesystem::path(TGPANEL_SOURCE_DIR) / "src";
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path());
    const std::string source{std::istreambuf_iterator<char>(file), {}};
    for (const auto text : texts) {
      if (source.find(text) == std::string::npos) continue;
      found.push_back(std::filesystem::relative(entry.path(), root).string());
      break;
    }
  }
  std::ranges::sort(found);
  return found;
}

TEST(Deadlines, TheLibraryIsAskedAtOnePlaceWhichGivesEachRequestItsDeadline) {
  EXPECT_THAT(sources_with({"td_send", "td_json_client_send"}),
              ElementsAre("telegram/library.cpp"));
  EXPECT_THAT(sources_with({"library_->send", "library->send", "td_->send"}),
              ElementsAre("telegram/hub_state.cpp"));
}

TEST(Deadlines, NoDeadlineIsForEver) {
  asio::io_context context;
  Deadlines deadlines(context.get_executor());
  const auto latest = std::chrono::steady_clock::now() + kLongestDeadline + Millis{60'000};
  const auto when = deadlines.add(1, Millis::max());
  EXPECT_GT(when.first, std::chrono::steady_clock::now());
  EXPECT_LE(when.first, latest);
  deadlines.remove(when);
}

TEST(Deadlines, WhatBecameOfAMessageIsNotWaitedForForEver) {
  asio::io_context context;
  const auto client = std::make_shared<test::FakeClient>(nullptr);
  client->answer("sendMessage", Json{{"@type", "message"},
                                     {"id", 7},
                                     {"chat_id", 1},
                                     {"sending_state", {{"@type", "messageSendingStatePending"}}}});
  SendTracker tracker(client);
  const auto sent =
      test::spawn(context, tracker.send(Json{{"@type", "sendMessage"}, {"chat_id", 1}}, Millis{1}));
  test::run_until(context, [&] { return sent->has_value(); });
  ASSERT_FALSE(**sent);
  EXPECT_EQ((**sent).error().code, TdError::kDeadline);
}

}  // namespace
}  // namespace tgpanel::telegram
