// Everything at once: three admins who press, type and change their minds while saved accounts
// start, jobs run, messages match and connections break. At the end nothing is lost or doubled.
// TGPANEL_STRESS_OPERATIONS (wishes of each admin) and TGPANEL_STRESS_SEED make it longer or
// another.

#include "stress_fixture.hpp"
#include "support/folder_watch.hpp"

#include <chrono>
#include <set>
#include <sstream>
#include <utility>

namespace e2e {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::Ge;
using testing::Le;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;

/// A line of `tgpanel audit`.
struct Act {
  std::int64_t account = 0;
  std::string action;
  std::string outcome;
};

class Stress : public StressTest {
 protected:
  void print(std::chrono::steady_clock::duration took) {
    int wished = 0;
    int answered = 0;
    for (const auto& [name, tally] : tallies) {
      wished += tally.wished;
      answered += tally.answered;
    }
    std::cerr << fmt::format(
        "{} of {} wishes answered in {} ms, {} presses and texts, {} messages that match, {} "
        "accounts connecting at first, {} at last;",
        answered, wished, took / 1ms, acts, written,
        connecting_seen.empty() ? -1 : connecting_seen.front(), still_held);
    for (const auto& [name, tally] : tallies) {
      std::cerr << fmt::format(" {} {}/{}", name, tally.answered, tally.wished);
    }
    std::cerr << "\n";
  }

  /// The panel is there for everybody, no conversation is left, and its jobs come to an end.
  void expect_rest() {
    for (const auto admin : admins) {
      support::AdminChat chat(stage.world(), admin, stage.town().bot);
      chat.say("/start");
      chat.wait(words::kMainMenu, 60s);
    }
    for (int i = 0; i < 100; ++i) {
      stage.say("/start");
      stage.wait_bot(words::kMainMenu);
      stage.press(words::kReportStatus);
      const auto report = stage.wait_bot("running", 60s);
      if (report.text.find("0 jobs are running") != std::string::npos) return;
      stage.world().wait_change(stage.world().version(), 1s);
    }
    FAIL() << "jobs run on";
  }

  /// What Update groups tells of each account, by its number, over all pages.
  std::map<int, std::string> update_groups() {
    management();
    stage.press("Update groups");
    const auto all = number_after(stage.wait_bot("side by side").text, "of all", " ");
    stage.press("Look now");
    auto seen = stage.wait_bot(fmt::format("Looked at {} accounts.", all), 60s);
    std::map<int, std::string> told;
    for (int page = 1;; ++page) {
      std::istringstream lines(seen.text);
      for (std::string line; std::getline(lines, line);) {
        constexpr std::string_view kNameEnd = "\u2069: ";
        const auto name_end = line.find(kNameEnd);
        if (name_end == std::string::npos || !Wishes::is_digits(line.substr(0, line.find('.'))))
          continue;
        told[std::stoi(line)] = line.substr(name_end + kNameEnd.size());
      }
      const bool more = std::ranges::any_of(seen.keyboard, [](const auto& row) {
        return std::ranges::any_of(row, [](const auto& one) { return one.text == "Next ›"; });
      });
      if (!more) break;
      stage.press("Next ›");
      seen = stage.wait_bot(fmt::format("Page {} of", page + 1));
    }
    EXPECT_EQ(static_cast<std::int64_t>(told.size()), all) << "a line for each account";
    return told;
  }

  int alerts_of(int round) {
    const auto text = fmt::format("stressword {}", round);
    int count = 0;
    for (const auto& alert : stage.alerts()) {
      const auto at = alert.text.find(text);
      if (at == std::string::npos) continue;
      const auto next = at + text.size();
      count += next >= alert.text.size() || !Wishes::is_digits(alert.text.substr(next, 1)) ? 1 : 0;
    }
    return count;
  }

  /// One alert for each message: an account was there all the time.
  void expect_alerts() {
    const auto all = [&] {
      for (int round = 0; round < written; ++round) {
        if (alerts_of(round) == 0) return false;
      }
      return true;
    };
    stage.world().wait_until("all alerts", all, 60s);
    for (int round = 0; round < written; ++round) EXPECT_EQ(alerts_of(round), 1) << round;
  }

  /// Once nothing waits: the last alert is in the channel before its sending is noted.
  std::string statistics() {
    std::string text;
    stage.world().wait_until("all alerts to be sent", [&] {
      stage.say("/start");
      stage.wait_bot(words::kMainMenu);
      stage.press(words::kReportStatus);
      stage.wait_bot(words::kReportStatus);
      stage.press("Show stats");
      text = stage.wait_bot("Alerts waiting: ").text;
      return text.find("Alerts waiting: 0") != std::string::npos;
    });
    return text;
  }

  std::vector<Act> audit() {
    const auto process = stage.tgpanel({"audit"});
    EXPECT_EQ(process->wait(), 0) << process->err();
    std::vector<Act> acts_told;
    std::istringstream lines(process->out());
    std::string line;
    std::getline(lines, line);  // the header
    while (std::getline(lines, line)) {
      std::vector<std::string> fields;
      std::istringstream cells(line);
      for (std::string cell; std::getline(cells, cell, ',');) fields.push_back(cell);
      if (fields.size() < 8) throw std::runtime_error("audit: " + line);
      acts_told.push_back({std::stoll(fields[3]), fields[5], fields[7]});
    }
    return acts_told;
  }

  static std::int64_t count(const std::vector<Act>& all, std::string_view outcome,
                            std::string_view action = "") {
    return std::ranges::count_if(all, [&](const Act& act) {
      return act.outcome == outcome && (action.empty() || act.action == action);
    });
  }

