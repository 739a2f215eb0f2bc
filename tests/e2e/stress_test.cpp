// Everything at once: three admins who press, type and change their minds while saved accounts
// start, jobs run, messages match and connections break. At the end nothing is lost or doubled.
// TGPANEL_STRESS_OPERATIONS (wishes of each admin) and TGPANEL_STRESS_SEED make it longer or
// another.

#include "account_fixture.hpp"
#include "support/folder_watch.hpp"
#include "support/hand.hpp"
#include "support/seeded_accounts.hpp"

#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <sstream>
#include <thread>

namespace e2e {
namespace {

using support::Hand;
using testing::AnyOf;
using testing::Contains;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;

constexpr int kSeeded = 10;
constexpr std::string_view kGuard = "c1";  // page of the account that nobody touches

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The menu that a button leads to, as "c12".
std::string_view target(const Hand::Button& button) {
  const std::string_view data = button.data;
  const auto action = data.rfind(":g.");
  return action == std::string_view::npos ? std::string_view() : data.substr(action + 3);
}

bool leads_to(const Hand::Button& button, char menu) {
  return target(button).starts_with(menu) && is_digits(target(button).substr(1));
}

class Stress : public AccountTest {
 protected:
  using Wish = bool (Stress::*)(Hand&, int);

  // Everybody has a name, so that a report tells what never came to its end.
  struct Named {
    const char* name;
    Wish wish;
  };

  static std::vector<Named> wishes() {
    return {
        {"list", &Stress::list},       {"toggle", &Stress::toggle},   {"remove", &Stress::remove},
        {"add", &Stress::add},         {"react", &Stress::react},     {"alone", &Stress::alone},
        {"vote", &Stress::vote},       {"comment", &Stress::comment}, {"stats", &Stress::stats},
        {"keyword", &Stress::keyword}, {"give up", &Stress::give_up}, {"stale", &Stress::stale},
        {"search", &Stress::search},   {"groups", &Stress::groups},   {"chat", &Stress::chat},
        {"update", &Stress::update}};
  }

  void SetUp() override {
    // What TDLib asks beside the log out of an account that is deleted is refused after it.
    stage.allow_complaint("[Error : 401 : AUTH_KEY_UNREGISTERED]");
    auto& world = stage.world();
    const auto& town = stage.town();
    admins = {town.admin, world.add_user("15550000110", "Erik", "erik"),
              world.add_user("15550000111", "Fatma", "fatma")};
    stage.environment()["ADMIN_ID"] = fmt::format("{},{},{}", admins[0], admins[1], admins[2]);
    users = support::seed_accounts(stage, kSeeded);
    for (const auto user : users) world.add_member("Market", user);
    message = world.write(town.writer, "Market", "Please react to this");
    poll = world.send(town.writer, "Market",
                      {{"question", "Tea?"}, {"options", {"Black tea", "Green tea"}}});
  }

  std::string link(std::int64_t id) { return fmt::format("https://t.me/market/{}", id); }

  // The wishes: what an admin wants, step by step. False when a step never came.
  bool list(Hand& hand, int) {
    return hand.open({words::kAccountManagement, words::kListAccounts}) &&
           hand.press([](const auto& button) { return leads_to(button, 'c'); });
  }

  bool open_some_account(Hand& hand) {
    return hand.open({words::kAccountManagement, words::kListAccounts}) &&
           hand.press([](const auto& button) {
             return leads_to(button, 'c') && target(button) != kGuard;
           });
  }

  bool toggle(Hand& hand, int) {
    const auto is_switch = [](const auto& button) {
      return button.text == "Switch off" || button.text == "Switch on" ||
             button.text == "Exclude from operations" ||
             button.text == "Let it take part in operations";
    };
    if (!open_some_account(hand) || !hand.press(is_switch)) return false;
    hand.press_stale(is_switch);  // the same again, or one of another account, of before
    return true;
  }

  bool remove(Hand& hand, int) {
    if (removals_left.fetch_sub(1) <= 0) return list(hand, 0);
    return open_some_account(hand) && hand.press("Delete account") && hand.press("Yes, delete");
  }

