// Every question for a text: what is no answer is refused with a sentence, the question stays, and
// Back and Cancel lead out of it.

#include "bot/conversation.hpp"
#include "bot_fixture.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Input {
  const char* name;
  std::optional<std::string> text;  // nothing: a sticker
};

const std::vector<Input>& inputs() {
  static const std::vector<Input> all{
      {"sticker", std::nullopt}, {"blank", " "},
      {"unseen", "\u200b"},      {"command", "/help"},
      {"emoji", "👍"},           {"form", "#?!"},
      {"lines", "#\n?"},         {"longest", std::string(4096, 'x')},
  };
  return all;
}

struct Prompt {
  const char* name;
  std::function<void()> open;           // to the question
  const char* asks;                     // a part of it
  const char* back;                     // how the screen before it begins
  std::vector<const char*> taken = {};  // names of inputs that are good answers here
};

class Prompts : public BotTest {
 protected:
  void SetUp() override {
    panel.add_accounts(3);
    panel.poll.question = "Which one?";
    panel.poll.options = {"Red", "Green"};
    panel.group_rows = {{-1001, "Market", "market"}};
    panel.trial_error = fail(Errc::not_found, "Nobody has that name.").error();
    start_and_serve();
  }

  void walk(std::initializer_list<const char*> buttons) {
    say("/start");
    for (const auto* button : buttons) press(button);
  }

  void bulk(const char* action, std::initializer_list<const char*> texts) {
    walk({"Bulk", action});
    for (const auto* text : texts) say(text);
  }

  void log_in(accounts::LoginStep step) {
    walk({"Account Management", "Add account", "By phone number"});
    panel.logins.back()->become(std::move(step));
    settle();
  }

  std::vector<Prompt> all();
  void refuses(const Prompt& prompt, const Input& input);
};

constexpr const char* kLink = "https://t.me/news/5";
constexpr const char* kAccount = "1. \u2068Account 1\u2069";

std::vector<Prompt> Prompts::all() {
  std::vector<Prompt> prompts{
      {"keyword",
       [this] { walk({"Monitor Mode", "Add keyword"}); },
       "Send the keyword",
       "Monitor Mode",
       {"command"}},
      {"trial: keyword",
       [this] { walk({"Monitor Mode", "Try a keyword"}); },
       "Send one keyword",
       "Monitor Mode",
       {"command"}},
      {"trial: group",
       [this] {
         walk({"Monitor Mode", "Try a keyword"});
         say("bike");
       },
       "In which group or channel?", "Try a keyword"},
      {"ignore", [this] { walk({"Monitor Mode", "Ignored users", "Ignore somebody"}); },
       "Whose messages are never to be reported?", "Ignored users"},
      {"do not contact", [this] { walk({"Bulk", "Do not contact", "Add somebody"}); },
       "Who must not be written to?", "Do not contact"},
      {"label",
       [this] { walk({"Account Management", "List accounts", kAccount, "Labels", "Add label"}); },
       "Send the label",
       "\u2068Account 1\u2069",
       {"command"}},
      {"search",
       [this] { walk({"Account Management", "Search"}); },
       "Send a part of the name",
       "Account Management",
       {"command", "longest"}},
      {"setting", [this] { walk({"Settings", "Messages to one person: 3", "Type a number"}); },
       "Send the new number", "Messages to one person"},
      {"count", [this] { bulk("Join", {}); }, "How many accounts shall act?", "Bulk"},
      {"picked accounts", [this] { walk({"Bulk", "Join", "Pick accounts"}); }, "Picked: 0",
       "Bulk › Join"},
      {"reaction",
       [this] { bulk("Reaction", {"2", kLink}); },
       "Choose the reaction.",
       "Bulk › Reaction",
       {"emoji"}},
      {"vote", [this] { bulk("Vote", {"2", kLink}); }, "Which one?", "Bulk › Vote"},
      {"message",
       [this] { bulk("Message", {"2", "@walter"}); },
       "Send the text of the message",
       "Bulk › Message",
       {"command", "emoji", "form", "lines", "longest"}},
      {"comment",
       [this] { bulk("Comment", {"2", kLink}); },
       "Send the text of the comment",
       "Bulk › Comment",
       {"command", "emoji", "form", "lines", "longest"}},
      {"phone number", [this] { log_in(accounts::WaitPhone{}); },
       "phone number in international form", "Add account"},
      {"code",
       [this] { log_in(accounts::WaitCode{.via = "SMS", .length = 5, .masked_phone = "+1"}); },
       "Telegram has sent a login code", "Add account"},
      {"e-mail address", [this] { log_in(accounts::WaitEmailAddress{}); },
       "Telegram wants an e-mail address", "Add account"},
      {"code of the e-mail",
       [this] { log_in(accounts::WaitEmailCode{.pattern = "n***@e***.com", .length = 6}); },
       "Telegram has sent a code to the e-mail address", "Add account"},
      {"password",
       [this] { log_in(accounts::WaitPassword{}); },
       "two-step verification password",
       "Add account",
       {"blank", "unseen", "command", "emoji", "form", "lines"}},
  };
  for (const char* action :
       {"Reaction", "Vote", "Join", "Leave", "Block", "Unblock", "Message", "Comment"}) {
    prompts.push_back({action, [this, action] { bulk(action, {"2"}); }, "Send the ", "Bulk › "});
  }
  return prompts;
}

