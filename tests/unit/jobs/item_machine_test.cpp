#include "jobs/item_machine.hpp"

#include "now.hpp"
#include "words/errors_common.hpp"
#include "words/errors_jobs.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tgpanel::jobs {
namespace {

Sentence said(const char* words) {
  return Sentence::plain(words);
}

constexpr Instant kLater = kNow + Millis{5'000};

// Columns: queued, claimed, handed, waiting and due, waiting and not due, done, failed, skipped,
// unknown. Letters: the state after the event (q c h w d f s u), H: handed and perform, v: as it
// was and verify, a dot: nothing changes.
constexpr std::size_t kColumns = 9;

Item in_column(std::size_t column, int attempts) {
  Item item;
  item.account_id = 7;
  item.account_name = "Ann";
  item.attempts = attempts;
  constexpr ItemState kStates[kColumns] = {
      ItemState::queued,  ItemState::claimed, ItemState::handed,
      ItemState::waiting, ItemState::waiting, ItemState::done,
      ItemState::failed,  ItemState::skipped, ItemState::unknown};
  item.state = kStates[column];
  if (column == 3) item.not_before = kNow;
  if (column == 4) item.not_before = kNow + Millis{1};
  return item;
}

char letter(const ItemStep& next) {
  if (next.act == ItemAct::verify) return next.changed ? '?' : 'v';
  if (!next.changed) return next.act == ItemAct::none ? '.' : '?';
  if (next.act == ItemAct::perform) return next.item.state == ItemState::handed ? 'H' : '?';
  return to_string(next.item.state)[0];
}

struct ItemRow {
  const char* name;
  ItemEvent event;
  const char* running;    // the job goes on
  const char* cancelled;  // the job was cancelled
  const char* paused;     // the job is paused
  int attempts = 1;
  bool once = false;  // the deed is done at most once
};

const std::vector<ItemRow>& item_table() {
  static const std::vector<ItemRow> rows{
      {"Claim", Claim{}, "c..c.....", "s..s.....", "........."},
      {"PutBack", PutBack{}, ".q.......", ".s.......", ".q......."},
      {"NotAimed", NotAimed{}, ".w.......", ".s.......", ".w......."},
      {"NotAimed, last", NotAimed{}, ".f.......", ".s.......", ".f.......", kMaxAttempts - 1},
      {"Hand", Hand{}, ".H.......", ".s.......", ".q......."},
      {"Unusable.", Unusable{said("Switched off.")}, "fffff....", "fffff....", "fffff...."},
      {"Hold", Hold{kLater, said("Wait.")}, "wwwww....", "sssss....", "wwwww...."},
      {"Succeeded", Succeeded{}, "..d......", "..d......", "..d......"},
      {"Refused", Refused{said("No.")}, "..f......", "..f......", "..f......"},
      {"Lost", Lost{}, "..w......", "..f......", "..w......"},
      {"Lost, last attempt", Lost{}, "..f......", "..f......", "..f......", kMaxAttempts},
      {"Cancel", Cancel{}, "ss.ss....", "ss.ss....", "ss.ss...."},
      {"Retry", Retry{}, "......q..", "......q..", "......q.."},
      {"Restarted", Restarted{}, ".qv......", "ssvss....", ".qv......"},
      {"Restored", Restored{}, "hh.hh....", ".........", "hh.hh...."},
      {"Verified, done", Verified{true}, "..d......", "..d......", "..d......"},
      {"Verified, not done", Verified{false}, "..q......", "..s......", "..q......"},
      {"LookLater", LookLater{kLater}, ".........", ".........", "........."},
      {"Unseen", Unseen{said("Gone.")}, ".........", ".........", "........."},
      {"once: Claim", Claim{}, "c..c.....", "s..s.....", ".........", 1, true},
      {"once: PutBack", PutBack{}, ".q.......", ".s.......", ".q.......", 1, true},
      {"once: NotAimed", NotAimed{}, ".w.......", ".s.......", ".w.......", 1, true},
      {"once: NotAimed, last", NotAimed{}, ".f.......", ".s.......", ".f.......", kMaxAttempts - 1,
       true},
      {"once: Hand", Hand{"m"}, ".H.......", ".s.......", ".q.......", 1, true},
      {"once: Unusable", Unusable{said("Switched off.")}, "ffuff....", "ffuff....", "ffuff....", 1,
       true},
      {"once: Hold", Hold{kLater, said("Wait.")}, "wwwww....", "sssss....", "wwwww....", 1, true},
      {"once: Succeeded", Succeeded{}, "..d......", "..d......", "..d......", 1, true},
      {"once: Refused", Refused{said("No.")}, "..f......", "..f......", "..f......", 1, true},
      {"once: Lost", Lost{}, "..v......", "..v......", "..v......", 1, true},
      {"once: Lost, last attempt", Lost{}, "..v......", "..v......", "..v......", kMaxAttempts,
       true},
      {"once: Cancel", Cancel{}, "ss.ss....", "ss.ss....", "ss.ss....", 1, true},
      {"once: Retry", Retry{}, "......q..", "......q..", "......q..", 1, true},
      {"once: Restarted", Restarted{}, ".qv......", "ssvss....", ".qv......", 1, true},
      {"once: Restored", Restored{}, "uu.uu....", ".........", "uu.uu....", 1, true},
      {"once: Verified, done", Verified{true}, "..d......", "..d......", "..d......", 1, true},
      {"once: Verified, not done", Verified{false}, "..u......", "..u......", "..u......", 1, true},
      {"once: LookLater", LookLater{kLater}, "..h......", "..h......", "..h......", 1, true},
      {"once: LookLater, last", LookLater{kLater}, "..u......", "..u......", "..u......",
       kMaxAttempts, true},
      {"once: Unseen", Unseen{said("Gone.")}, "..u......", "..u......", "..u......", 1, true},
  };
  return rows;
}

TEST(ItemMachine, EveryStateAndEvent) {
  for (const auto& row : item_table()) {
    const auto after = [&](bool cancelled, bool paused) {
      std::string got;
      for (std::size_t column = 0; column < kColumns; ++column) {
        const ItemContext context{
            .now = kNow, .cancelled = cancelled, .paused = paused, .once = row.once};
        got += letter(step(in_column(column, row.attempts), row.event, context));
      }
      return got;
    };
    EXPECT_EQ(after(false, false), row.running) << row.name;
    EXPECT_EQ(after(true, false), row.cancelled) << row.name << ", cancelled";
    EXPECT_EQ(after(false, true), row.paused) << row.name << ", paused";
    EXPECT_EQ(after(true, true), row.cancelled) << row.name << ", cancelled while paused";
  }
}

TEST(ItemMachine, TableHasEveryEvent) {
  std::vector<bool> seen(std::variant_size_v<ItemEvent>);
  for (const auto& row : item_table()) seen[row.event.index()] = true;
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_TRUE(seen[i]) << "event " << i;
}

TEST(ItemMachine, WhatDoesNotChangeIsReturnedAsItWas) {
  const auto next = step(in_column(6, 2), Succeeded{}, {.now = kNow, .cancelled = false});
  EXPECT_EQ(next.item.state, ItemState::failed);
  EXPECT_EQ(next.item.attempts, 2);
  EXPECT_EQ(next.item.account_name, "Ann");
}

TEST(ItemMachine, AWaitHasItsEndAndReason) {
  const auto next =
      step(in_column(2, 1), Hold{kLater, said("Wait.")}, {.now = kNow, .cancelled = false});
  EXPECT_EQ(next.item.not_before, kLater);
  EXPECT_EQ(next.item.reason.english(), "Wait.");
  const auto claimed = step(next.item, Claim{}, {.now = kLater, .cancelled = false});
  EXPECT_EQ(claimed.item.not_before, Instant{});
  EXPECT_TRUE(claimed.item.reason.empty());
}

TEST(ItemMachine, EachHandingCounts) {
  const auto next = step(in_column(1, 0), Hand{}, {.now = kNow, .cancelled = false});
  EXPECT_EQ(next.item.attempts, 1);
}

TEST(ItemMachine, UnansweredAttemptsAreFurtherAndFurtherApart) {
  for (int attempts = 1; attempts < kMaxAttempts; ++attempts) {
    const auto next = step(in_column(2, attempts), Lost{}, {.now = kNow, .cancelled = false});
    EXPECT_EQ(next.item.not_before, kNow + attempts * kLostBackoff);
  }
}

TEST(ItemMachine, WhatIsAimedInVainIsTriedFurtherAndFurtherApartAndLookedForAsLongAsEver) {
  const ItemContext once{.now = kNow, .cancelled = false, .once = true};
  const auto first = step(in_column(1, 0), NotAimed{}, once);
  EXPECT_EQ(first.item.attempts, 1);
  EXPECT_EQ(first.item.not_before, kNow + kLostBackoff);
  const auto second = step(in_column(1, 1), NotAimed{}, once);
  EXPECT_EQ(second.item.not_before, kNow + 2 * kLostBackoff);
  EXPECT_EQ(step(in_column(1, kMaxAttempts - 1), Hand{"m"}, once).item.attempts, 1);
}

TEST(ItemMachine, EveryFailureSaysWhy) {
  for (const auto& row : item_table()) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      const auto next = step(in_column(column, row.attempts), row.event,
                             {.now = kNow, .cancelled = true, .once = row.once});
      const bool needs = next.changed && (next.item.state == ItemState::failed ||
                                          next.item.state == ItemState::skipped ||
                                          next.item.state == ItemState::unknown);
      if (needs) {
        EXPECT_FALSE(next.item.reason.empty()) << row.name << " " << column;
      }
    }
  }
}