  bool add(Hand& hand, int admin) {
    const auto& person = support::kPeople[static_cast<std::size_t>(admin)];
    if (!hand.open({words::kAccountManagement, words::kAddAccount, words::kByPhone})) return false;
    if (!hand.sees("international form")) return false;
    hand.say(fmt::format("+{}", person.phone));
    for (const char digit : support::kLoginCode) {
      if (!hand.press(std::string(1, digit))) return false;
    }
    if (!hand.press("OK")) return false;
    if (person.password.empty()) return true;
    if (!hand.sees("password")) return false;
    hand.say(person.password);
    return true;
  }

  bool finish(Hand& hand) { return hand.press(words::kStartJob); }

  bool choose_and_react(Hand& hand) {
    hand.say(link(message));
    return hand.sees("Choose the reaction") && hand.press([](const auto& button) {
      return static_cast<unsigned char>(button.text.front()) >= 0xE2U &&
             button.text != words::kBack;
    }) && finish(hand);
  }

  bool react(Hand& hand, int) {
    if (!hand.open({words::kBulk, words::kReaction}) || !hand.sees("How many accounts"))
      return false;
    if (hand.below(2) == 0) {
      hand.say("2");
    } else if (!hand.press([](const auto& button) { return is_digits(button.text); })) {
      return false;
    }
    return hand.sees("link of the message") && choose_and_react(hand);
  }

  bool alone(Hand& hand, int) {
    return hand.open({words::kIndividual}) &&
           hand.press([](const auto& button) { return target(button) == "A1"; }) &&
           hand.press(words::kReaction) && hand.sees("link of the message") &&
           choose_and_react(hand);
  }

  bool vote(Hand& hand, int) {
    if (!hand.open({words::kBulk, words::kVote}) || !hand.sees("How many accounts")) return false;
    hand.say("2");
    if (!hand.sees("link of the message")) return false;
    hand.say(link(poll));
    return hand.press([](const auto& button) { return button.text.ends_with("tea"); }) &&
           finish(hand);
  }

  bool comment(Hand& hand, int admin) {
    if (!hand.open({words::kBulk, "Comment"}) || !hand.sees("How many accounts")) return false;
    hand.say("2");
    if (!hand.sees("link of the message")) return false;
    hand.say(link(message));
    if (!hand.sees("text of the comment")) return false;
    hand.say(fmt::format("comment {} of {}", hand.acts(), admin));
    return hand.sees("This takes about") && finish(hand);
  }

  bool stats(Hand& hand, int) { return hand.open({"Report Status", "Refresh"}); }

  bool keyword(Hand& hand, int admin) {
    if (!hand.open({words::kMonitorMode, words::kAddKeyword})) return false;
    hand.say(fmt::format("word{}of{}", hand.acts(), admin));
    return hand.sees("Added the keyword");
  }

  bool give_up(Hand& hand, int) {
    if (!hand.open({words::kBulk, hand.below(2) == 0 ? words::kJoin : words::kBlock})) return false;
    hand.say("\u0660 what?");
    return hand.press(words::kCancel);
  }

  bool stale(Hand& hand, int) {
    // Not what would end what the checks at the end rely on.
    const auto harmless = [](const Hand::Button& button) {
      const std::string_view data = button.data;
      const bool of_account = data.starts_with("m:c") || data.starts_with("m:d");
      return (!of_account || !target(button).empty()) && button.text != "Yes, remove";
    };
    for (int i = 0; i < 3; ++i) hand.press_stale(harmless);
    return true;
  }

  bool search(Hand& hand, int) {
    if (!hand.open({words::kAccountManagement, "Search"})) return false;
    hand.say("account");
    return hand.press(words::kCancel);
  }

  bool groups(Hand& hand, int) {
    return list(hand, 0) && hand.press([](const auto& button) {
      return leads_to(button, 'g') || button.text == "Refresh";
    });
  }

  /// Update groups, at times left while accounts are still looked at.
  bool update(Hand& hand, int) {
    if (!hand.open({words::kAccountManagement, "Update groups"}) || !hand.sees("side by side")) {
      return false;
    }
    if (!hand.press("Look now") || !hand.sees("Looked at")) return false;
    return hand.below(3) == 0 || hand.sees(" accounts.");
  }

