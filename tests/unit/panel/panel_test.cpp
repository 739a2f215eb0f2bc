#include "panel/account_text.hpp"
#include "panel/candidates.hpp"
#include "panel/rotation.hpp"
#include "panel_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tgpanel::panel {
namespace {

TEST(Rotation, BeginsAfterTheLastOne) {
  std::vector<accounts::Account> all(3);
  all[0].id = 5;
  all[1].id = 2;
  all[2].id = 9;
  const auto order = [&](AccountId last) {
    Ids ids;
    for (const auto& account : rotated(all, last)) ids.push_back(account.id);
    return ids;
  };
  EXPECT_EQ(order(0), (Ids{2, 5, 9}));
  EXPECT_EQ(order(2), (Ids{5, 9, 2}));
  EXPECT_EQ(order(9), (Ids{2, 5, 9}));
  EXPECT_EQ(order(4), (Ids{5, 9, 2}));  // 4 was deleted meanwhile
  EXPECT_TRUE(rotated({}, 3).empty());
}

TEST(AccountText, HasASentenceForEveryState) {
  for (const auto state :
       {AccountState::connecting, AccountState::disabled, AccountState::login_needed,
        AccountState::banned, AccountState::duplicated_key, AccountState::wrong_key,
        AccountState::deleting}) {
    accounts::Account account;
    account.state = state;
    EXPECT_TRUE(why_not(account).english().ends_with('.'));
    account.reason = Sentence::plain("Its own reason.");
    EXPECT_EQ(why_not(account).english(), "Its own reason.");
  }
  accounts::Account account;
  account.state = AccountState::active;
  EXPECT_TRUE(why_not(account).empty());
}

TEST_F(PanelTest, PreviewSaysWhoWhatAndHowLong) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  accounts.add(5, AccountState::disabled);
  const auto shown = preview(3, kPublic, "\u2764\ufe0f");
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(shown->title, "News");
  EXPECT_EQ(shown->excerpt, "Hello there");
  EXPECT_EQ(shown->spec, jobs::ActionSpec(jobs::ReactionSpec{kPublic, "\u2764"}));
  EXPECT_EQ(ids(*shown), (Ids{1, 2, 3}));
  EXPECT_EQ(english(shown->left_out), std::vector<std::string>{"Account 5: It is switched off."});
  EXPECT_EQ(shown->expected_duration, Millis{2'000});
  EXPECT_TRUE(panel->recent_jobs(10).empty());
}

TEST_F(PanelTest, AnExcludedAccountIsLeftOutWithThatReason) {
  for (AccountId id = 1; id <= 3; ++id) accounts.add(id);
  accounts.list[1].excluded = true;
  const auto shown = preview(2);
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), (Ids{1, 3}));
  EXPECT_EQ(english(shown->left_out),
            std::vector<std::string>{"Account 2: It is excluded from operations."});
  EXPECT_FALSE(preview(3));
}

TEST_F(PanelTest, APublicMessageIsLookedUpOnce) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  ASSERT_TRUE(preview(4));
  std::size_t calls = 0;
  for (const auto& [id, client] : accounts.clients) calls += client->count("getMessageLinkInfo");
  EXPECT_EQ(calls, 1U);
}

TEST_F(PanelTest, AnExcludedAccountIsLeftOutWithThatReasonUnlessItIsPicked) {
  for (AccountId id = 1; id <= 3; ++id) accounts.add(id);
  accounts.list[1].excluded = true;
  const auto shown = preview(2);
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), (Ids{1, 3}));
  EXPECT_EQ(english(shown->left_out),
            std::vector<std::string>{"Account 2: It is excluded from operations."});
  EXPECT_FALSE(preview(3));
  const auto picked = candidates(accounts.list, Picked{{2}}, 0);
  ASSERT_TRUE(picked) << picked.error().message;
  EXPECT_EQ(picked->accounts.size(), 1U);
}

