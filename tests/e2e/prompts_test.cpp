// Every prompt of the bot with every bad input: a plain sentence says what is expected, and the
// step goes on.

#include "e2e_test.hpp"
#include "support/folder_watch.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace e2e {
namespace {

using testdc::Json;
using testing::HasSubstr;
namespace words = support::words;

// The head of a PNG file of 16 × 16 pixels; nobody looks further.
constexpr auto kPicture = "89504e470d0a1a0a0000000d4948445200000010000000100806000000";

/// What an admin sends instead of an answer.
struct Bad {
  const char* name;
  std::function<void(support::Stage&)> send;
};

Bad text(const char* name, std::string what) {
  return {name, [what = std::move(what)](support::Stage& stage) { stage.say(what); }};
}

Bad other(const char* name, Json what) {
  return {name, [what = std::move(what)](support::Stage& stage) { stage.send(what); }};
}

// A photo whose caption would be the right answer is no answer either.
std::vector<Bad> bad_inputs(const char* wrong_form, const std::string& answer) {
  return {text("nothing but white space", " \u00a0\u200b "),
          text("too long", std::string(300, 'x')),
          text("wrong form", wrong_form),
          text("a command", "/help"),
          text("an emoji", "😀"),
          text("4,096 characters", std::string(4096, 'x')),
          text("4,096 characters of two units",
               [] {
                 std::string many;
                 for (int i = 0; i < 2048; ++i) many += "😀";
                 return many;
               }()),
          other("a photo", {{"photo_hex", kPicture}, {"text", answer}}),
          other("a poll", {{"question", answer}, {"options", {"yes", "no"}}})};
}

class Prompts : public Test {
 protected:
  Prompts() { stage.environment()["TGPANEL_PACE_SCALE"] = "50"; }

  void open(std::initializer_list<std::string_view> buttons) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    for (const auto button : buttons) stage.press(button);
  }

  /// Each is answered by a new message with one of the sentences, with the question again and the
  /// way out below it.
  void refused(const std::vector<Bad>& inputs, std::string_view sentence,
               std::string_view question) {
    for (const auto& bad : inputs) {
      bad.send(stage);
      try {
        const auto answer = stage.wait_bot(sentence);
        EXPECT_THAT(answer.text, HasSubstr(std::string(question))) << bad.name;
        const bool way_out = std::ranges::any_of(answer.keyboard, [](const auto& row) {
          return std::ranges::any_of(row, [](const auto& one) { return one.text == "Cancel"; });
        });
        EXPECT_TRUE(way_out) << bad.name;
      } catch (const std::exception& problem) {
        ADD_FAILURE() << bad.name << ": " << problem.what();
      }
    }
  }

  std::vector<Bad> without(std::vector<Bad> inputs, std::string_view name) {
    std::erase_if(inputs, [&](const Bad& bad) { return bad.name == name; });
    return inputs;
  }
};

TEST_F(Prompts, OfAddAccount) {
  start();
  open({words::kAccountManagement, words::kAddAccount});
  stage.wait_bot("How do you want");
  refused(bad_inputs("QR", "By QR code"), "Use the buttons", "How do you want");

  stage.press(words::kByPhone);
  stage.wait_bot("international form");
  refused(bad_inputs("0555 000 0002", "+15550000002"), "not a phone number", "international form");
  // As copied from a phone's contacts, with direction marks around it.
  stage.say("\u202a+1 (555) 000\u20110002\u202c");

  stage.wait_bot("login code");
  refused(bad_inputs("12", "24680"), "with the buttons", "login code");
  stage.say("The code is 2 4 6 8 0");
  const auto typed = stage.wait_bot("do not send the code as a message");
  EXPECT_THAT(typed.text, HasSubstr("login code"));
  for (const char digit : support::kLoginCode) stage.press(std::string(1, digit));
  stage.press("OK");

  stage.wait_bot("password");
  // Anything that is not too long may be somebody's password.
  const auto inputs = bad_inputs("bob", std::string(support::kPeople[1].password));
  const std::vector<std::string_view> tries{"wrong form", "a command", "an emoji"};
  std::vector<Bad> passwords;
  std::vector<Bad> others;
  for (const auto& bad : inputs) {
    const bool is_try = std::ranges::find(tries, bad.name) != tries.end();
    (is_try ? passwords : others).push_back(bad);
  }
  refused(passwords, "not the account's", "two-step verification");
  refused(others, "at most 256 characters", "two-step verification");
  stage.say(support::kPeople[1].password);
  stage.wait_bot("Account added");
  // Whatever was sent when a code or a password was asked for is gone from the chat.
  for (const auto& message : stage.world().messages("panel_test_bot", stage.town().admin)) {
    if (message.deleted || message.sender_id != stage.town().admin) continue;
    EXPECT_EQ(message.text.find(support::kPeople[1].password), std::string::npos) << message.text;
    EXPECT_EQ(message.text.find("2 4 6 8 0"), std::string::npos) << message.text;
  }
}

