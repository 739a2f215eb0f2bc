// Exactly one alert for each match, whatever happens meanwhile: many accounts in the same groups,
// restarts, kills at any instant, gaps, updates that Telegram withholds, a basic group.

#include "e2e/monitor_fixture.hpp"
#include "prove/size.hpp"
#include "support/seeded_accounts.hpp"

#include <map>

namespace prove {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kHidden = "Quiet corner";  // its updates are always withheld
constexpr std::string_view kBasic = "Old friends";
constexpr std::chrono::milliseconds kCaughtUp = 120s;

class Alerts : public e2e::MonitorTest {
 protected:
  const int accounts = sized(50, 8);
  const int messages = sized(10'000, 600);
  const int every = 10;  // one message in so many matches
  const int lives = sized(10, 4);
  const int gaps = sized(3, 1);
  const int gap = sized(300, 150);

  void SetUp() override {
    stage.environment()["TGPANEL_PACE_SCALE"] = "30";
    auto& world = stage.world();
    const auto users = support::seed_accounts(stage, accounts);
    for (const auto user : users) world.add_member("Market", user);
    auto members = users;
    members.insert(members.begin(), stage.town().writer);
    world.add_chat("supergroup", kHidden, "quiet", members);
    world.withhold_updates(std::string(kHidden), true);
    members.resize(6);
    world.add_chat("basic_group", kBasic, "", members);
  }

  void match(std::string_view chat) {
    write(fmt::format("bicycle, match no. {} of many", ++matches), std::string(chat));
  }

  /// The next `count` messages; of ten matches one goes to the basic group and one is withheld.
  void write_some(int count) {
    for (int i = 0; i < count; ++i, ++written) {
      if (written % every != 0) {
        write(fmt::format("message {}, about something else", written));
      } else {
        const int kind = written / every % 10;
        match(kind == 3 ? kBasic : kind == 7 ? kHidden : "Market");
      }
    }
  }

  /// Matches that TDLib never sees: they are followed by more messages than a difference brings.
  void write_in_gap() {
    stage.world().withhold_updates("Market", true);
    for (int i = 0; i < 3; ++i) match("Market");
    stage.world().make_gap("Market", stage.town().writer, gap);
    match("Market");
    stage.world().withhold_updates("Market", false);
    match("Market");
  }

  /// How often each match is in the channel.
  std::map<int, int> times() {
    std::map<int, int> count;
    for (const int number : numbers_in_channel()) ++count[number];
    return count;
  }

  void wait_for_all(std::chrono::milliseconds deadline) {
    stage.world().wait_until(
        fmt::format("{} alerts", matches),
        [this] { return times().size() == static_cast<std::size_t>(matches); }, deadline);
  }

  int matches = 0;
  int written = 0;
};

TEST_F(Alerts, ExactlyOneEachOverRestartsKillsGapsAndWithheldUpdates) {
  start();
  add_keyword("bicycle");
  const int part = messages / (lives + 1);
  for (int life = 0; life < lives; ++life) {
    write_some(part - part / 10);
    if (life % 2 == 0 && life / 2 < gaps) write_in_gap();
    if (life % 2 == 0) {
      stage.kill();
    } else {
      EXPECT_EQ(stage.stop(), 0);
    }
    write_some(part / 10);  // nobody is there
    start();
    wait_for_all(kCaughtUp);  // a gap is read back for 5,000 messages: no more than that may wait
  }
  write_some(messages - written);
  wait_for_all(kCaughtUp);

  // Whatever would come twice is in the queue before these: one is pushed, one found by a sweep.
  EXPECT_EQ(stage.stop(), 0);
  start();
  match("Market");
  match(kHidden);
  wait_for_all(kCaughtUp);
  const auto seen = times();
  int missing = 0;
  int doubled = 0;
  for (int number = 1; number <= matches; ++number) {
    const auto at = seen.find(number);
    missing += at == seen.end() ? 1 : 0;
    doubled += at != seen.end() && at->second > 1 ? 1 : 0;
  }
  EXPECT_EQ(missing, 0);
  EXPECT_EQ(doubled, 0);
  EXPECT_THAT(seen, testing::SizeIs(static_cast<std::size_t>(matches)));
  std::cerr << fmt::format(
      "{} accounts, {} messages and {} matches, {} restarts, {} kills, {} gaps of {}: {} posts, {} "
      "missing, {} twice\n",
      accounts, written, matches, lives / 2 + 1, (lives + 1) / 2, gaps, gap, stage.alerts().size(),
      missing, doubled);
}

}  // namespace
}  // namespace prove
