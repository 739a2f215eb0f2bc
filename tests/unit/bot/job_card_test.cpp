#include "bot/job_card.hpp"

#include "draw.hpp"
#include "words/errors_jobs.hpp"

#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

using jobs::Item;
using jobs::ItemState;
using jobs::JobState;

jobs::Job job() {
  jobs::Job job;
  job.id = 12;
  job.action = jobs::ReactionSpec{"https://t.me/news/5", "🔥"};
  job.items = {
      {1, "Ali", ItemState::done, {}, {}},
      {2, "Bea", ItemState::failed, Sentence::plain("The account is banned in this chat."), {}},
      {3, "Cem", ItemState::waiting, Sentence::plain("Telegram asks to wait 5 min."), {}},
      {4, "Dora", ItemState::queued, {}, {}}};
  return job;
}

TEST(JobCard, ShowsProgressWhileItRuns) {
  EXPECT_EQ(
      draw(job_card({}, job(), 0)),
      "Job 12 · Reaction 🔥\nhttps://t.me/news/5\n\nState: running\n▰▰▰▰▰▰▱▱▱▱▱▱\n"
      "done 1 · failed 1 · waiting 1 · queued 1\nRemaining: 2 of 4\n[Refresh]\n[Pause][Cancel]\n");
}

TEST(JobCard, EndsWithAResultForEachAccount) {
  auto ended = job();
  ended.state = JobState::cancelled;
  ended.items[2].state = ItemState::skipped;
  ended.items[2].reason = Sentence::plain("cancelled before it began");
  ended.items[3].state = ItemState::skipped;
  ended.begun = from_unix_ms(1'000);
  ended.finished = from_unix_ms(126'000);
  EXPECT_EQ(draw(job_card({}, ended, 0)),
            "Job 12 · Reaction 🔥\nhttps://t.me/news/5\n\nState: cancelled\n"
            "done 1 · failed 1 · skipped 2\nIt took 2 min.\n\n"
            "✓ \u2068Ali\u2069: done\n"
            "✗ \u2068Bea\u2069: failed — The account is banned in this chat.\n"
            "– \u2068Cem\u2069: skipped — cancelled before it began\n"
            "– \u2068Dora\u2069: skipped\n[Retry failed (1)]\n[Results as a file]\n");
}

TEST(JobCard, SaysUntilWhenALimitHolds) {
  for (const Language language : {Language::en, Language::fa}) {
    auto ended = job();
    ended.state = JobState::done;
    ended.items[1].reason = Sentence(words::person_at_limit, 100, 100, Sentence::plain("the end"));
    EXPECT_NE(draw(job_card({.language = language}, ended, 0)).find("the end"), std::string::npos);
  }
}

TEST(JobCard, NamesEveryActionInPlainWords) {
  const std::vector<std::pair<jobs::ActionSpec, const char*>> all{
      {jobs::ReactionSpec{"https://t.me/news/5", "🔥"}, "Reaction 🔥\nhttps://t.me/news/5\n\n"},
      {jobs::VoteSpec{"https://t.me/news/5", {1}, "Tea"}, "Vote · Tea\nhttps://t.me/news/5\n\n"},
      {jobs::JoinSpec{"@name"}, "Join · @name\n\n"},
      {jobs::LeaveSpec{"-1001234567890"}, "Leave · -1001234567890\n\n"},
      {jobs::BlockSpec{"@name"}, "Block · @name\n\n"},
      {jobs::UnblockSpec{"12345"}, "Unblock · 12345\n\n"},
      {jobs::MessageSpec{"@name", "Hello"}, "Message · @name\n\n"},
      {jobs::CommentSpec{"https://t.me/news/5", "Hello"},
       "Comment · Hello\nhttps://t.me/news/5\n\n"}};
  for (const auto& [action, words] : all) {
    auto one = job();
    one.action = action;
    EXPECT_TRUE(draw(job_card({}, one, 0)).starts_with("Job 12 · " + std::string(words)))
        << draw(job_card({}, one, 0));
  }
  auto noted = job();
  noted.state = JobState::done;
  noted.items[0].reason = Sentence::plain("asked to join; an administrator has to approve");
  EXPECT_NE(draw(job_card({}, noted, 0)).find("done — asked to join; an administrator"),
            std::string::npos);
}

TEST(JobCard, AThousandLongResultsArePaged) {
  jobs::Job big;
  big.id = 9'000'000'000'000'000'000;
  big.state = JobState::done;
  big.action = jobs::ReactionSpec{std::string(500, 'l'), "🔥"};
  for (int i = 1; i <= 1'000; ++i) {
    big.items.push_back({i,
                         std::to_string(i) + "." + std::string(100, 'n'),
                         ItemState::failed,
                         Sentence::plain(std::string(500, 'r')),
                         {}});
  }
  std::string all;
  for (std::size_t page = 0; page < 50; ++page) {
    const auto card = job_card({}, big, page);
    EXPECT_TRUE(within_limits(card));
    all += card.text.text();
  }
  for (int i = 1; i <= 1'000; ++i) {
    EXPECT_NE(all.find("✗ \u2068" + std::to_string(i) + "."), std::string::npos) << i;
  }
  EXPECT_EQ(job_card({}, big, 0).rows.front().size(), 1U);
  EXPECT_EQ(job_card({}, big, 10).rows.front().size(), 2U);
}

TEST(JobCard, SaysHowLongAndWhoWaitsUntilWhen) {
  auto one = job();
  const Instant now = from_unix_ms(1'700'000'000'000);  // 2023-11-14 22:13:20 UTC
  one.items[2].not_before = now + Millis{600'000};
  const CardView view{.now = now, .zone = "UTC", .left = Millis{185'000}};
  const auto card = draw(job_card(view, one, 0));
  EXPECT_NE(card.find("\nAbout 3 min left\n"), std::string::npos) << card;
  EXPECT_NE(card.find("⏳ \u2068Cem\u2069 may act again at 22:23"), std::string::npos) << card;
  one.items[2].not_before = now + std::chrono::hours{5};
  EXPECT_NE(draw(job_card(view, one, 0)).find("at 2023-11-15 03:13"), std::string::npos)
      << "another day is named";
}

TEST(JobCard, APausedJobSaysSoAndOffersToGoOn) {
  auto one = job();
  one.state = JobState::paused;
  EXPECT_EQ(draw(job_card({.left = std::nullopt}, one, 0)),
            "Job 12 · Reaction 🔥\nhttps://t.me/news/5\n\nState: paused\n▰▰▰▰▰▰▱▱▱▱▱▱\n"
            "done 1 · failed 1 · waiting 1 · queued 1\nRemaining: 2 of 4\n"
            "Nothing new begins until an admin resumes it.\n[Refresh]\n[Resume][Cancel]\n");
  EXPECT_FALSE(is_over(one));
}

TEST(JobCard, SaysToOthersWhoStartedItAndThatItWasTriedAgain) {
  auto one = job();
  one.started_by = 42;
  one.retries = 2;
  const auto own = draw(job_card({.viewer = 42}, one, 0));
  EXPECT_EQ(own.find("Started by"), std::string::npos);
  EXPECT_NE(own.find("What failed was tried again: 2×"), std::string::npos);
  EXPECT_NE(draw(job_card({.viewer = 43}, one, 0)).find("Started by admin 42"), std::string::npos);
}

TEST(JobCard, OrdersReadBackAndOldOnesAreTold) {
  for (const JobOrder& order : std::initializer_list<JobOrder>{
           PauseJob{}, ResumeJob{}, CancelJob{}, RetryJob{0}, RetryJob{12}, SendResults{}}) {
    const auto read = parse_order(order_action(order));
    ASSERT_TRUE(read) << order_action(order);
    EXPECT_EQ(order_action(*read), order_action(order));
  }
  for (const char* bad : {"", "r", "rx", "r-1", "p1", "paused", "r99999999999"}) {
    EXPECT_FALSE(parse_order(bad)) << bad;
  }
}

TEST(JobCard, WithoutFailuresThereIsNothingToRetry) {
  auto one = job();
  one.state = JobState::done;
  for (auto& item : one.items) item.state = ItemState::unknown;
  const auto card = draw(job_card({}, one, 0));
  EXPECT_EQ(card.find("Retry"), std::string::npos) << "what nobody knows is never done again";
  EXPECT_NE(card.find("[Results as a file]"), std::string::npos);
}

TEST(JobCard, AThousandWaitsStayWithinTheLimits) {
  jobs::Job big;
  big.id = 1;
  big.action = jobs::JoinSpec{"@name"};
  for (int i = 0; i < 1'000; ++i) {
    Item item;
    item.account_name = std::string(300, 'n');
    item.state = ItemState::waiting;
    item.not_before = from_unix_ms(1'000'000'000'000);
    big.items.push_back(item);
  }
  EXPECT_TRUE(within_limits(job_card({}, big, 0)));
}

TEST(JobCard, PageActionsReadBack) {
  EXPECT_EQ(parse_page_action(page_action(0)), 0U);
  EXPECT_EQ(parse_page_action(page_action(49)), 49U);
  for (const char* bad : {"", "p", "px", "p-1", "q1", "p1x", "p9999999"}) {
    EXPECT_EQ(parse_page_action(bad), std::nullopt) << bad;
  }
}

TEST(JobCard, Durations) {
  EXPECT_EQ(duration(Millis{0}).english(), "1 s");
  EXPECT_EQ(duration(Millis{59'000}).english(), "59 s");
  EXPECT_EQ(duration(Millis{61'000}).english(), "1 min");
  EXPECT_EQ(duration(Millis{3'900'000}).english(), "1 h 5 min");
}

}  // namespace
}  // namespace tgpanel::bot
