#include "accounts/recycler.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace tgpanel::accounts {
namespace {

using ::testing::Eq;
using ::testing::Optional;

constexpr Instant kNow{Millis{1'000'000'000}};

/// A share of 100 × (7 + 3) messages each.
OpenClient client(AccountId id, std::size_t messages, Millis age = Millis{600'000}) {
  return {.id = id, .messages = messages, .chats = 7, .opened = kNow - age, .idle = true};
}

std::optional<AccountId> chosen(const std::vector<OpenClient>& clients, RecycleLimits limits = {}) {
  return Recycler(limits).look(clients, kNow);
}

TEST(Recycler, NobodyIsDueWithinWhatAllMayHoldTogether) {
  EXPECT_EQ(chosen({}), std::nullopt);
  EXPECT_EQ(chosen({client(1, 1'000)}), std::nullopt);
  EXPECT_EQ(chosen({client(1, 1'900), client(2, 100)}), std::nullopt);
}

TEST(Recycler, BeyondItTheFullestIs) {
  EXPECT_THAT(chosen({client(1, 1'001)}), Optional(Eq(1)));
  EXPECT_THAT(chosen({client(1, 100), client(2, 1'901), client(3, 1'000)}), Optional(Eq(2)));
}

TEST(Recycler, WhoKnowsMoreChatsMayHoldMore) {
  auto many = client(1, 5'000);
  many.chats = 97;
  EXPECT_EQ(chosen({many, client(2, 1'000)}), std::nullopt);
  many.messages = 9'000;
  EXPECT_THAT(chosen({many, client(2, 2'001)}), Optional(Eq(2))) << "over its own share";
}

TEST(Recycler, NoneIsTakenThatIsInUseOrYoungOrHoldsLittle) {
  auto used = client(1, 3'000);
  used.idle = false;
  EXPECT_EQ(chosen({used}), std::nullopt);
  EXPECT_EQ(chosen({client(1, 3'000, Millis{299'999})}), std::nullopt);
  EXPECT_THAT(chosen({client(1, 3'000, Millis{300'000})}), Optional(Eq(1)));
  EXPECT_EQ(chosen({used, client(2, 1'000)}), std::nullopt) << "it would free nothing";
  EXPECT_THAT(chosen({used, client(2, 1'001)}), Optional(Eq(2))) << "one in use stops nobody";
}

TEST(Recycler, InTheEndEveryoneIs) {
  const Millis day{86'400'000};
  EXPECT_EQ(chosen({client(1, 5, day - Millis{1})}), std::nullopt);
  EXPECT_THAT(chosen({client(1, 0, day)}), Optional(Eq(1)));
  EXPECT_THAT(chosen({client(1, 0, day), client(2, 0, day * 2), client(3, 9'000)}),
              Optional(Eq(2)));
  auto used = client(1, 0, day * 2);
  used.idle = false;
  EXPECT_EQ(chosen({used}), std::nullopt);
}

TEST(Recycler, ZeroSwitchesItOff) {
  EXPECT_EQ(chosen({client(1, 1'000'000, Millis{86'400'000 * 9LL})}, {.messages_per_chat = 0}),
            std::nullopt);
}

TEST(Recycler, OneAtATime) {
  Recycler recycler({});
  EXPECT_EQ(recycler.at_work(), 0);
  const std::vector<OpenClient> clients{client(1, 2'000), client(2, 3'000)};
  EXPECT_THAT(recycler.look(clients, kNow), Optional(Eq(2)));
  EXPECT_EQ(recycler.at_work(), 2);
  EXPECT_EQ(recycler.look(clients, kNow), std::nullopt);
  recycler.ended(1);
  EXPECT_EQ(recycler.look(clients, kNow), std::nullopt) << "another one's end";
  recycler.ended(2);
  EXPECT_EQ(recycler.at_work(), 0);
  EXPECT_THAT(recycler.look(clients, kNow), Optional(Eq(2)));
}

// An hour of 100 alike clients, two messages a second each: the sum stays where it is, and nobody
// waits for ever.
TEST(Recycler, AlikeClientsDoNotComeDueAllAtOnce) {
  Recycler recycler({});
  std::vector<OpenClient> clients;
  for (AccountId id = 1; id <= 100; ++id) clients.push_back(client(id, 0, Millis{0}));
  std::map<AccountId, int> times;
  std::size_t least = SIZE_MAX;
  std::size_t most = 0;
  for (int second = 1; second <= 3'600; ++second) {
    const auto now = kNow + Millis{second * 1'000};
    std::size_t held = 0;
    for (auto& each : clients) held += each.messages += 2;
    if (second > 600) {
      least = std::min(least, held);
      most = std::max(most, held);
    }
    if (const auto id = recycler.look(clients, now)) {
      auto& one = clients[static_cast<std::size_t>(*id - 1)];
      one.messages = 0;
      one.opened = now;
      ++times[*id];
      recycler.ended(*id);
    }
  }
  EXPECT_LE(most, 100'300U);
  EXPECT_GE(least, 97'000U);
  ASSERT_EQ(times.size(), 100U);
  for (const auto& [id, count] : times) EXPECT_GE(count, 2) << id;
}

}  // namespace
}  // namespace tgpanel::accounts