void Prompts::refuses(const Prompt& prompt, const Input& input) {
  SCOPED_TRACE(input.name);
  if (input.text) {
    say(*input.text);
  } else {
    sticker();
  }
  EXPECT_THAT(shown(), HasSubstr("⚠ "));
  EXPECT_THAT(shown(), HasSubstr(prompt.asks));
  EXPECT_EQ(Conversation::alive(), 1);
}

TEST_F(Prompts, EveryOneRefusesWhatIsNoAnswerAndGoesOn) {
  for (const auto& prompt : all()) {
    SCOPED_TRACE(prompt.name);
    prompt.open();
    EXPECT_THAT(shown(), HasSubstr(prompt.asks));
    for (const auto& input : inputs()) {
      const auto is = [&](std::string_view name) { return name == input.name; };
      if (std::ranges::none_of(prompt.taken, is)) refuses(prompt, input);
    }
  }
  EXPECT_TRUE(panel.keyword_rows.empty());
  EXPECT_TRUE(panel.ignored_rows.empty());
  EXPECT_TRUE(panel.listed_rows.empty());
  EXPECT_TRUE(panel.settings.values.empty());
  EXPECT_TRUE(panel.job_rows.empty());
  EXPECT_TRUE(panel.choices.empty()) << "no preview either";
}

TEST_F(Prompts, EveryOneIsLeftByBackAndByCancel) {
  for (const auto& prompt : all()) {
    SCOPED_TRACE(prompt.name);
    prompt.open();
    press("‹ Back");
    EXPECT_THAT(shown(), StartsWith(prompt.back));
    EXPECT_THAT(shown(), testing::Not(HasSubstr(prompt.asks)));
    prompt.open();
    press("Cancel");
    EXPECT_THAT(shown(), StartsWith("Cancelled."));
    EXPECT_EQ(Conversation::alive(), 0);
  }
}

TEST_F(Prompts, EveryOneIsLeftByTheCommands) {
  for (const auto& prompt : all()) {
    for (const auto* command : {"/cancel", "/start"}) {
      SCOPED_TRACE(std::string(prompt.name) + " " + command);
      prompt.open();
      EXPECT_EQ(Conversation::alive(), 1);
      say(command);
      EXPECT_THAT(shown(), HasSubstr("Telegram Panel"));
      EXPECT_EQ(Conversation::alive(), 0);
    }
  }
}

}  // namespace
}  // namespace tgpanel::bot