  bool chat(Hand& hand, int) {
    constexpr std::string_view kTexts[] = {"hello",  "/cancel",  "2",
                                           "\u06f2", "/start x", "\U0001F600"};
    hand.say(kTexts[hand.below(std::size(kTexts))]);
    return true;
  }

  void play(int admin, std::uint64_t seed, std::size_t count) {
    Hand hand(stage.world(), admins[static_cast<std::size_t>(admin)], stage.town().bot, seed);
    std::map<std::string, int> done;
    auto kinds = wishes();
    std::ranges::shuffle(kinds, std::mt19937_64(seed));
    for (std::size_t turn = 0; turn < count; ++turn) {
      // Each kind once, in an order of this admin's own, then as it comes.
      const auto& [name, wish] = kinds[turn < kinds.size() ? turn : hand.below(kinds.size())];
      if ((this->*wish)(hand, admin)) ++done[name];
    }
    // A late answer to something else may take the place of a menu: once more what it swept away.
    for (const auto& [name, wish] : kinds) {
      if (!done.contains(name) && (this->*wish)(hand, admin)) ++done[name];
    }
    hand.say("/start");
    const std::lock_guard lock(mutex);
    acts += hand.acts();
    for (const auto& [name, times] : done) wishes_done[name] += times;
    unanswered.insert(unanswered.end(), hand.unanswered().begin(), hand.unanswered().end());
  }

  /// Messages that match, connections that break, waits that TDLib sleeps through.
  void disturb(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    auto& world = stage.world();
    auto version = world.version();
    for (int round = 0; !over; ++round) {
      // The pace is that of the world, not of the clock.
      for (int i = 0; i < 40 && !over; ++i) version = world.wait_change(version, 200ms);
      world.write(stage.town().writer, "Market", fmt::format("stressword {}", round));
      ++written;
      const auto user = users[random() % users.size()];
      if (round % 3 == 0) world.drop_connections(user);
      if (round % 3 == 1) {
        world.fault({{"method", "messages.sendReaction"},
                     {"user_id", user},
                     {"times", 1},
                     {"code", 420},
                     {"text", "FLOOD_WAIT_1"}});
      }
    }
  }

  /// What Update groups tells of each account, by its number, over all pages.
  std::map<int, std::string> update_groups() {
    management();
    stage.press("Update groups");
    const auto hint = stage.wait_bot("side by side").text;
    const auto number = hint.find("of all ") + 7;
    const auto all = hint.substr(number, hint.find(' ', number) - number);
    stage.press("Look now");
    auto seen = stage.wait_bot(fmt::format("Looked at {} accounts.", all), 60s);
    std::map<int, std::string> told;
    for (int page = 1;; ++page) {
      std::istringstream lines(seen.text);
      for (std::string line; std::getline(lines, line);) {
        constexpr std::string_view kNameEnd = "\u2069: ";
        const auto name_end = line.find(kNameEnd);
        if (name_end == std::string::npos || !is_digits(line.substr(0, line.find('.')))) continue;
        told[std::stoi(line)] = line.substr(name_end + kNameEnd.size());
      }
      const bool more = std::ranges::any_of(seen.keyboard, [](const auto& row) {
        return std::ranges::any_of(row, [](const auto& one) { return one.text == "Next ›"; });
      });
      if (!more) break;
      stage.press("Next ›");
      seen = stage.wait_bot(fmt::format("Page {} of", page + 1));
    }
    EXPECT_EQ(std::to_string(told.size()), all) << "a line for each account";
    return told;
  }

  int alerts_of(int round) {
    const auto text = fmt::format("stressword {}", round);
    int count = 0;
    for (const auto& alert : stage.alerts()) {
      const auto at = alert.text.find(text);
      if (at == std::string::npos) continue;
      const auto next = at + text.size();
      count += next >= alert.text.size() || !is_digits(alert.text.substr(next, 1)) ? 1 : 0;
    }
    return count;
  }

