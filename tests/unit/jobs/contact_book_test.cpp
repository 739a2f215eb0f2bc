#include "jobs/contact_book.hpp"

#include "storage/job_repository.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

using std::chrono::hours;

const actions::Person kWalter{.id = 77, .usernames = {"walter"}, .name = "Walter"};
const actions::Person kMallory{.id = 78, .usernames = {}, .name = "Mallory"};

/// A book on a database file, as one run of the panel has it.
struct BookRun {
  BookRun(const std::filesystem::path& file, const Clock& clock) {
    auto opened = storage::Database::open(file, context.get_executor());
    if (!opened) throw std::runtime_error(opened.error().message);
    database = std::move(*opened);
    jobs = std::make_unique<storage::JobRepository>(*database);
    book = std::make_unique<ContactBook>(*database, clock, ContactLimits{});
    auto loaded = test::run(context, book->load());
    if (!loaded) throw std::runtime_error(loaded.error().message);
  }

  /// As the runner does at the handing over.
  void write(std::size_t position, AccountId account, UserId recipient) {
    storage::JobChange change;
    change.id = 1;
    change.reserved = book->reserve(1, position, account, recipient);
    ASSERT_TRUE(test::run(context, jobs->save(std::move(change))));
  }

  void release(std::size_t position) {
    storage::JobChange change;
    change.id = 1;
    change.released = static_cast<std::int64_t>(position);
    ASSERT_TRUE(test::run(context, jobs->save(std::move(change))));
    book->release(1, position);
  }

  void stop(AccountId account) {
    storage::JobChange change;
    change.id = 1;
    change.stopped = book->stop(account);
    ASSERT_TRUE(test::run(context, jobs->save(std::move(change))));
  }

  asio::io_context context;
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<storage::JobRepository> jobs;
  std::unique_ptr<ContactBook> book;
};

using ContactBookTest = World;

TEST_F(ContactBookTest, ThreeToOnePersonByAllAccountsInAnyDay) {
  BookRun run(file, clock);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(run.book->may_write(static_cast<AccountId>(i) + 1, kWalter, true));
    run.write(i, static_cast<AccountId>(i) + 1, kWalter.id);
    clock.advance(hours{1});
  }
  const auto fourth = run.book->may_write(9, kWalter, true);
  ASSERT_FALSE(fourth);
  EXPECT_NE(fourth.error().message.find("the next may go in 21 h"), std::string::npos)
      << fourth.error().message;
  EXPECT_TRUE(run.book->may_write(9, kMallory, true)) << "another person";
  EXPECT_TRUE(run.book->may_write(9, kWalter, false)) << "who wrote first is answered";
  clock.advance(hours{21} - Millis{1});
  EXPECT_FALSE(run.book->may_write(9, kWalter, true));
  clock.advance(Millis{1});
  EXPECT_TRUE(run.book->may_write(9, kWalter, true)) << "a day after the first";
  run.write(3, 9, kWalter.id);
  EXPECT_FALSE(run.book->may_write(9, kWalter, true)) << "it rolls: two are younger";
}