  /// How many texts of accounts in these messages begin so; each account wrote each of them once.
  static std::int64_t texts(const std::vector<testdc::SeenMessage>& messages,
                            std::string_view begin) {
    std::set<std::pair<std::int64_t, std::string>> seen;
    for (const auto& one : messages) {
      if (!one.text.starts_with(begin)) continue;
      EXPECT_TRUE(seen.emplace(one.sender_id, one.text).second)
          << "twice by " << one.sender_name << ": " << one.text;
    }
    return static_cast<std::int64_t>(seen.size());
  }

  /// What is called done is there, and nothing that is not called done or not known.
  void expect_deeds(const std::vector<Act>& all) {
    std::int64_t notes = 0;
    for (const auto user : everybody) {
      notes +=
          texts(stage.world().messages(std::to_string(user), stage.town().writer), Wishes::kNote);
    }
    const auto market = stage.world().messages("Market");
    const auto comments = texts(market, Wishes::kComment);
    for (const auto& [action, there] :
         {std::pair("message", notes), std::pair("comment", comments)}) {
      EXPECT_GE(there, count(all, "done", action)) << action;
      EXPECT_LE(there, count(all, "done", action) + count(all, "unknown", action)) << action;
      EXPECT_GE(there, 1) << action;
    }
    std::set<std::int64_t> reacted;
    std::set<std::int64_t> voted;
    for (const auto& one : market) {
      if (one.id == aims.message) {
        for (const auto& who : one.reactions) {
          for (const auto& user : who) reacted.insert(user.get<std::int64_t>());
        }
      }
      if (one.id == aims.poll) {
        for (const auto& [user, options] : one.votes) {
          EXPECT_THAT(options, SizeIs(1)) << user;
          voted.insert(user);
        }
      }
    }
    expect_accounts(all, "reaction", reacted);
    expect_accounts(all, "vote", voted);
  }

  void expect_accounts(const std::vector<Act>& all, const std::string& action,
                       const std::set<std::int64_t>& there) {
    std::set<std::int64_t> accounts;
    for (const auto& act : all) {
      if (act.action != action || act.outcome != "done") continue;
      accounts.insert(act.account);
      const auto user = user_of.find(act.account);
      // One that was added and deleted meanwhile is known to nobody any more.
      if (user == user_of.end()) continue;
      EXPECT_THAT(there, Contains(user->second)) << action;
    }
    EXPECT_THAT(there, SizeIs(Ge(1U))) << action;
    EXPECT_THAT(there, SizeIs(Le(accounts.size()))) << action;
  }

  /// The list, the folders and Telegram's sessions agree: no login is left half-made.
  void expect_sessions(const std::vector<Json>& accounts) {
    std::set<std::int64_t> listed;
    for (const auto& account : accounts) listed.insert(account.at("user_id").get<std::int64_t>());
    EXPECT_EQ(listed.size(), accounts.size()) << "nobody twice";
    for (const auto user : everybody) {
      EXPECT_THAT(stage.world().sessions(user), SizeIs(listed.contains(user) ? 1U : 0U)) << user;
    }
    EXPECT_EQ(support::entries(stage.data() / "sessions"), accounts.size());
  }
};

TEST_F(Stress, NothingIsLostOrDoubledWhenEverythingHappensAtOnce) {
  const auto seed = from_environment("TGPANEL_STRESS_SEED", 1);
  const auto wishes = from_environment("TGPANEL_STRESS_OPERATIONS", Wishes::all().size() + 1);
  std::cerr << "seed " << seed << ", " << wishes << " wishes of each of 3 admins\n";
  start();
  const auto begun = std::chrono::steady_clock::now();
  add_keyword("stressword");
  play_all(seed, wishes);
  print(std::chrono::steady_clock::now() - begun);

  EXPECT_THAT(connecting_seen, AllOf(SizeIs(admins.size()), Contains(kHeld), Each(Ge(1))))
      << "accounts start while all admins press already";
  EXPECT_LT(still_held, std::size_t{kHeld}) << "and while they press on";
  EXPECT_THAT(unanswered, IsEmpty()) << "every press is answered";
  for (const auto& [name, wish] : Wishes::all()) EXPECT_GE(tallies[name].answered, 1) << name;

  expect_rest();
  // Update groups looks at each account, and all of them are in the one group that there is.
  const auto groups_told = update_groups();
  for (const auto& [number, what] : groups_told) {
    EXPECT_THAT(what, AnyOf(StartsWith("groups: 1"), "not looked at: It is switched off."))
        << number;
  }
  EXPECT_THAT(groups_told, Contains(Pair(1, StartsWith("groups: 1")))) << "nobody touched it";
  expect_alerts();
  const auto shown = statistics();
  EXPECT_EQ(stage.stop(), 0);

  const auto acts_told = audit();
  EXPECT_EQ(number_after(shown, "Matches", "all: "), written) << shown;
  EXPECT_EQ(number_after(shown, "Alerts sent", "all: "), written) << shown;
  EXPECT_EQ(number_after(shown, "\n    all: ", "done "), count(acts_told, "done")) << shown;
  EXPECT_EQ(number_after(shown, "\n    all: ", "failed "), count(acts_told, "failed")) << shown;
  EXPECT_EQ(number_after(shown, "\n    all: ", "unknown "), count(acts_told, "unknown")) << shown;
  const auto accounts = stored_accounts();
  EXPECT_EQ(number_after(shown, "Accounts", ": "), static_cast<std::int64_t>(accounts.size()));
  EXPECT_THAT(groups_told, SizeIs(accounts.size()));
  expect_deeds(acts_told);
  expect_sessions(accounts);
}

}  // namespace
}  // namespace e2e