  std::vector<std::int64_t> admins;
  std::vector<std::int64_t> users;
  std::int64_t message = 0;
  std::int64_t poll = 0;
  std::atomic<int> removals_left{2};
  std::atomic<bool> over{false};
  int written = 0;
  std::mutex mutex;
  int acts = 0;
  std::map<std::string, int> wishes_done;
  std::vector<std::string> unanswered;
};

TEST_F(Stress, NothingIsLostOrDoubledWhenEverythingHappensAtOnce) {
  const auto seed = from_environment("TGPANEL_STRESS_SEED", 1);
  const auto count = from_environment("TGPANEL_STRESS_OPERATIONS", wishes().size() + 5);
  std::cerr << "seed " << seed << ", " << count << " wishes of each of 3 admins\n";
  start();
  add_keyword("stressword");

  std::vector<std::thread> hands;
  for (int admin = 0; admin < 3; ++admin) {
    hands.emplace_back([this, admin, seed, count] {
      play(admin, seed * 3 + static_cast<std::uint64_t>(admin), count);
    });
  }
  std::thread trouble([this, seed] { disturb(seed); });
  for (auto& hand : hands) hand.join();
  over = true;
  trouble.join();
  stage.world().clear_faults();
  std::cerr << acts << " presses and texts, " << written << " messages that match; wishes:";
  for (const auto& [name, times] : wishes_done) std::cerr << " " << name << " " << times;
  std::cerr << "\n";

  EXPECT_THAT(unanswered, IsEmpty()) << "every press is answered";
  for (const auto& [name, wish] : wishes()) EXPECT_GE(wishes_done[name], 1) << name;

  // The panel is there for everybody, no conversation is left, and its jobs come to an end.
  for (const auto admin : admins) {
    support::AdminChat chat(stage.world(), admin, stage.town().bot);
    chat.say("/start");
    chat.wait(words::kMainMenu, 60s);
  }
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  stage.press("Report Status");
  for (int i = 0; i < 100; ++i) {
    const auto report = stage.wait_bot("running", 60s);
    if (report.text.find("0 jobs are running") != std::string::npos) break;
    ASSERT_LT(i, 99) << report.text;
    stage.world().wait_change(stage.world().version(), 1s);
    stage.say("/start");
    stage.press("Report Status");
  }

  // Update groups looks at each account, and all of them are in the one group that there is.
  const auto groups_told = update_groups();
  for (const auto& [number, what] : groups_told) {
    EXPECT_THAT(what, AnyOf(StartsWith("groups: 1"), "not looked at: It is switched off."))
        << number;
  }
  EXPECT_THAT(groups_told, Contains(Pair(1, StartsWith("groups: 1")))) << "nobody touched it";

  // One alert for each message: an account was there all the time.
  stage.world().wait_until(
      "all alerts",
      [&] {
        for (int round = 0; round < written; ++round) {
          if (alerts_of(round) == 0) return false;
        }
        return true;
      },
      60s);
  for (int round = 0; round < written; ++round) EXPECT_EQ(alerts_of(round), 1) << round;

  // No account wrote the same comment twice.
  std::set<std::pair<std::int64_t, std::string>> comments;
  for (const auto& seen : stage.world().messages("Market")) {
    if (!seen.text.starts_with("comment ")) continue;
    EXPECT_TRUE(comments.emplace(seen.sender_id, seen.text).second)
        << seen.sender_name << ": " << seen.text;
  }

  EXPECT_EQ(stage.stop(), 0);

  // The list, the folders and Telegram's sessions agree: no login is left half-made.
  const auto listing = stage.tgpanel({"account", "list", "--json"});
  ASSERT_EQ(listing->wait(), 0) << listing->err();
  const auto accounts = Json::parse(listing->out());
  std::set<std::int64_t> listed;
  for (const auto& account : accounts) listed.insert(account.at("user_id").get<std::int64_t>());
  EXPECT_EQ(listed.size(), accounts.size()) << "nobody twice";
  EXPECT_THAT(groups_told, SizeIs(accounts.size()));
  auto everybody = users;
  everybody.insert(everybody.end(), stage.town().accounts.begin(), stage.town().accounts.end());
  for (const auto user : everybody) {
    EXPECT_THAT(stage.world().sessions(user), SizeIs(listed.contains(user) ? 1U : 0U)) << user;
  }
  EXPECT_EQ(support::entries(stage.data() / "sessions"), accounts.size());
}

}  // namespace
}  // namespace e2e