TEST_F(Prompts, OfTheQrCode) {
  start();
  open({words::kAccountManagement, words::kAddAccount, words::kByQr});
  stage.wait_bot("scan the picture");
  refused(bad_inputs("scan", "24680"), "Use the buttons", "scan the picture");
  stage.scan_qr(stage.town().accounts[2]);
  stage.wait_bot("Account added");
}

TEST_F(Prompts, OfAddKeyword) {
  start();
  open({words::kMonitorMode, words::kAddKeyword});
  const auto inputs = without(bad_inputs("?!", "bicycle"), "a command");
  const std::map<std::string_view, std::string_view> sentences{
      {"nothing but white space", "keyword"},
      {"too long", "300 characters"},
      {"wrong form", "no letter and no digit"},
      {"an emoji", "no letter and no digit"},
      {"4,096 characters", "4096 characters"},
      {"4,096 characters of two units", "at most 200"},
      {"a photo", "as a text"},
      {"a poll", "as a text"}};
  for (const auto& bad : inputs) {
    refused({bad}, sentences.at(bad.name), "Send the keyword: a word or a phrase");
  }
  stage.say("bicycle");
  EXPECT_THAT(stage.wait_bot("Added the keyword").text, HasSubstr("bicycle"));
  stage.press(words::kAddKeyword);
  // No command of this bot's: a text like any other.
  stage.say("/help");
  EXPECT_THAT(stage.wait_bot("Added the keyword").text, HasSubstr("/help"));
  stage.press(words::kAddKeyword);
  stage.say("BICYCLE");
  EXPECT_THAT(stage.wait_bot("already").text, HasSubstr("Send the keyword"));
  stage.press(words::kBack);
  stage.wait_bot("2 keywords");
}

TEST_F(Prompts, OfBulkReaction) {
  stage.add_account(0);
  stage.add_account(2);
  start();
  const auto post = stage.world().write(stage.town().writer, "Market", "Like this");
  open({words::kBulk, words::kReaction});
  stage.wait_bot("How many accounts");
  auto inputs = bad_inputs("1.5", "2");
  for (const char* number : {"0", "3", "-1", "99999999999999999999"}) {
    inputs.push_back(text(number, number));
  }
  refused(inputs, "whole number from 1 to 2", "How many accounts");
  stage.say("۲");

  const auto link = fmt::format("https://t.me/market/{}", post);
  stage.wait_bot("Send the link");
  inputs = bad_inputs("https://example.com/market/5", link);
  for (const char* wrong : {"https://t.me/market", "https://t.me/market/0", "@market"}) {
    inputs.push_back(text(wrong, wrong));
  }
  refused(inputs, "https://t.me/", "Send the link of the message, for example");
  stage.say(link);

  stage.wait_bot("Choose the reaction");
  refused(bad_inputs("love", "👍"), "one of the reactions below", "Choose the reaction.");
  stage.say("👍");  // a typed one is as good as a pressed one

  stage.wait_bot("Like this");
  refused(bad_inputs("yes", "Start"), "Use the buttons", "Like this");
  stage.press(words::kStartJob);
  stage.wait_bot("done 2");
}

TEST_F(Prompts, WithoutAnAccountThatCanActTheReactionSaysWhereToGetOne) {
  start();
  open({words::kBulk, words::kReaction});
  EXPECT_THAT(stage.wait_bot("No account can act").text, HasSubstr("Account Management"));
  refused(bad_inputs("1.5", "2"), "No account can act", "Account Management");
  stage.say("1");
  stage.wait_bot("No account can act");
  stage.press(words::kBack);
  stage.wait_bot("One action by several accounts");
}

TEST_F(Prompts, WithoutAQuestionNothingIsDoneAndThatIsSaid) {
  start();
  open({});
  for (const auto& bad : bad_inputs("hello", "bicycle")) {
    bad.send(stage);
    EXPECT_NO_THROW(stage.wait_bot("nothing was done with your message")) << bad.name;
  }
  stage.say("/cancel");
  stage.wait_bot("nothing to cancel");
}

TEST_F(Prompts, AreLeftByTheCommandsOfTheMenu) {
  start();
  for (const std::string_view command : {"/start", "/cancel", "/start payload"}) {
    for (const auto& path : std::vector<std::vector<std::string_view>>{
             {words::kAccountManagement, words::kAddAccount, words::kByPhone},
             {words::kMonitorMode, words::kAddKeyword},
             {words::kBulk, words::kReaction},
             {words::kBulk, words::kVote},
             {words::kBulk, words::kJoin},
             {words::kBulk, words::kBlock}}) {
      open({});
      for (const auto button : path) stage.press(button);
      stage.wait_bot("");
      stage.say(command);
      EXPECT_THAT(stage.wait_bot("Cancelled.").text, HasSubstr(words::kMainMenu)) << command;
    }
  }
  // None of them was taken as an answer.
  stage.press(words::kMonitorMode);
  stage.wait_bot("0 keywords");
  support::wait_entries(stage.data() / "sessions", 0);
}

}  // namespace
}  // namespace e2e