TEST_F(PanelTest, ReplacesAccountsThatAreNotInAPrivateChat) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  accounts.shut_out(2);
  const auto shown = preview(3, kPrivate);
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), (Ids{1, 3, 4}));
  ASSERT_EQ(shown->left_out.size(), 1U);
  EXPECT_NE(shown->left_out[0].english().find("Account 2: This account is not a member"),
            std::string::npos);
}

TEST_F(PanelTest, SaysWhenNoAccountFindsTheMessage) {
  for (AccountId id = 1; id <= 2; ++id) {
    accounts.add(id);
    accounts.shut_out(id);
  }
  const auto shown = preview(1, kPrivate);
  ASSERT_FALSE(shown);
  EXPECT_EQ(shown.error().code, Errc::not_found);
  EXPECT_NE(shown.error().message.find("not a member"), std::string::npos);
}

TEST_F(PanelTest, OneAccountThatMustWaitDoesNotStopTheLookUp) {
  accounts.add(1);
  accounts.add(2);
  accounts.clients[1]->refuse("getMessageLinkInfo", 429, "Too Many Requests: retry after 100");
  const auto shown = preview(1);
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), Ids{2});
}

TEST_F(PanelTest, RefusesInPlainWords) {
  EXPECT_EQ(preview(1).error().code, Errc::login_needed);
  accounts.add(1, AccountState::login_needed);
  EXPECT_EQ(preview(1).error().code, Errc::login_needed);
  accounts.add(2);
  EXPECT_NE(preview(2).error().message.find("choose 1."), std::string::npos);
  accounts.add(3);
  for (const int count : {-1, 0, 3, 1'000'000}) {
    const auto shown = preview(count);
    ASSERT_FALSE(shown) << count;
    EXPECT_EQ(shown.error().code, Errc::invalid);
    EXPECT_NE(shown.error().message.find("from 1 to 2"), std::string::npos);
  }
  EXPECT_EQ(preview(1, "hello").error().code, Errc::invalid);
  EXPECT_EQ(preview(1, kPublic, "x").error().code, Errc::invalid);
  EXPECT_EQ(panel->check_target(jobs::ActionKind::reaction, "hello").error().code, Errc::invalid);
  EXPECT_TRUE(panel->check_target(jobs::ActionKind::reaction, kPublic));
}

TEST_F(PanelTest, TheChoiceRotates) {
  for (AccountId id = 1; id <= 3; ++id) accounts.add(id);
  const auto start = [&](ActionPreview shown) {
    return test::run(context, panel->start_action(std::move(shown), 42));
  };
  auto first = preview(2);
  EXPECT_EQ(ids(*first), (Ids{1, 2}));
  EXPECT_EQ(ids(*preview(2)), (Ids{1, 2}));  // a look alone moves nothing
  ASSERT_TRUE(start(std::move(*first)));
  auto second = preview(2);
  EXPECT_EQ(ids(*second), (Ids{3, 1}));
  ASSERT_TRUE(start(std::move(*second)));
  EXPECT_EQ(ids(*preview(2)), (Ids{2, 3}));
}

TEST_F(PanelTest, PickedAccountsActAndAreNotReplaced) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  accounts.add(5, AccountState::disabled);
  accounts.shut_out(3);
  const auto pick = [&](Ids who) {
    jobs::ReactionSpec spec{.link = kPrivate, .emoji = "👍"};
    return test::run(context, panel->preview_action(std::move(spec), Picked{std::move(who)}));
  };
  auto shown = pick({4, 3, 5, 2});
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), (Ids{2, 4}));
  EXPECT_EQ(shown->left_out.size(), 2U) << "only picked ones are named";
  ASSERT_TRUE(test::run(context, panel->start_action(std::move(*shown), 42)));
  EXPECT_EQ(ids(*preview(1)), Ids{1}) << "a pick does not move the turn";

  EXPECT_EQ(pick({5}).error().message, "Account 5: It is switched off.");
  EXPECT_EQ(pick({}).error().code, Errc::invalid);
  EXPECT_EQ(pick({99}).error().code, Errc::invalid);
}

