// Old buttons never act: thousands of presses on whatever the bot ever showed, over restarts, while
// what the panel knows has moved on. Nothing may change by them.

#include "e2e/account_fixture.hpp"
#include "prove/size.hpp"
#include "support/menu_walk.hpp"
#include "support/seeded_accounts.hpp"

#include <map>
#include <random>
#include <set>
#include <tuple>

namespace prove {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
namespace words = support::words;

const std::string kBot(words::kBotName);

/// A button as it was once shown.
struct Shown {
  std::int64_t message = 0;
  std::string data;
  std::string label;
  std::string screen;  // the text above it and all its labels
};

std::string screen_of(const testdc::SeenMessage& message) {
  std::string screen = message.text;
  for (const auto& row : message.keyboard) {
    for (const auto& button : row) screen += "\n" + button.text;
  }
  return screen;
}

/// Of "m:<menu>:<fingerprint>:<action>".
std::string menu_of(std::string_view data) {
  return std::string(data.substr(2, data.find(':', 2) - 2));
}

/// Another menu, or the card of a job.
bool only_shows(const Shown& button) {
  return button.data.find(":g.") != std::string::npos ||
         button.data.find(":j.") != std::string::npos;
}

class StaleButtons : public e2e::AccountTest {
 protected:
  using Menus = std::map<std::string, testdc::SeenMessage>;

  const int lives = sized(20, 2);
  const int presses = sized(500, 150);  // of each life

  void SetUp() override {
    // What TDLib asks beside the log out of an account that is deleted is refused after it.
    stage.allow_complaint("[Error : 401 : AUTH_KEY_UNREGISTERED]");
    stage.environment()["TGPANEL_PACE_SCALE"] = "500";
    users = support::seed_accounts(stage, 5);
    for (const auto user : users) stage.world().add_member("Market", user);
    message = stage.world().write(stage.town().writer, "Market", "Please react to this");
  }

  Menus walk() {
    support::MenuWalk walk(stage.world(), stage.town().admin, stage.town().bot);
    return walk.walk([](std::string_view menu) { return menu.front() != 'z'; });  // a picture
  }

  void remember(const testdc::SeenMessage& seen) {
    for (const auto& row : seen.keyboard) {
      for (const auto& button : row) {
        // These send a file or a picture, whenever they are pressed, and change nothing.
        const bool sends = button.text.find("as a file") != std::string::npos ||
                           button.text == "As a picture" || button.data.empty();
        if (sends || !known.emplace(seen.id, button.data, button.text).second) continue;
        shown.push_back({seen.id, button.data, button.text, screen_of(seen)});
      }
    }
  }

  /// Whatever the chat shows now.
  void remember_chat() {
    for (const auto& seen : stage.world().messages(kBot, stage.town().admin)) {
      if (!seen.deleted && seen.sender_id == stage.town().bot) remember(seen);
    }
  }

  void open(std::string_view menu, std::string_view action) {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(menu);
    stage.press(action);
  }

  /// A bulk reaction up to where it would start.
  void prepare_reaction() {
    open(words::kBulk, words::kReaction);
    stage.wait_bot("How many accounts");
    remember_chat();
    stage.say("2");
    stage.wait_bot("link of the message");
    stage.say(fmt::format("https://t.me/market/{}", message));
    stage.wait_bot("Choose the reaction");
    remember_chat();
    stage.press("👍");
    stage.wait_bot("This takes about");
    remember_chat();
  }

  /// Steps of conversations that are then given up.
  void remember_conversations() {
    prepare_reaction();
    stage.press(words::kCancel);
    open(words::kAccountManagement, words::kAddAccount);
    stage.press(words::kByPhone);
    stage.wait_bot("international form");
    stage.say(fmt::format("+{}", support::kPeople[0].phone));
    stage.wait_bot("login code");
    remember_chat();
    stage.press(words::kCancel);
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
  }

  void remember_screens() {
    for (const auto word : {"alpha", "beta", "gamma"}) add_keyword(word);
    prepare_reaction();
    stage.press(words::kStartJob);
    remember(stage.wait_bot("State: running"));  // it may be over before the chat is read
    stage.wait_bot("State: finished", 60s);
    remember_chat();
    for (const auto& [name, seen] : walk()) remember(seen);
    remember_conversations();
  }

