#include "bot/gate.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace tgpanel::bot {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart = from_unix_ms(1'000'000);

TEST(Limiter, ABurstPassesAndThenOneByOne) {
  Limiter limiter({{.count = 3, .period = 3s}});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(limiter.allowed_at(kStart), kStart);
    limiter.granted(kStart);
  }
  EXPECT_EQ(limiter.allowed_at(kStart), kStart + 1s) << "not a whole period";
  limiter.granted(kStart + 1s);
  EXPECT_EQ(limiter.allowed_at(kStart + 1s), kStart + 2s);
  EXPECT_EQ(limiter.allowed_at(kStart + 60s), kStart + 60s);
}

TEST(Limiter, EveryAllowanceHolds) {
  Limiter limiter({{.count = 1, .period = 1s}, {.count = 2, .period = 20s}});
  limiter.granted(kStart);
  EXPECT_EQ(limiter.allowed_at(kStart), kStart + 1s);
  limiter.granted(kStart + 1s);
  EXPECT_EQ(limiter.allowed_at(kStart + 1s), kStart + 10s);
}

TEST(Limiter, AChannelGetsNoMoreThanTwentyTwoInAMinute) {
  Limiter limiter(Rates{}.channel);
  int sent = 0;
  for (Instant now = kStart; now < kStart + 60s;) {
    limiter.granted(now);
    ++sent;
    now = limiter.allowed_at(now);
  }
  EXPECT_LE(sent, 22);
  EXPECT_GE(sent, 20);
}

TEST(Limiter, AClockSetBackDoesNotHoldTheChat) {
  Limiter limiter({{.count = 1, .period = 1s}});
  limiter.granted(kStart + 3600s);
  EXPECT_EQ(limiter.allowed_at(kStart), kStart + 1s);
}

TEST(Line, OneAtATimeRepliesFirst) {
  Line line({});
  line.wait(1, Priority::card, {});
  line.wait(2, Priority::reply, {});
  line.wait(3, Priority::reply, {});
  EXPECT_EQ(line.next(kStart), 2U);
  EXPECT_EQ(line.next(kStart), std::nullopt) << "one is being served";
  EXPECT_EQ(line.next_at(kStart), std::nullopt);
  line.done();
  EXPECT_EQ(line.next(kStart), 3U);
  line.done();
  EXPECT_EQ(line.next(kStart), 1U);
  line.done();
  EXPECT_TRUE(line.idle());
}

TEST(Line, ACardThatMustWaitDoesNotHoldAReply) {
  Line line({});
  line.wait(1, Priority::card, kStart + 3s);
  EXPECT_EQ(line.next(kStart), std::nullopt);
  EXPECT_EQ(line.next_at(kStart), kStart + 3s);
  line.wait(2, Priority::reply, {});
  EXPECT_EQ(line.next(kStart), 2U);
  line.done();
  EXPECT_EQ(line.next(kStart + 3s), 1U);
}

TEST(Line, HoldsEverybodyAfterAFloodWait) {
  Line line({});
  line.hold_until(kStart + 7s);
  line.wait(1, Priority::reply, {});
  EXPECT_EQ(line.next(kStart + 6s), std::nullopt);
  EXPECT_EQ(line.next_at(kStart), kStart + 7s);
  EXPECT_EQ(line.next(kStart + 7s), 1U);
}

class GateTest : public testing::Test {
 protected:
  Awaitable<> enter(ChatId chat, Priority priority, char name, Millis hold = Millis{0}) {
    Gate::Turn turn = co_await gate->enter(chat, priority);
    if (!turn.granted()) {
      order += '!';
      co_return;
    }
    order += name;
    turn.hold_for(hold);
  }

  void start(ChatId chat, char name, Priority priority = Priority::reply, Millis hold = Millis{0}) {
    asio::co_spawn(io, enter(chat, priority, name, hold), asio::detached);
  }

  void settle() {
    gate->poke();
    io.restart();
    while (io.poll() > 0) {
    }
  }

  asio::io_context io;
  ManualClock clock{kStart};
  Rates rates{.private_chat = {{.count = 1, .period = 1s}},
              .channel = {{.count = 1, .period = 3s}},
              .total = {{.count = 2, .period = 1s}},
              .card_gap = 3s};
  std::optional<Gate> gate{std::in_place, io.get_executor(), clock, rates};
  std::string order;
};

TEST_F(GateTest, KeepsTheRateOfEachChatAndOfAll) {
  start(5, 'a');
  start(5, 'b');
  start(-100, 'c');
  start(-100, 'd');
  settle();
  EXPECT_EQ(order, "ac") << "one a chat, two in all";
  clock.advance(1s);
  settle();
  EXPECT_EQ(order, "acb");
  clock.advance(1s);
  settle();
  EXPECT_EQ(order, "acb") << "groups and channels wait longer";
  clock.advance(1s);
  settle();
  EXPECT_EQ(order, "acbd");
}

TEST_F(GateTest, AFloodWaitHoldsThatChatOnly) {
  start(5, 'a', Priority::reply, 60s);
  settle();
  start(5, 'b');
  start(6, 'c');
  clock.advance(30s);
  settle();
  EXPECT_EQ(order, "ac");
  clock.advance(30s);
  settle();
  EXPECT_EQ(order, "acb");
}

TEST_F(GateTest, AFloodWaitOutlivesTheGate) {
  std::map<ChatId, Instant> kept;
  const KeptWaits waits{.until = [&](ChatId chat) { return kept[chat]; },
                        .keep = [&](ChatId chat, Instant until) { kept[chat] = until; }};
  gate.emplace(io.get_executor(), clock, rates, waits);
  start(5, 'a', Priority::reply, 60s);
  settle();
  EXPECT_EQ(kept[5], kStart + 60s);
  gate.emplace(io.get_executor(), clock, rates, waits);  // the next run
  start(5, 'b');
  start(6, 'c');
  clock.advance(59s);
  settle();
  EXPECT_EQ(order, "ac");
  clock.advance(1s);
  settle();
  EXPECT_EQ(order, "acb");
}

TEST_F(GateTest, ClosingLetsEverybodyGo) {
  start(5, 'a');
  start(5, 'b');
  settle();
  gate->close();
  start(5, 'c');
  settle();
  EXPECT_EQ(order, "a!!");
}

}  // namespace
}  // namespace tgpanel::bot