TEST(ItemMachine, WhatIsDoneAtMostOnceIsHandedAgainOnlyAfterARefusal) {
  // Whatever comes in whatever order, from handed there is no way back to a second handing but by
  // Hold, which says that Telegram refused.
  for (const auto& row : item_table()) {
    if (std::holds_alternative<Hold>(row.event)) continue;
    for (const bool cancelled : {false, true}) {
      const auto next = step(in_column(2, row.attempts), row.event,
                             {.now = kNow, .cancelled = cancelled, .once = true});
      EXPECT_NE(next.item.state, ItemState::queued) << row.name;
      EXPECT_NE(next.item.state, ItemState::waiting) << row.name;
      EXPECT_NE(next.item.state, ItemState::claimed) << row.name;
      EXPECT_NE(next.act, ItemAct::perform) << row.name;
    }
  }
}

TEST(ItemMachine, ARetryBeginsFromTheStart) {
  auto failed = in_column(6, kMaxAttempts);
  failed.reason = Sentence::plain("No.");
  failed.mark = "mark";
  const auto next = step(failed, Retry{}, {.now = kNow, .cancelled = false});
  EXPECT_EQ(next.item.attempts, 0);
  EXPECT_TRUE(next.item.reason.empty());
  EXPECT_TRUE(next.item.mark.empty());
}

