// A failure at any step of any conversation is told to the admin, and the conversation is let go
// of.

#include "bot/conversation.hpp"
#include "bot_fixture.hpp"

#include <gmock/gmock.h>

#include <functional>
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

  void answer(const Action& action) {
    for (const std::string one : action.answers) {
      if (one.front() == '[') {
        press(one.substr(1, one.size() - 2));
      } else {
        say(one);
      }
    }
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
  const std::vector<std::pair<const char*, std::function<void()>>> others{
      {"keyword",
       [this] {
         panel.keyword_error = kFailure;
         open({"Monitor Mode", "Add keyword"});
         say("buy");
         panel.keyword_error.reset();
       }},
      {"label",
       [this] {
         panel.account_desk.refusal = kFailure;
         open({"Account Management", "List accounts", "1. \u2068Account 1\u2069", "Labels",
               "Add label"});
         say("shop");
         panel.account_desk.refusal.reset();
       }},
      {"login: code",
       [this] {
         panel.next_login_step = accounts::WaitPhone{};
         open({"Account Management", "Add account", "By phone number"});
         panel.logins.back()->answers.push_back(std::unexpected(kFailure));
         say("+15550000001");
       }},
  };
  for (const auto& [name, fail] : others) {
    fail();
    told_and_released(name);
  }
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
