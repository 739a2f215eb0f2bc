#include "monitor/intake.hpp"

#include "monitor/recent_set.hpp"

#include <gtest/gtest.h>

namespace tgpanel::monitor {
namespace {

constexpr ChatId kGroup = -1'001'234'567'890;
constexpr ChatId kChannel = -1'002'000'000'000;
constexpr ChatId kBasicGroup = -12'345;

telegram::Message message() {
  telegram::Message message;
  message.chat_id = kGroup;
  message.id = from_server_message_id(7);
  message.sender_id = 42;
  message.date = 1'700'000'000;
  message.text = "hello";
  return message;
}

struct Case {
  const char* name;
  Verdict verdict;
  void (*change)(telegram::Message&, IntakeRules&);
};

const std::unordered_set<std::int64_t> kIgnored = {99, -1'001'000'000'001, -1'001'000'000'002};

class Judging : public testing::TestWithParam<Case> {};

TEST_P(Judging, Verdict) {
  auto subject = message();
  IntakeRules rules{.alert_channel = kChannel, .ignored = &kIgnored};
  GetParam().change(subject, rules);
  EXPECT_EQ(judge(subject, rules), GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Judging,
    testing::Values(
        Case{"Plain", Verdict::look, [](auto&, auto&) {}},
        Case{"BasicGroup", Verdict::look, [](auto& m, auto&) { m.chat_id = kBasicGroup; }},
        Case{"Post", Verdict::look,
             [](auto& m, auto&) {
               m.sender_id = 0;
               m.sender_chat_id = m.chat_id;
             }},
        Case{"PrivateChat", Verdict::unwatched, [](auto& m, auto&) { m.chat_id = 42; }},
        Case{"PrivateChatSwitchedOn", Verdict::look,
             [](auto& m, auto& r) {
               m.chat_id = 42;
               r.private_chats = true;
             }},
        Case{"VerificationCodes", Verdict::service,
             [](auto& m, auto& r) {
               m.chat_id = 489'000;
               r.private_chats = true;
             }},
        Case{"SecretChat", Verdict::unwatched,
             [](auto& m, auto&) { m.chat_id = -1'999'999'999'999; }},
        Case{"DirectMessages", Verdict::unwatched,
             [](auto& m, auto&) { m.chat_id = -3'000'000'000'000; }},
        Case{"ServiceChat", Verdict::service,
             [](auto& m, auto& r) {
               m.chat_id = 777'000;
               r.private_chats = true;
             }},
        Case{"ServiceSender", Verdict::service, [](auto& m, auto&) { m.sender_id = 777'000; }},
        Case{"AlertChannel", Verdict::alert_channel, [](auto& m, auto&) { m.chat_id = kChannel; }},
        Case{"CopyOfAnAlert", Verdict::alert_channel,
             [](auto& m, auto&) {
               m.sender_id = 0;
               m.sender_chat_id = kChannel;
             }},
        Case{"DiscussionOfTheAlerts", Verdict::alert_channel,
             [](auto& m, auto& r) { r.alert_discussion = m.chat_id; }},
        Case{"OnItsWay", Verdict::unsent, [](auto& m, auto&) { m.id += 1; }},
        Case{"Outgoing", Verdict::ours, [](auto& m, auto&) { m.is_outgoing = true; }},
        Case{"OursSeenByAnother", Verdict::ours, [](auto&, auto& r) { r.sender_is_ours = true; }},
        Case{"IgnoredUser", Verdict::ignored, [](auto& m, auto&) { m.sender_id = 99; }},
        Case{"IgnoredChat", Verdict::ignored,
             [](auto& m, auto&) { m.chat_id = -1'001'000'000'001; }},
        Case{"IgnoredSenderChat", Verdict::ignored,
             [](auto& m, auto&) {
               m.sender_id = 0;
               m.sender_chat_id = -1'001'000'000'002;
             }},
        Case{"NoText", Verdict::no_text, [](auto& m, auto&) { m.text.clear(); }}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Scope, ByTheRangesOfTdlib) {
  EXPECT_EQ(scope_of(0), ChatScope::unwatched);
  EXPECT_EQ(scope_of(1), ChatScope::private_chat);
  EXPECT_EQ(scope_of(-1), ChatScope::basic_group);
  EXPECT_EQ(scope_of(-999'999'999'999), ChatScope::basic_group);
  EXPECT_EQ(scope_of(-1'000'000'000'000), ChatScope::unwatched);
  EXPECT_EQ(scope_of(-1'000'000'000'001), ChatScope::shared);
  EXPECT_EQ(scope_of(-1'997'852'516'352), ChatScope::shared);
  EXPECT_EQ(scope_of(-1'997'852'516'353), ChatScope::unwatched);
}

TEST(Identity, IsTheMessageIdWhereItIsShared) {
  auto other = message();
  other.text = "edited";
  EXPECT_EQ(identity_of(message(), 1), "7");
  EXPECT_EQ(identity_of(other, 2), "7");
}

TEST(Identity, InBasicGroupsIgnoresTheMailboxId) {
  auto one = message();
  one.chat_id = kBasicGroup;
  auto same = one;
  same.id = from_server_message_id(1'234);
  EXPECT_EQ(identity_of(one, 1), identity_of(same, 2));
  auto text = one;
  text.text = "hello!";
  auto sender = one;
  sender.sender_id = 43;
  auto date = one;
  date.date += 1;
  EXPECT_NE(identity_of(one, 1), identity_of(text, 1));
  EXPECT_NE(identity_of(one, 1), identity_of(sender, 1));
  EXPECT_NE(identity_of(one, 1), identity_of(date, 1));
}

TEST(Identity, InPrivateChatsIsOfTheMailbox) {
  auto one = message();
  one.chat_id = 42;
  auto edited = one;
  edited.text = "edited";
  edited.edit_date = one.date + 5;
  EXPECT_EQ(identity_of(one, 1), identity_of(edited, 1));
  EXPECT_NE(identity_of(one, 1), identity_of(one, 2));
  EXPECT_EQ(identity_prefix_of(edited), "");
}

TEST(RecentSet, RemembersUpToItsCapacity) {
  RecentSet recent(2);
  EXPECT_TRUE(recent.insert(1, 10));
  EXPECT_FALSE(recent.insert(1, 10));
  EXPECT_TRUE(recent.insert(2, 10));
  EXPECT_TRUE(recent.insert(1, 11));  // forgets the first
  EXPECT_EQ(recent.size(), 2U);
  EXPECT_FALSE(recent.insert(2, 10));
  EXPECT_TRUE(recent.insert(1, 10));
}

}  // namespace
}  // namespace tgpanel::monitor