TEST(ItemMachine, NothingIsHandedWhileThePauseHolds) {
  for (const auto& row : item_table()) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      const auto next = step(in_column(column, row.attempts), row.event,
                             {.now = kNow, .paused = true, .once = row.once});
      EXPECT_NE(next.act, ItemAct::perform) << row.name << " " << column;
    }
  }
}

TEST(ItemMachine, TheMarkIsKeptFromTheHandingOn) {
  const ItemContext once{.now = kNow, .cancelled = false, .once = true};
  auto next = step(in_column(1, 0), Hand{"mark"}, once);
  EXPECT_EQ(next.item.mark, "mark");
  next = step(next.item, LookLater{kLater}, once);
  EXPECT_EQ(next.item.mark, "mark");
  EXPECT_EQ(next.item.not_before, kLater);
  EXPECT_EQ(next.item.attempts, 2);
}

TEST(ItemMachine, WhatIsNotKnownIsSaidWithItsReasonInTheLanguageOfTheReader) {
  const auto unseen = step(in_column(2, 1), Unseen{words::name_of_another_now},
                           {.now = kNow, .cancelled = false, .once = true});
  const Sentence all(words::both_sentences, words::item_outcome_unknown,
                     words::name_of_another_now);
  EXPECT_EQ(unseen.item.reason.english(),
            "It is not known whether this message arrived: look in the chat. It is not sent again. "
            "That name belongs to somebody else now.");
  EXPECT_EQ(unseen.item.reason.in(Language::fa), all.in(Language::fa));
}

}  // namespace
}  // namespace tgpanel::jobs
