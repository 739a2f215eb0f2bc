#include "monitor/outbox.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tgpanel::monitor {
namespace {

constexpr Instant kStart = from_unix_ms(1'700'000'000'000);

SendLimits limits() {
  return {.interval = Millis{1'000},
          .per_window = 3,
          .window = Millis{60'000},
          .first_retry = Millis{1'000},
          .longest_retry = Millis{4'000},
          .settle = Millis{5'000}};
}

std::string describe(const OutboxAction& action) {
  struct Words {
    std::string operator()(const Sleep& s) const {
      return s.until ? "sleep " + std::to_string((*s.until - kStart).count()) : "sleep";
    }

    std::string operator()(const Fetch&) const { return "fetch"; }

    std::string operator()(const Record& r) const { return "record " + std::to_string(r.alert); }

    std::string operator()(const Send& s) const { return "send " + std::to_string(s.alert); }

    std::string operator()(const Find& f) const { return "find " + std::to_string(f.alert); }

    std::string operator()(const Finish& f) const {
      return "finish " + std::to_string(f.alert) + " " + std::to_string(f.message);
    }

    std::string operator()(const Split& s) const { return "split " + std::to_string(s.alert); }

    std::string operator()(const Refuse& r) const {
      return "refuse " + std::to_string(r.alert) + " " + r.reason;
    }
  };

  return std::visit(Words{}, action);
}

class OutboxTest : public testing::Test {
 protected:
  OutboxTest() { outbox.set_forwarding(true); }

  std::string next() const { return describe(outbox.next(clock.now())); }

  void fetch(AlertId alert, bool attempted = false) {
    outbox.fetched(Outbox::Item{.alert = alert, .attempted = attempted}, clock.now());
  }

  // Up to the moment when alert `alert` is to be sent.
  void reach_send(AlertId alert) {
    ASSERT_EQ(next(), "fetch");
    fetch(alert);
    ASSERT_EQ(next(), "record " + std::to_string(alert));
    outbox.recorded({}, clock.now());
    ASSERT_EQ(next(), "send " + std::to_string(alert));
  }

  ManualClock clock{kStart};
  Outbox outbox{limits()};
  const Error disk{Errc::storage, "disk full"};
};

TEST_F(OutboxTest, RecordsBeforeItSends) {
  reach_send(7);
  outbox.sent(MessageId{70}, clock.now());
  EXPECT_EQ(next(), "finish 7 70");
  outbox.finished({}, clock.now());
  EXPECT_EQ(next(), "fetch");
  outbox.fetched(std::optional<Outbox::Item>{}, clock.now());
  EXPECT_EQ(next(), "sleep");
  outbox.on_stored();
  EXPECT_EQ(next(), "fetch");
}

TEST_F(OutboxTest, NewAlertsDoNotDisturbTheOneInHand) {
  reach_send(7);
  outbox.on_stored();
  EXPECT_EQ(next(), "send 7");
}

TEST_F(OutboxTest, LooksBeforeItSendsAgainAfterARestart) {
  fetch(7, true);
  EXPECT_EQ(next(), "find 7");
  outbox.found(MessageId{70}, clock.now());
  EXPECT_EQ(next(), "finish 7 70");
}

TEST_F(OutboxTest, SendsWhatTheChannelDoesNotHave) {
  fetch(7, true);
  outbox.found(fail(Errc::not_found, ""), clock.now());
  EXPECT_EQ(next(), "record 7");
}

TEST_F(OutboxTest, LooksAgainWhenTheChannelCannotBeRead) {
  fetch(7, true);
  outbox.found(fail(Errc::timeout, ""), clock.now());
  EXPECT_EQ(next(), "sleep 1000");
  clock.advance(Millis{1'000});
  EXPECT_EQ(next(), "find 7");
  outbox.found(fail(Errc::flood_wait, "", 30), clock.now());
  EXPECT_EQ(next(), "sleep 31000");
  clock.advance(Millis{30'000});
  EXPECT_EQ(next(), "find 7");
}

TEST_F(OutboxTest, ObeysFloodWaits) {
  reach_send(7);
  outbox.sent(fail(Errc::flood_wait, "", 17), clock.now());
  EXPECT_EQ(next(), "sleep 17000");
  clock.advance(Millis{16'999});
  EXPECT_EQ(next(), "sleep 17000");
  clock.advance(Millis{1});
  EXPECT_EQ(next(), "record 7");
}

TEST_F(OutboxTest, WhoseOutcomeIsUnknownIsLookedForFirst) {
  for (const auto code : {Errc::timeout, Errc::cancelled, Errc::failed, Errc::storage}) {
    Outbox fresh{limits()};
    fresh.set_forwarding(true);
    fresh.fetched(Outbox::Item{.alert = 7}, clock.now());
    fresh.recorded({}, clock.now());
    fresh.sent(fail(code, ""), clock.now());
    EXPECT_EQ(describe(fresh.next(clock.now())), "sleep 5000");
    EXPECT_EQ(describe(fresh.next(clock.now() + Millis{5'000})), "find 7");
  }
}

TEST_F(OutboxTest, WhatTelegramRefusedIsTriedAgainMoreAndMoreSlowly) {
  reach_send(7);
  for (const auto pause : {1'000, 2'000, 4'000, 4'000}) {
    outbox.sent(fail(Errc::telegram, "CHAT_WRITE_FORBIDDEN"), clock.now());
    const auto until = clock.now() + Millis{pause};
    EXPECT_EQ(next(), "sleep " + std::to_string((until - kStart).count()));
    clock.advance(Millis{60'000});
    ASSERT_EQ(next(), "record 7");
    outbox.recorded({}, clock.now());
    ASSERT_EQ(next(), "send 7");
  }
}

TEST_F(OutboxTest, TheNextAlertBeginsWithoutAPause) {
  reach_send(7);
  outbox.sent(fail(Errc::telegram, ""), clock.now());
  clock.advance(Millis{10'000});
  outbox.recorded({}, clock.now());
  outbox.sent(MessageId{70}, clock.now());
  outbox.finished({}, clock.now());
  EXPECT_EQ(next(), "fetch");
}

TEST_F(OutboxTest, WhatCanNeverBeSentDoesNotBlockTheQueue) {
  reach_send(7);
  outbox.sent(fail(Errc::invalid, "too long"), clock.now());
  EXPECT_EQ(next(), "refuse 7 too long");
  outbox.refused(std::unexpected(disk), clock.now());
  EXPECT_EQ(next(), "sleep 1000");
  clock.advance(Millis{1'000});
  EXPECT_EQ(next(), "refuse 7 too long");
  outbox.refused({}, clock.now());
  EXPECT_EQ(next(), "fetch");
}

TEST_F(OutboxTest, ARefusedDigestIsSplit) {
  outbox.fetched(Outbox::Item{.alert = 7, .digest = true}, clock.now());
  outbox.recorded({}, clock.now());
  outbox.sent(fail(Errc::invalid, "too long"), clock.now());
  EXPECT_EQ(next(), "split 7");
  outbox.split(std::unexpected(disk), clock.now());
  EXPECT_EQ(next(), "sleep 1000");
  clock.advance(Millis{1'000});
  outbox.split({}, clock.now());
  EXPECT_EQ(next(), "fetch");
}

TEST_F(OutboxTest, NothingIsSentWhileItsRecordFails) {
  fetch(7);
  outbox.recorded(std::unexpected(disk), clock.now());
  EXPECT_EQ(next(), "sleep 1000");
  clock.advance(Millis{1'000});
  EXPECT_EQ(next(), "record 7");
}

TEST_F(OutboxTest, ASentAlertIsRecordedUntilItIs) {
  reach_send(7);
  outbox.sent(MessageId{70}, clock.now());
  outbox.finished(std::unexpected(disk), clock.now());
  EXPECT_EQ(next(), "sleep 1000");
  clock.advance(Millis{1'000});
  EXPECT_EQ(next(), "finish 7 70");
}

TEST_F(OutboxTest, ReadsAgainWhenTheDiskFails) {
  outbox.fetched(std::unexpected(disk), clock.now());
  EXPECT_EQ(next(), "sleep 1000");
  clock.advance(Millis{1'000});
  EXPECT_EQ(next(), "fetch");
}

TEST_F(OutboxTest, KeepsTheIntervalFromTheEndOfASend) {
  reach_send(7);
  clock.advance(Millis{300});
  outbox.sent(MessageId{70}, clock.now());
  outbox.finished({}, clock.now());
  fetch(8);
  EXPECT_EQ(next(), "sleep 1300");
  clock.advance(Millis{1'000});
  EXPECT_EQ(next(), "record 8");
}

TEST_F(OutboxTest, KeepsTheRateOfAWindowOverARestart) {
  outbox.on_earlier_send(kStart - Millis{30'000});
  outbox.on_earlier_send(kStart - Millis{20'000});
  outbox.on_earlier_send(kStart - Millis{10'000});
  fetch(7);
  EXPECT_EQ(next(), "sleep 30000");
  clock.advance(Millis{30'000});
  EXPECT_EQ(next(), "record 7");
}

TEST_F(OutboxTest, AClockSetBackDelaysByOneWindowAtMost) {
  outbox.on_earlier_send(kStart + Millis{86'400'000});
  fetch(7);
  EXPECT_EQ(next(), "sleep 60000");
}

TEST_F(OutboxTest, WithoutForwardingAlertsWait) {
  outbox.set_forwarding(false);
  EXPECT_EQ(next(), "sleep");
  outbox.set_forwarding(true);
  reach_send(7);
  outbox.set_forwarding(false);
  EXPECT_EQ(next(), "sleep");
  outbox.set_forwarding(true);
  EXPECT_EQ(next(), "send 7");
  outbox.set_forwarding(false);
  outbox.sent(MessageId{70}, clock.now());
  EXPECT_EQ(next(), "finish 7 70");  // what was sent is recorded all the same
}

TEST_F(OutboxTest, SwitchedOffItDoesNotLookEither) {
  fetch(7, true);
  outbox.set_forwarding(false);
  EXPECT_EQ(next(), "sleep");
  outbox.set_forwarding(true);
  EXPECT_EQ(next(), "find 7");
}

}  // namespace
}  // namespace tgpanel::monitor