  /// What the screens said is no longer so: other keywords, accounts switched off, one gone.
  void move_on() {
    EXPECT_EQ(stage.stop(), 0);
    run({"keyword", "remove", "1", "2", "3"});
    run({"keyword", "add", "delta", "epsilon"});
    for (const auto number : {"2", "3"}) run({"account", "disable", number});
    run({"account", "delete", "5", "--yes"});
    start();
  }

  void run(const std::vector<std::string>& arguments) {
    const auto command = stage.tgpanel(arguments);
    EXPECT_EQ(command->wait(), 0) << command->out() << command->err();
  }

  /// All that a press could change, as the menus tell it.
  std::string state(const Menus& menus) {
    std::string told;
    for (const auto& [name, seen] : menus) {
      // These count what was seen, by the minute; the main menu says whether /start ended a
      // question.
      if (std::string_view("sZm").find(name.front()) == std::string_view::npos) {
        told += name + ": " + screen_of(seen) + "\n\n";
      }
    }
    return told;
  }

  /// Buttons above which there is something else today, or nothing at all.
  std::vector<Shown> stale(const Menus& now) {
    std::vector<Shown> old;
    for (const auto& button : shown) {
      if (button.data.starts_with("a:")) continue;  // an alert's button is for ever
      if (button.data.starts_with("m:") && !only_shows(button)) {
        const auto menu = now.find(menu_of(button.data));
        if (menu != now.end() && screen_of(menu->second) == button.screen) continue;
      }
      old.push_back(button);
    }
    return old;
  }

  /// What accounts did, or somebody tried to begin.
  std::vector<std::string> deeds() {
    std::vector<std::string> found;
    for (const auto method :
         {"messages.sendReaction", "messages.sendVote", "messages.sendMessage",
          "messages.importChatInvite", "channels.joinChannel", "channels.leaveChannel",
          "contacts.block", "contacts.unblock", "auth.logOut", "auth.sendCode"}) {
      for (const auto& call : stage.world().calls(method)) {
        if (call.at("user_id") != stage.town().bot) found.push_back(call.dump());
      }
    }
    return found;
  }

  /// False when the message is gone, with its buttons.
  bool press(const Shown& button) {
    try {
      stage.world().press_data(stage.town().admin, kBot, button.message, button.data, 30s);
      return true;
    } catch (const std::runtime_error& error) {
      if (std::string_view(error.what()).find("no message") != std::string_view::npos) return false;
      throw;
    }
  }

  std::vector<std::int64_t> users;
  std::int64_t message = 0;
  std::vector<Shown> shown;
  std::set<std::tuple<std::int64_t, std::string, std::string>> known;
};

TEST_F(StaleButtons, RandomPressesChangeNothing) {
  start();
  remember_screens();
  move_on();
  std::mt19937_64 random(20261126);
  int pressed = 0;
  std::set<std::string> kinds;  // of what would have acted
  for (int life = 0; life < lives; ++life) {
    remember_conversations();
    const auto menus = walk();
    const auto before = state(menus);
    stage.world().clear_calls();
    std::vector<Shown> only;
    std::map<std::string, std::vector<Shown>> acting;  // by what they say
    for (auto& button : stale(menus)) {
      (only_shows(button) ? only : acting[button.label]).push_back(std::move(button));
    }
    auto label = acting.begin();
    for (int i = 0; i < presses;) {
      // By turns what would only show something and, label by label, what would act.
      const bool acts = i % 2 == 0;
      if (acts && ++label == acting.end()) label = acting.begin();
      const auto& some = acts ? label->second : only;
      const auto& button = some[random() % some.size()];
      if (!press(button)) continue;
      ++i;
      ++pressed;
      if (!only_shows(button)) kinds.insert(button.label);
    }
    EXPECT_THAT(deeds(), IsEmpty()) << "life " << life;
    EXPECT_EQ(state(walk()), before) << "life " << life;
    if (life % 2 == 0) {
      stage.kill();
    } else {
      EXPECT_EQ(stage.stop(), 0);
    }
    start();
  }
  EXPECT_EQ(pressed, lives * presses);
  for (const auto label :
       {"Start", "Switch off", "Yes, delete", "Yes, remove", "Pause", "OK", "Cancel"}) {
    EXPECT_TRUE(kinds.contains(label)) << label << " was never pressed";
  }
  std::cerr << fmt::format("{} presses of {} different old buttons over {} restarts\n", pressed,
                           shown.size(), lives);
}

}  // namespace
}  // namespace prove