TEST_F(PanelTest, ALabelIsEveryAccountThatHasIt) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  accounts.list[0].labels = {"Support"};
  accounts.list[1].labels = {"sales", "SUPPORT"};
  accounts.list[2].labels = {"support"};
  accounts.list[2].excluded = true;
  const auto by = [&](const char* label) {
    jobs::ReactionSpec spec{.link = kPublic, .emoji = "👍"};
    return test::run(context, panel->preview_action(std::move(spec), Labelled{label}));
  };
  const auto shown = by("support");
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), (Ids{1, 2})) << "as people read it, in any letter case";
  ASSERT_EQ(shown->left_out.size(), 1U);
  EXPECT_EQ(shown->left_out[0].english(), "Account 3: It is excluded from operations.");
  EXPECT_FALSE(shown->takes_turns);
  EXPECT_EQ(by("press").error().code, Errc::invalid) << "nobody has it";
}

TEST_F(PanelTest, WhoHasToWaitIsNamedAndOthersActFirst) {
  for (AccountId id = 1; id <= 3; ++id) accounts.add(id);
  const Instant until = clock.now() + Millis{600'000};
  storage::WaitRow wait{
      .account_id = 1, .method = "addMessageReaction", .chat_id = 0, .until_ms = to_unix_ms(until)};
  ASSERT_TRUE(test::run(context, repository->save_wait(std::move(wait))));
  ASSERT_TRUE(test::run(context, limiter->load()));
  const auto two = preview(2);
  ASSERT_TRUE(two);
  EXPECT_EQ(ids(*two), (Ids{2, 3})) << "two can act now";
  EXPECT_TRUE(two->waits.empty());
  const auto three = preview(3);
  ASSERT_TRUE(three);
  EXPECT_EQ(ids(*three), (Ids{2, 3, 1}));
  ASSERT_EQ(three->waits.size(), 1U);
  EXPECT_EQ(three->waits[0].name, "Account 1");
  EXPECT_EQ(three->waits[0].until, until);
  EXPECT_EQ(three->expected_duration, Millis{600'000});
}

TEST_F(PanelTest, APreviewOf150AccountsCountsThemAll) {
  for (AccountId id = 1; id <= 150; ++id) accounts.add(id);
  const auto shown = preview(150);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->accounts.size(), 150U);
  EXPECT_EQ(shown->expected_duration, Millis{149'000});
}

TEST_F(PanelTest, APausedJobGoesOnAndAFailureIsTriedAgain) {
  accounts.add(1);
  accounts.add(2);
  accounts.clients.at(1)->answer("addMessageReaction", Json{{"@type", "ok"}});
  accounts.clients.at(2)->refuse("addMessageReaction", 400, "REACTION_INVALID");
  const auto id = test::run(context, panel->start_action(*preview(2), 42));
  ASSERT_TRUE(id);
  ASSERT_TRUE(test::run(context, panel->pause_job(*id)));
  EXPECT_EQ(panel->job(*id)->state, jobs::JobState::paused);
  EXPECT_FALSE(panel->job_time_left(*id));
  ASSERT_TRUE(test::run(context, panel->resume_job(*id)));
  EXPECT_TRUE(panel->job_time_left(*id));
  const auto over = [&] { return panel->job(*id)->finished != Instant{}; };
  test::run_until(context, [&] {
    clock.advance(Millis{1'000});
    runner->wake();
    return over();
  });
  EXPECT_EQ(panel->job(*id)->items[1].state, jobs::ItemState::failed);
  accounts.clients.at(2)->answer("addMessageReaction", Json{{"@type", "ok"}});
  ASSERT_TRUE(test::run(context, panel->retry_failed(*id, 0)));
  test::run_until(context, [&] {
    clock.advance(Millis{1'000});
    runner->wake();
    return over();
  });
  EXPECT_EQ(panel->job(*id)->items[1].state, jobs::ItemState::done);
}

TEST_F(PanelTest, AllIsEveryActiveAccount) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  accounts.add(5, AccountState::disabled);
  accounts.shut_out(3);
  jobs::ReactionSpec spec{.link = kPrivate, .emoji = "👍"};
  const auto shown = test::run(context, panel->preview_action(std::move(spec), All{}));
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), (Ids{1, 2, 4}));
  EXPECT_EQ(shown->left_out.size(), 2U);
}

TEST_F(PanelTest, AStartedJobRunsAndIsWatched) {
  for (AccountId id = 1; id <= 2; ++id) accounts.add(id);
  int changes = 0;
  auto watching = panel->watch_jobs([&](const jobs::Job&) { ++changes; });
  auto shown = preview(2);
  const auto id = test::run(context, panel->start_action(std::move(*shown), 42));
  ASSERT_TRUE(id) << id.error().message;
  test::run_until(context,
                  [&] { return panel->job(*id)->items[0].state == jobs::ItemState::done; });
  EXPECT_GT(changes, 1);
  watching.reset();
  const int before = changes;
  ASSERT_TRUE(test::run(context, panel->cancel_job(*id)));
  EXPECT_EQ(changes, before);
  const auto job = panel->recent_jobs(1).at(0);
  EXPECT_EQ(job.started_by, 42);
  EXPECT_EQ(job.state, jobs::JobState::cancelled);
  EXPECT_EQ(job.items[1].state, jobs::ItemState::skipped);
}

TEST_F(PanelTest, ASubscriptionMayOutliveTheJobs) {
  auto watching = panel->watch_jobs([](const jobs::Job&) {});
  panel.reset();
  runner.reset();
  watching.reset();
}

TEST_F(PanelTest, AnEmptyOrForgedPreviewIsRefused) {
  accounts.add(1);
  ActionPreview forged;
  forged.spec = jobs::ReactionSpec{.link = kPublic, .emoji = "👍"};
  EXPECT_EQ(test::run(context, panel->start_action(forged, 42)).error().code, Errc::invalid);
  forged.accounts = accounts.list;
  forged.spec = jobs::ReactionSpec{.link = kPublic, .emoji = "x"};
  EXPECT_EQ(test::run(context, panel->start_action(forged, 42)).error().code, Errc::invalid);
  forged.spec = jobs::ReactionSpec{.link = "x", .emoji = "👍"};
  EXPECT_EQ(test::run(context, panel->start_action(forged, 42)).error().code, Errc::invalid);
  EXPECT_TRUE(panel->recent_jobs(1).empty());
}

TEST_F(PanelTest, PassesOnAccountsAndRules) {
  accounts.add(1);
  EXPECT_EQ(panel->accounts().size(), 1U);
  EXPECT_EQ(test::run(context, panel->begin_login()).error().code, Errc::busy);
  EXPECT_EQ(panel->take_recovery_notes().size(), 1U);
  EXPECT_TRUE(panel->take_recovery_notes().empty());
  EXPECT_FALSE(panel->had_unfinished_login());
  accounts.unfinished_login = true;
  EXPECT_TRUE(panel->had_unfinished_login());
  panel->retry_kept_logins();
  EXPECT_EQ(accounts.retries, 1);
  EXPECT_EQ(test::run(context, panel->add_keywords({"urgent"}))->front().keyword.text, "urgent");
  EXPECT_EQ(test::run(context, panel->ignore("@spam"))->name, "@spam");
  EXPECT_EQ(panel->keywords().size(), 1U);
  EXPECT_EQ(test::run(context, panel->remove_keyword(7)).error().code, Errc::not_found);
  EXPECT_EQ(test::run(context, panel->ignore_sender_of(12))->peer_id, 12);
  EXPECT_EQ(test::run(context, panel->remove_ignored(3)).error().code, Errc::not_found);
  EXPECT_TRUE(panel->ignored().empty());
}

}  // namespace
}  // namespace tgpanel::panel
