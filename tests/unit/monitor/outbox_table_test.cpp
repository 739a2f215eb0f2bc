// The outbox in every state, at every event.

#include "monitor/outbox.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace tgpanel::monitor {
namespace {

constexpr Instant kNow = from_unix_ms(1'700'000'000'000);
constexpr Instant kMuchLater = kNow + Millis{86'400'000};

constexpr SendLimits kLimits{.interval = Millis{1'000},
                             .per_window = 3,
                             .window = Millis{60'000},
                             .first_retry = Millis{1'000},
                             .longest_retry = Millis{4'000},
                             .settle = Millis{5'000}};

/// What is to be done: nothing, fetch, record, send, look (find), done (finish), x (refuse), part
/// (split). Upper case: not yet.
char letter(const Outbox& outbox) {
  struct Letters {
    char operator()(const Sleep&) const { return 'n'; }

    char operator()(const Fetch&) const { return 'f'; }

    char operator()(const Record&) const { return 'r'; }

    char operator()(const Send&) const { return 's'; }

    char operator()(const Find&) const { return 'l'; }

    char operator()(const Finish&) const { return 'd'; }

    char operator()(const Refuse&) const { return 'x'; }

    char operator()(const Split&) const { return 'p'; }
  };

  const char then = std::visit(Letters{}, outbox.next(kMuchLater));
  const auto now = outbox.next(kNow);
  const auto* sleep = std::get_if<Sleep>(&now);
  const bool waits = sleep != nullptr && sleep->until.has_value();
  return waits ? static_cast<char>(then - 'a' + 'A') : then;
}

Result<MessageId> no_message(Errc code) {
  return fail(code, "why", 17);
}

Result<void> not_kept(Errc code) {
  return fail(code, "why", 17);
}

using Item = std::optional<Outbox::Item>;

/// The states, in the order of the columns below.
constexpr std::string_view kStates = "nfrslxdp";

Outbox in_state(char state) {
  Outbox outbox(kLimits);
  outbox.set_forwarding(true);
  if (state == 'f') return outbox;
  if (state == 'n') {
    outbox.fetched(Item{}, kNow);
    return outbox;
  }
  // A digest, where the state has to be one: what is refused as such is parted.
  outbox.fetched(
      Outbox::Item{.alert = 7, .attempted = state == 'l' || state == 'd', .digest = state == 'p'},
      kNow);
  if (state == 'd') outbox.found(MessageId{70}, kNow);
  if (state == 's' || state == 'x' || state == 'p') outbox.recorded({}, kNow);
  const Instant earlier = kNow - kLimits.interval;  // so that the rate does not matter
  if (state == 'x' || state == 'p') outbox.sent(no_message(Errc::invalid), earlier);
  return outbox;
}

struct Row {
  const char* event;
  std::function<void(Outbox&)> happens;
  const char* after;  // by kStates; a dot: nothing changes
};

const std::vector<Row>& table() {
  using enum Errc;
  static const auto sent = [](Errc code) {
    return [code](Outbox& outbox) { outbox.sent(no_message(code), kNow); };
  };
  static const std::vector<Row> rows{
      {"stored", [](Outbox& o) { o.on_stored(); }, "f......."},
      {"forwarding on", [](Outbox& o) { o.set_forwarding(true); }, "........"},
      {"forwarding off", [](Outbox& o) { o.set_forwarding(false); }, ".nnnn..."},
      {"fetched: none", [](Outbox& o) { o.fetched(Item{}, kNow); }, ".n......"},
      {"fetched: new", [](Outbox& o) { o.fetched(Outbox::Item{.alert = 8}, kNow); }, ".r......"},
      {"fetched: attempted",
       [](Outbox& o) { o.fetched(Outbox::Item{.alert = 8, .attempted = true}, kNow); }, ".l......"},
      {"fetched: a digest",
       [](Outbox& o) { o.fetched(Outbox::Item{.alert = 8, .digest = true}, kNow); }, ".r......"},
      {"fetched: not", [](Outbox& o) { o.fetched(std::unexpected(Error{storage, "why"}), kNow); },
       ".F......"},
      {"recorded", [](Outbox& o) { o.recorded({}, kNow); }, "..s....."},
      {"recorded: wait", [](Outbox& o) { o.recorded(not_kept(flood_wait), kNow); }, "..R....."},
      {"recorded: not", [](Outbox& o) { o.recorded(not_kept(storage), kNow); }, "..R....."},
      {"sent", [](Outbox& o) { o.sent(MessageId{70}, kNow); }, "...d...."},
      {"sent: wait", sent(flood_wait), "...R...."},
      {"sent: never", sent(invalid), "...x...."},
      {"sent: refused", sent(telegram), "...R...."},
      {"sent: no channel", sent(not_found), "...R...."},
      {"sent: exists", sent(exists), "...R...."},
      {"sent: busy", sent(busy), "...R...."},
      {"sent: login needed", sent(login_needed), "...R...."},
      {"sent: configuration", sent(configuration), "...R...."},
      {"sent: no answer", sent(timeout), "...L...."},
      {"sent: closed", sent(cancelled), "...L...."},
      {"sent: disk", sent(storage), "...L...."},
      {"sent: failed", sent(Errc::failed), "...L...."},
      {"found", [](Outbox& o) { o.found(MessageId{70}, kNow); }, "....d..."},
      {"found: not there", [](Outbox& o) { o.found(no_message(not_found), kNow); }, "....r..."},
      {"found: wait", [](Outbox& o) { o.found(no_message(flood_wait), kNow); }, "....L..."},
      {"found: not read", [](Outbox& o) { o.found(no_message(timeout), kNow); }, "....L..."},
      {"finished", [](Outbox& o) { o.finished({}, kNow); }, "......f."},
      {"finished: not", [](Outbox& o) { o.finished(not_kept(storage), kNow); }, "......D."},
      {"refused", [](Outbox& o) { o.refused({}, kNow); }, ".....f.."},
      {"refused: not", [](Outbox& o) { o.refused(not_kept(storage), kNow); }, ".....X.."},
      {"parted", [](Outbox& o) { o.split({}, kNow); }, ".......f"},
      {"parted: not", [](Outbox& o) { o.split(not_kept(storage), kNow); }, ".......P"},
  };
  return rows;
}

TEST(OutboxTable, EveryStateAndEvent) {
  for (const auto& row : table()) {
    for (std::size_t i = 0; i < kStates.size(); ++i) {
      Outbox outbox = in_state(kStates[i]);
      ASSERT_EQ(letter(outbox), kStates[i]) << "the state " << kStates[i];
      row.happens(outbox);
      const char expected = row.after[i] == '.' ? kStates[i] : row.after[i];
      EXPECT_EQ(letter(outbox), expected) << row.event << " in " << kStates[i];
    }
  }
}

TEST(OutboxTable, WhatComesInTheWrongStateIsNotCountedEither) {
  // An outcome that nobody waits for must not slow the next sending, nor forget what is in hand.
  for (const auto& row : table()) {
    if (std::string_view(row.event).starts_with("forwarding")) continue;
    Outbox outbox = in_state('d');
    if (row.after[kStates.find('d')] != '.') continue;
    row.happens(outbox);
    const auto action = outbox.next(kNow);
    const auto* done = std::get_if<Finish>(&action);
    ASSERT_NE(done, nullptr) << row.event;
    EXPECT_EQ(done->alert, 7) << row.event;
    EXPECT_EQ(done->message, 70) << row.event;
    outbox.finished({}, kNow);
    outbox.fetched(Outbox::Item{.alert = 9}, kNow);
    EXPECT_EQ(letter(outbox), 'r') << row.event << ": nothing was sent just now";
  }
}

}  // namespace
}  // namespace tgpanel::monitor
