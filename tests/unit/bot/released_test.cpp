// A failure at any step of any conversation is told to the admin, and the conversation is let go
// of.

#include "bot/conversation.hpp"
#include "bot_fixture.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;

const Error kFailure{Errc::telegram, "Something went wrong at Telegram."};

/// One action: how it is asked for, and what its steps are answered with.
struct Action {
  const char* label;
  const char* target;
  std::vector<const char*> answers;  // of its details: texts, or buttons when in [brackets]
  bool loads = false;                // its details come from Telegram
};

const std::vector<Action> kActions{
    {"Reaction", "https://t.me/news/5", {"[🔥]"}, true},
    {"Vote", "https://t.me/news/5", {"[Red]"}, true},
    {"Join", "@name", {}},
    {"Leave", "@name", {}},
    {"Block", "@name", {}},
    {"Unblock", "@name", {}},
    {"Message", "@name", {"Hello"}},
    {"Comment", "https://t.me/news/5", {"Hello"}},
};

class Released : public BotTest {
 protected:
  void SetUp() override {
    panel.add_accounts(3);
    panel.poll.question = "Which one?";
    panel.poll.options = {"Red", "Green"};
    start_and_serve();
  }

  void open(std::initializer_list<const char*> buttons) {
    say("/start");
    for (const auto* button : buttons) press(button);
  }

  void give_target(const Action& action) {
    open({"Bulk", action.label});
    press("2");
    say(action.target);
  }

  void answer(const Action& action) { give(action.answers); }

  void give(const std::vector<const char*>& answers) {
    for (const std::string one : answers) {
      if (one.front() == '[') {
        press(one.substr(1, one.size() - 2));
      } else {
        say(one);
      }
    }
  }

  /// A login, of a new account or of the first one again.
  std::shared_ptr<FakeLogin> begin(bool again, const char* way) {
    if (again) {
      auto login = std::make_shared<FakeLogin>();
      panel.account_desk.login = login;
      open(
          {"Account Management", "List accounts", "1. \u2068Account 1\u2069", "Log in again", way});
      return login;
    }
    open({"Account Management", "Add account", way});
    return panel.logins.back();
  }

  /// The failure was told, the step goes on, and every way out lets go.
  void told_and_released(const char* where) {
    EXPECT_THAT(shown(), HasSubstr(kFailure.message)) << where;
    EXPECT_EQ(Conversation::alive(), 1) << where;
    press("Cancel");
    EXPECT_THAT(shown(), HasSubstr("Cancelled.")) << where;
    EXPECT_EQ(Conversation::alive(), 0) << where;
  }
};

TEST_F(Released, AtEveryStepOfEveryAction) {
  for (const auto& action : kActions) {
    SCOPED_TRACE(action.label);
    if (action.loads) {
      panel.details_error = kFailure;
      give_target(action);
      panel.details_error.reset();
      told_and_released("details");
    }
    panel.preview_error = kFailure;
    give_target(action);
    answer(action);
    panel.preview_error.reset();
    told_and_released("preview");

    panel.start_error = kFailure;
    give_target(action);
    answer(action);
    press("Start");
    panel.start_error.reset();
    told_and_released("start");

    give_target(action);
    answer(action);
    EXPECT_EQ(Conversation::alive(), 1);
    press("Start");
    EXPECT_EQ(Conversation::alive(), 0) << "success ends it too";
  }
  EXPECT_EQ(panel.job_rows.size(), kActions.size());
}

TEST_F(Released, AtEveryStepOfTheOthers) {
  panel.group_rows = {{-1001, "Market", "market"}};
  const auto try_in_market = [this] {
    open({"Monitor Mode", "Try a keyword"});
    say("buy");
    press("Market");
  };
  const std::vector<std::pair<const char*, std::function<void()>>> others{
      {"keyword",
       [this] {
         panel.keyword_error = kFailure;
         open({"Monitor Mode", "Add keyword"});
         say("buy");
         panel.keyword_error.reset();
       }},
      {"keyword: file",
       [this] {
         panel.keyword_error = kFailure;
         open({"Monitor Mode", "Add keyword"});
         send_file("buy");
         panel.keyword_error.reset();
       }},
      {"trial",
       [&] {
         panel.trial_error = kFailure;
         try_in_market();
         panel.trial_error.reset();
       }},
      {"trial: adding",
       [&] {
         try_in_market();
         panel.keyword_error = kFailure;
         press("Add it");
         panel.keyword_error.reset();
       }},
      {"ignore",
       [this] {
         panel.people_error = kFailure;
         open({"Monitor Mode", "Ignored users", "Ignore somebody"});
         say("@spammer");
         panel.people_error.reset();
       }},
      {"do not contact",
       [this] {
         panel.people_error = kFailure;
         open({"Bulk", "Do not contact", "Add somebody"});
         say("@walter");
         panel.people_error.reset();
       }},
      {"setting",
       [this] {
         panel.settings.error = kFailure;
         open({"Settings", "Messages to one person: 3", "Type a number"});
         say("7");
         panel.settings.error.reset();
       }},
      {"label",
       [this] {
         panel.account_desk.refusal = kFailure;
         open({"Account Management", "List accounts", "1. \u2068Account 1\u2069", "Labels",
               "Add label"});
         say("shop");
         panel.account_desk.refusal.reset();
       }},
      {"report check",
       [this] {
         panel.account_desk.failure = kFailure;
         open({"Report Status", "Check report status", "Ask now"});
         panel.account_desk.failure.reset();
       }},
      {"update groups",
       [this] {
         panel.account_desk.failure = kFailure;
         open({"Account Management", "Update groups", "Look now"});
         panel.account_desk.failure.reset();
       }},
  };
  for (const auto& [name, fail] : others) {
    fail();
    told_and_released(name);
  }
  EXPECT_TRUE(panel.keyword_rows.empty());
  EXPECT_TRUE(panel.ignored_rows.empty());
  EXPECT_TRUE(panel.listed_rows.empty());
  EXPECT_TRUE(panel.settings.values.empty());
}

