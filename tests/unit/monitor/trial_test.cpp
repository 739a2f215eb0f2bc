#include "monitor_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::monitor::fakes {
namespace {

using testing::SizeIs;

class TrialTest : public MonitorTest {
 protected:
  TrialTest() : client(accounts.activate(1)) {}

  void begin() {
    start();
    push(1, {.chat = kGroup, .id = 1, .text = "no"});  // the account is in the group
    const char* texts[] = {"a bike", "a car", "a Bike, broken", "bikes", "a lottery with a bike"};
    for (std::int64_t id = 2; const auto* text : texts) {
      client.history[kGroup][from_server_message_id(id)] =
          message({.chat = kGroup, .id = id, .text = text});
      ++id;
    }
  }

  Result<Trial> attempt(const std::string& rule, const std::string& where,
                        std::size_t count = kTrialMessages) {
    return await(io, monitor->try_rule(rule, where, count));
  }

  Client& client;
  std::string group = std::to_string(kGroup);
};

TEST_F(TrialTest, ShowsWhatWouldBeReportedAndStoresNothing) {
  begin();
  const auto trial = attempt("bike -broken", group);
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_EQ(trial->looked_at, 5U);
  ASSERT_THAT(trial->matches, SizeIs(3));
  EXPECT_EQ(trial->matches[0].text, "a lottery with a bike");  // the newest first
  EXPECT_EQ(trial->matches[2].text, "a bike");
  ASSERT_THAT(trial->matches[2].marks, SizeIs(1));
  EXPECT_EQ(trial->matches[2].marks[0].offset, 2);
  EXPECT_EQ(trial->matches[2].link, "https://t.me/c/1000000001/2");
  EXPECT_THAT(monitor->keywords(), SizeIs(0));
  EXPECT_EQ(monitor->stats().matches, 0U);
  EXPECT_EQ(channel.sends, 0);
}

TEST_F(TrialTest, HasTheExclusionsAndTheIgnoreListButNoOtherKeyword) {
  begin();
  add("car");
  add("-lottery");
  client.history[kGroup][from_server_message_id(9)] =
      message({.chat = kGroup, .id = 9, .text = "a bike by somebody ignored", .sender = 43});
  ASSERT_TRUE(await(io, monitor->add_ignored(43, "")));
  const auto trial = attempt("\"bike\"", group);
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_EQ(trial->looked_at, 5U);
  EXPECT_THAT(trial->matches, SizeIs(2));
}

TEST_F(TrialTest, LooksAtTheNewestOnly) {
  begin();
  client.page = 2;
  const auto trial = attempt("re:bikes?", group, 2);
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_EQ(trial->looked_at, 2U);
  EXPECT_THAT(trial->matches, SizeIs(2));
}

TEST_F(TrialTest, APublicChatThatNobodyIsInIsReadByItsName) {
  begin();
  client.names["noise"] = kOther;
  client.history[kOther][from_server_message_id(1)] =
      message({.chat = kOther, .id = 1, .text = "a bike"});
  const auto trial = attempt("bike", "@noise");
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_EQ(trial->title, "Public noise");
  EXPECT_THAT(trial->matches, SizeIs(1));
}

TEST_F(TrialTest, WhatCannotBeTriedIsRefusedWithTheReason) {
  begin();
  EXPECT_EQ(attempt("re:(a", group).error().code, Errc::invalid);
  EXPECT_EQ(attempt("-lottery", group).error().code, Errc::invalid);
  EXPECT_EQ(attempt("bike", "42").error().code, Errc::invalid);
  EXPECT_EQ(attempt("bike", "hello there").error().code, Errc::invalid);
  EXPECT_EQ(attempt("bike", std::to_string(kOther)).error().code, Errc::not_found);
  EXPECT_EQ(attempt("bike", "@nobody").error().code, Errc::not_found);
  client.errors["getChatHistory"] = {429, "Too Many Requests: retry after 7"};
  EXPECT_EQ(attempt("bike", group).error().code, Errc::flood_wait);
}

TEST_F(TrialTest, AFloodWaitIsRememberedAndAnotherMemberReads) {
  begin();
  client.errors["getChatHistory"] = {429, "Too Many Requests: retry after 3600"};
  EXPECT_EQ(attempt("bike", group).error().code, Errc::flood_wait);
  client.errors.clear();
  const auto again = attempt("bike", group);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::flood_wait);
  EXPECT_GT(again.error().retry_after_s, 3'000);
  EXPECT_EQ(client.count("getChatHistory"), 1U);
  auto& other = accounts.activate(2);
  other.history = client.history;
  push(2, {.chat = kGroup, .id = 1, .text = "no"});
  EXPECT_TRUE(attempt("bike", group));
  EXPECT_EQ(client.count("getChatHistory"), 1U);
}

TEST_F(TrialTest, TheGroupsToChooseFrom) {
  begin();
  monitor->feed(1, {{"@type", "updateNewChat"},
                    {"chat",
                     {{"@type", "chat"},
                      {"id", kGroup},
                      {"title", "Market"},
                      {"type", {{"@type", "chatTypeSupergroup"}, {"supergroup_id", 1}}}}}});
  ASSERT_THAT(monitor->groups(), SizeIs(1));
  EXPECT_EQ(monitor->groups().front().title, "Market");
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
