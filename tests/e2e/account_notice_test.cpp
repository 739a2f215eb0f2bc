// Admins are told once when an account needs a person; what the report check bot says.

#include "account_fixture.hpp"

#include <signal.h>

#include <filesystem>

namespace e2e {
namespace {

class Notice : public AccountTest {
 protected:
  /// Anything that the bot had to say before this has been said.
  void after_all() {
    management();
    stage.press("Inactive accounts");
    stage.wait_bot("Open it and press Log in again");
  }
};

class NoticeKill : public Notice, public testing::WithParamInterface<const char*> {};

TEST_F(Notice, ALostSessionIsToldOnceWithReasonAndNextStep) {
  stage.add_accounts(2);
  start();
  end_session(0);
  const auto told = stage.wait_bot(notice(0, "login needed"));
  EXPECT_THAT(told.text, AllOf(HasSubstr("The session has ended"),
                               HasSubstr("What to do: Open it and press Log in again.")));
  stage.press("Open account");
  stage.wait_bot("Number: 1");
  EXPECT_EQ(stage.stop(), 0);
  start();
  after_all();
  EXPECT_EQ(times_told(notice(0, "login needed")), 1);
  EXPECT_EQ(times_told(notice(1, "login needed")), 0);
}

TEST_F(Notice, WhatWasLostMeanwhileIsToldToAnAdminWhoNeverWroteOnceTheyDo) {
  stage.allow_complaint("[Error : 401 : SESSION_REVOKED]");
  stage.add_accounts(1);
  const auto first = *std::filesystem::directory_iterator(stage.data() / "sessions");
  stage.add_account(1);
  std::filesystem::remove_all(first.path());
  stage.world().revoke(stage.town().accounts[1], "SESSION_REVOKED");
  start();
  EXPECT_EQ(times_told("login needed"), 0);
  stage.say("/start");
  EXPECT_THAT(stage.wait_bot(notice(0, "login needed")).text,
              HasSubstr("The session folder is missing"));
  stage.wait_bot(notice(1, "login needed"));
  EXPECT_EQ(stage.stop(), 0);
  start();
  after_all();
  EXPECT_EQ(times_told(notice(0, "login needed")), 1);
  EXPECT_EQ(times_told(notice(1, "login needed")), 1);
}

TEST_P(NoticeKill, IsNeitherLostNorToldTwice) {
  stage.add_accounts(1);
  stage.environment()["TGPANEL_CRASH_AT"] = GetParam();
  start();
  management();
  stage.world().revoke(stage.town().accounts[0], "SESSION_REVOKED");
  EXPECT_EQ(stage.panel().wait(), 128 + SIGKILL);
  stage.environment().erase("TGPANEL_CRASH_AT");
  start();
  stage.world().wait_until("the notice", [&] { return times_told(notice(0, "login needed")) > 0; });
  after_all();
  EXPECT_EQ(stage.stop(), 0);
  start();
  after_all();
  EXPECT_EQ(times_told(notice(0, "login needed")), 1);
}

INSTANTIATE_TEST_SUITE_P(Notice, NoticeKill,
                         testing::Values("notice.recorded", "notice.handed_over", "notice.sent"),
                         [](const auto& point) {
                           const std::string name = point.param;
                           return name.substr(name.find('.') + 1);
                         });

class Report : public AccountTest {
 protected:
  Report() {
    spam_bot = stage.world().spam_bot(0, {{"says", "nothing"}});
    stage.environment()["REPORT_CHECK_BOT"] = "@SpamBot";
  }

  void ask() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press("Report Status");
    stage.press("Check report status");
    stage.wait_bot("can ask now");
    stage.press("Ask now");
  }

  /// What the bot answers to this account from now on.
  void answer(std::size_t who, const Json& answer) {
    stage.world().spam_bot(stage.town().accounts[who], answer);
  }

  std::int64_t spam_bot = 0;
};

constexpr int kUntil = 1'952'940'480;  // 2031-11-20 11:28 UTC

TEST_F(Report, EachAnswerIsShownAndTheFlagIsSetAndCleared) {
  stage.add_accounts(3);
  start();
  answer(0, {{"says", "limited"}, {"until", kUntil}});
  answer(1, {{"says", "clear"}});
  answer(2, {{"text", "Your number 15550000003 is in our 1 list."}});
  ask();
  auto told = stage.wait_bot("All 3 have asked").text;
  EXPECT_THAT(told, AllOf(HasSubstr("limited until 2031-11-20 11:28"), HasSubstr("clear"),
                          HasSubstr("unclear answer: Your number 15550000003 is in our 1 list.")));
  stage.world().wait_until("the notice",
                           [&] { return times_told(notice(0, "limited by Telegram")) == 1; });
  stage.press(words::kBack);
  open_account(1, "Alice");
  EXPECT_THAT(stage.wait_bot("Number: 1").text,
              HasSubstr("Limited by Telegram until 2031-11-20 11:28"));
  open_account(3, "Carol");
  EXPECT_THAT(stage.wait_bot("Number: 3").text, Not(HasSubstr("Limited")));
  EXPECT_EQ(stage.stop(), 0);
  start();
  // Its answer from before the question says nothing: it is waited for the next one.
  stage.world().write(spam_bot, "Carol", "Your account is now limited.");
  answer(0, {{"says", "clear"}});
  answer(1, {{"says", "limited"}});
  answer(2, {{"says", "nothing"}});
  ask();
  told = stage.wait_bot("All 3 have asked", 60s).text;
  EXPECT_THAT(
      told, AllOf(HasSubstr("Alice\u2069: clear"), HasSubstr("Bob\u2069: limited, without a date"),
                  HasSubstr("Carol\u2069: no answer")));
  stage.press(words::kBack);
  open_account(1, "Alice");
  EXPECT_THAT(stage.wait_bot("Number: 1").text, Not(HasSubstr("Limited")));
}

}  // namespace
}  // namespace e2e