TEST_F(ContactBookTest, TwentyByOneAccountWhoeverGetsThem) {
  {
    BookRun run(file, clock);
    for (std::size_t i = 0; i < 20; ++i) {
      EXPECT_TRUE(run.book->may_write(1, kMallory, true)) << i;
      run.write(i, 1, 1'000 + static_cast<UserId>(i));
    }
  }
  BookRun run(file, clock);  // the count outlives the run
  EXPECT_FALSE(run.book->may_write(1, kMallory, true));
  EXPECT_FALSE(run.book->why_not_unasked(1).empty());
  EXPECT_TRUE(run.book->may_write(2, kMallory, true));
  clock.advance(hours{24});
  EXPECT_TRUE(run.book->may_write(1, kMallory, true));
}

TEST_F(ContactBookTest, ChangedLimitsHoldOverWhatWasSentAlready) {
  BookRun run(file, clock);
  for (std::size_t i = 0; i < 3; ++i) {
    run.write(i, static_cast<AccountId>(i) + 1, kWalter.id);
    clock.advance(hours{1});
  }
  ASSERT_TRUE(run.book->set_limits(4, 1, hours{24}));
  EXPECT_TRUE(run.book->may_write(9, kWalter, true)) << "one more of four";
  EXPECT_FALSE(run.book->may_write(1, kMallory, true)) << "one of an account, and it has sent it";
  ASSERT_TRUE(run.book->set_limits(2, 20, hours{24}));
  const auto above = run.book->may_write(9, kWalter, true);
  ASSERT_FALSE(above);
  EXPECT_NE(above.error().message.find("the limit is 2; the next may go in 22 h"),
            std::string::npos)
      << "two of the three have to be a day old: " << above.error().message;
  ASSERT_TRUE(run.book->set_limits(0, 20, hours{24}));
  EXPECT_FALSE(run.book->may_write(9, kMallory, true));
  EXPECT_TRUE(run.book->may_write(9, kMallory, false)) << "who wrote first is answered";
  ASSERT_TRUE(run.book->set_limits(3, 0, hours{24}));
  EXPECT_FALSE(run.book->may_write(9, kMallory, true));
}

TEST_F(ContactBookTest, RefusesLimitsOutOfRangeAndKeepsTheOld) {
  BookRun run(file, clock);
  for (const auto& [person, account] : std::vector<std::pair<int, int>>{
           {-1, 20}, {kMostPerRecipient + 1, 20}, {3, -1}, {3, kMostPerAccount + 1}}) {
    EXPECT_EQ(run.book->set_limits(person, account, hours{24}).error().code, Errc::invalid);
  }
  for (const auto stop : {hours{0}, hours{-1}, kLongestStop + hours{1}}) {
    EXPECT_EQ(run.book->set_limits(4, 30, stop).error().code, Errc::invalid) << stop.count();
  }
  EXPECT_EQ(run.book->limits().per_recipient, 3);
  EXPECT_EQ(run.book->limits().per_account, 20);
  EXPECT_EQ(run.book->limits().stop, hours{24});
}

TEST_F(ContactBookTest, WhatWasCertainlyNotSentDoesNotCount) {
  {
    BookRun run(file, clock);
    for (std::size_t i = 0; i < 3; ++i) run.write(i, 1, kWalter.id);
    run.release(1);
    EXPECT_TRUE(run.book->may_write(1, kWalter, true));
  }
  BookRun run(file, clock);
  EXPECT_TRUE(run.book->may_write(1, kWalter, true));
  run.write(1, 1, kWalter.id);
  EXPECT_FALSE(run.book->may_write(1, kWalter, true));
}

TEST_F(ContactBookTest, AStopHoldsADayOverRestartsUntilAnAdminEndsIt) {
  {
    BookRun run(file, clock);
    run.stop(1);
    EXPECT_FALSE(run.book->may_write(1, kWalter, true));
    EXPECT_TRUE(run.book->may_write(1, kWalter, false)) << "answers go on";
    EXPECT_TRUE(run.book->may_write(2, kWalter, true)) << "other accounts go on";
  }
  BookRun run(file, clock);
  clock.advance(hours{23});
  EXPECT_FALSE(run.book->may_write(1, kWalter, true));
  ASSERT_EQ(run.book->stops().size(), 1U);
  EXPECT_EQ(run.book->stops()[0].left, hours{1});
  EXPECT_TRUE(test::run(run.context, run.book->clear_stop(1)));
  EXPECT_TRUE(run.book->may_write(1, kWalter, true));
  EXPECT_EQ(test::run(run.context, run.book->clear_stop(1)).error().code, Errc::not_found);
  run.stop(1);
  clock.advance(hours{24});
  EXPECT_TRUE(run.book->may_write(1, kWalter, true)) << "it ends by itself";
}

TEST_F(ContactBookTest, AChangedStopHoldsForTheNextOneAndRunningOnesKeepTheirEnd) {
  {
    BookRun run(file, clock);
    run.stop(1);
    ASSERT_TRUE(run.book->set_limits(3, 20, hours{48}));
    run.stop(2);
    ASSERT_TRUE(run.book->set_limits(3, 20, hours{1}));
    run.stop(3);
    run.stop(2);  // an answer was refused too: it does not end earlier than was told
  }
  BookRun run(file, clock);
  const auto stops = run.book->stops();
  ASSERT_EQ(stops.size(), 3U);
  EXPECT_EQ(stops[0].left, hours{24});
  EXPECT_EQ(stops[1].left, hours{48});
  EXPECT_EQ(stops[2].left, hours{1});
  clock.advance(hours{2});
  EXPECT_TRUE(run.book->may_write(3, kWalter, true));
  run.stop(1);
  EXPECT_EQ(run.book->stops()[0].left, hours{24}) << "a whole one from now, as the limit is";
}

TEST_F(ContactBookTest, NobodyWritesToWhoIsListedNotEvenAnAnswer) {
  {
    BookRun run(file, clock);
    DoNotContact by_id;
    by_id.user_id = kMallory.id;
    DoNotContact by_name;
    by_name.username = "Walter";
    EXPECT_TRUE(test::run(run.context, run.book->add(by_id, 42)));
    EXPECT_TRUE(test::run(run.context, run.book->add(by_name, 42)));
    EXPECT_EQ(test::run(run.context, run.book->add(by_name, 42)).error().code, Errc::exists);
    EXPECT_EQ(test::run(run.context, run.book->add(by_id, 42)).error().code, Errc::exists);
  }
  BookRun run(file, clock);
  EXPECT_FALSE(run.book->may_write(1, kWalter, true));
  EXPECT_FALSE(run.book->may_write(1, kMallory, false));
  EXPECT_TRUE(run.book->may_write(1, {.id = 79, .usernames = {"walter2"}, .name = "W"}, true));
  ASSERT_EQ(run.book->do_not_contact().size(), 2U);
  EXPECT_TRUE(test::run(run.context, run.book->remove(run.book->do_not_contact()[0].id)));
  EXPECT_TRUE(run.book->may_write(1, kMallory, true));
  EXPECT_EQ(test::run(run.context, run.book->remove(12345)).error().code, Errc::not_found);
}

TEST_F(ContactBookTest, ThePreviewStatesEveryLimit) {
  BookRun run(file, clock);
  run.write(0, 1, kWalter.id);
  std::string all;
  for (const auto& line : run.book->remarks(kWalter)) all += line.english() + "\n";
  for (const char* part : {"at most 3", "2 are left", "at most 20", "24 h", "PEER_FLOOD"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
  }
  for (const int stop : {1, 72}) {
    ASSERT_TRUE(run.book->set_limits(3, 20, hours{stop}));
    const auto said = run.book->remarks(kWalter).back().english();
    EXPECT_NE(said.find("to none for " + std::to_string(stop) + " h after"), std::string::npos)
        << said;
  }
}

}  // namespace
}  // namespace tgpanel::jobs