/// A login: what Telegram waits for, and what is given.
struct LoginWait {
  const char* name;
  accounts::LoginStep step;
  std::vector<const char*> answers;  // texts, or buttons when in [brackets]
};

std::vector<LoginWait> login_waits() {
  const accounts::WaitCode code{.via = "SMS",
                                .length = 1,
                                .masked_phone = "+1 ••• ••01",
                                .next = accounts::CodeKind::call,
                                .can_resend = true};
  return {{"phone number", accounts::WaitPhone{}, {"+15550000001"}},
          {"code", code, {"[1]", "[OK]"}},
          {"another code", code, {"[Send another code by a phone call]"}},
          {"e-mail address", accounts::WaitEmailAddress{}, {"name@example.com"}},
          {"code of the e-mail",
           accounts::WaitEmailCode{.pattern = "n***@e***.com", .length = 1},
           {"[1]", "[OK]"}},
          {"password", accounts::WaitPassword{}, {"secret"}}};
}

TEST_F(Released, AtEveryStepOfALogin) {
  for (const bool again : {false, true}) {
    if (again) panel.account_rows.front().state = accounts::AccountState::login_needed;
    for (const auto& wait : login_waits()) {
      SCOPED_TRACE(std::string(wait.name) + (again ? ", again" : ""));
      const auto login = begin(again, "By phone number");
      login->become(wait.step);
      settle();
      login->answers.push_back(std::unexpected(kFailure));
      give(wait.answers);
      told_and_released(wait.name);
      EXPECT_EQ(login->calls.back(), "cancel");
      EXPECT_EQ(login.use_count(), 2) << "held by this test and its fake alone";
    }
  }
}

TEST_F(Released, AtTheQrCode) {
  panel.next_login_step = accounts::Opening{};
  const auto login = begin(false, "By QR code");
  login->answers.push_back(std::unexpected(kFailure));
  login->become(accounts::WaitPhone{});
  settle();
  EXPECT_EQ(login->calls, (std::vector<std::string>{"qr", "cancel"}));
  told_and_released("QR");
}

TEST_F(Released, AtEveryStepThatTelegramEnds) {
  auto steps = login_waits();
  steps.push_back({"opening", accounts::Opening{}, {}});
  steps.push_back({"QR", accounts::WaitQr{"tg://login?token=one"}, {}});
  for (const auto& wait : steps) {
    SCOPED_TRACE(wait.name);
    const auto login = begin(false, "By phone number");
    login->become(wait.step);
    settle();
    EXPECT_EQ(Conversation::alive(), 1);
    login->become(accounts::LoginFailed{kFailure});
    settle();
    EXPECT_THAT(shown(), HasSubstr(kFailure.message));
    EXPECT_EQ(Conversation::alive(), 0);
  }
}

TEST_F(Released, ALoginAgainThatCannotBeginLeavesNothingOpen) {
  panel.account_rows.front().state = accounts::AccountState::login_needed;
  panel.account_desk.failure = kFailure;
  open({"Account Management", "List accounts", "1. \u2068Account 1\u2069", "Log in again",
        "By phone number"});
  EXPECT_THAT(shown(), HasSubstr(kFailure.message));
  EXPECT_EQ(Conversation::alive(), 0);
}

TEST_F(Released, ALoginThatCannotBeginLeavesNothingOpen) {
  panel.too_many_logins = true;
  open({"Account Management", "Add account", "By phone number"});
  EXPECT_THAT(shown(), HasSubstr("Ten logins are open already."));
  say("/start");
  EXPECT_EQ(Conversation::alive(), 0);
}

TEST_F(Released, AStopInTheMiddleLetsGoOfAll) {
  give_target(kActions.back());
  say("/start", kOther);
  press("Bulk", kOther);
  press("Join", kOther);
  EXPECT_EQ(Conversation::alive(), 2);
  stop();
  EXPECT_EQ(Conversation::alive(), 0);
}

}  // namespace
}  // namespace tgpanel::bot
