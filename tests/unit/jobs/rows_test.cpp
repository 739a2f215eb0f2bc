#include "jobs/rows.hpp"

#include "words/errors_actions.hpp"
#include "words/errors_common.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

Job job_with(Sentence reason) {
  Job job;
  job.id = 3;
  job.action = ReactionSpec{.link = "t.me/durov/5", .emoji = "👍"};
  job.items.push_back({.account_id = 7,
                       .account_name = "Ann",
                       .state = ItemState::failed,
                       .reason = std::move(reason)});
  return job;
}

TEST(JobRows, AReasonIsSaidInTheLanguageOfWhoeverReadsItLater) {
  const Sentence reason(words::account_has_to_wait, Sentence(words::for_minutes, 6));
  const auto back = from_row(to_row(job_with(reason), 1));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->items.at(0).reason, reason);
  EXPECT_EQ(back->items[0].reason.english(), "Telegram asks this account to wait 6 minutes.");
  EXPECT_EQ(back->items[0].reason.in(Language::fa),
            "تلگرام از این حساب می‌خواهد ۶ دقیقه صبر کند.");
}

TEST(JobRows, WhatAnEarlierVersionWroteStaysReadable) {
  auto row = to_row(job_with({}), 1);
  EXPECT_EQ(row.items.at(0).reason, "");
  row.items[0].reason = "That chat is full.";
  const auto back = from_row(row);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->items.at(0).reason, Sentence::plain("That chat is full."));
}

}  // namespace
}  // namespace tgpanel::jobs
