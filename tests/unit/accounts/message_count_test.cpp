#include "accounts/message_count.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tgpanel::accounts {
namespace {

std::size_t saw(MessageCount& count, const std::vector<MessageId>& ids, ChatId chat = -1) {
  std::vector<Json> messages;
  messages.reserve(ids.size());
  for (const auto id : ids) messages.push_back({{"chat_id", chat}, {"id", id}});
  count.saw(messages);
  return count.count();
}

TEST(MessageCount, EachMessageCountsOnceInItsChat) {
  MessageCount count;
  EXPECT_EQ(saw(count, {5}), 1U);
  EXPECT_EQ(saw(count, {6}), 2U);
  EXPECT_EQ(saw(count, {5, 6}), 2U);
  EXPECT_EQ(saw(count, {5}, -2), 3U);
}

TEST(MessageCount, APageOfAHistoryCountsWhatWasNotThere) {
  MessageCount count;
  EXPECT_EQ(saw(count, {10}), 1U);
  EXPECT_EQ(saw(count, {14, 13, 12, 11, 10, 9}), 6U) << "the newest first";
  EXPECT_EQ(saw(count, {8, 7, 6}), 9U) << "and older ones";
  EXPECT_EQ(saw(count, {14, 10, 6}), 9U);
}

TEST(MessageCount, WhatIsNoMessageDoesNot) {
  MessageCount count;
  const std::vector<Json> messages{nullptr, 3};
  count.saw(messages);
  EXPECT_EQ(count.count(), 0U);
}

}  // namespace
}  // namespace tgpanel::accounts
