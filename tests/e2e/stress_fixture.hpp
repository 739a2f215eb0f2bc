#pragma once
// The stage of the stress test: three admins, accounts of which most are still starting, and
// trouble meanwhile. What happened is kept, for the checks at the end.

#include "account_fixture.hpp"
#include "stress_wishes.hpp"
#include "support/seeded_accounts.hpp"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace e2e {

inline std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

/// The number that follows `after` and then `key` in `text`; -1: there is none.
inline std::int64_t number_after(std::string_view text, std::string_view after,
                                 std::string_view key) {
  auto at = text.find(after);
  if (at != std::string_view::npos) at = text.find(key, at + after.size());
  if (at == std::string_view::npos) return -1;
  std::string digits;
  for (const char c : text.substr(at + key.size())) {
    if (c == ',') continue;
    if (c < '0' || c > '9') break;
    digits += c;
  }
  return digits.empty() ? -1 : std::stoll(digits);
}

class StressTest : public AccountTest {
 protected:
  static constexpr int kSeeded = 14;
  static constexpr int kHeld = 9;  // accounts that Telegram does not answer at first

  struct Tally {
    int wished = 0;
    int answered = 0;
  };

  void SetUp() override {
    // What TDLib asks beside the log out of an account that is deleted is refused after it.
    stage.allow_complaint("[Error : 401 : AUTH_KEY_UNREGISTERED]");
    auto& world = stage.world();
    const auto& town = stage.town();
    admins = {town.admin, world.add_user("15550000110", "Erik", "erik"),
              world.add_user("15550000111", "Fatma", "fatma")};
    stage.environment()["ADMIN_ID"] = fmt::format("{},{},{}", admins[0], admins[1], admins[2]);
    everybody = support::seed_accounts(stage, kSeeded);
    for (const auto user : everybody) world.add_member("Market", user);
    everybody.insert(everybody.end(), town.accounts.begin(), town.accounts.end());
    // Who was written to first may answer as often as an admin likes.
    for (const auto user : everybody) world.write(town.writer, std::to_string(user), "hello");
    aims.message = world.write(town.writer, "Market", "Please react to this");
    aims.poll = world.send(town.writer, "Market",
                           {{"question", "Tea?"}, {"options", {"Black tea", "Green tea"}}});
    for (const auto& account : stored_accounts()) {
      if (account.at("id").get<int>() > kSeeded - kHeld) {
        held.push_back(account.at("user_id").get<std::int64_t>());
      }
    }
    hold();
  }

  /// The accounts that are on disk; the panel does not run.
  std::vector<Json> stored_accounts() {
    const auto listing = stage.tgpanel({"account", "list", "--json"});
    if (listing->wait() != 0) throw std::runtime_error(listing->err());
    auto accounts = Json::parse(listing->out()).get<std::vector<Json>>();
    for (const auto& account : accounts) {
      user_of[account.at("id").get<std::int64_t>()] = account.at("user_id").get<std::int64_t>();
    }
    return accounts;
  }

  void hold() {
    for (const auto user : held) {
      stage.world().fault({{"method", "*"}, {"user_id", user}, {"times", -1}, {"drop", true}});
    }
  }

  /// Telegram answers one more of those that are held.
  void let_one_start() {
    if (held.empty()) return;
    const auto user = held.back();
    held.pop_back();
    stage.world().clear_faults();
    hold();
    stage.world().forget_sessions(user);
  }

  void play(int admin, std::uint64_t seed, std::size_t count) {
    Wishes wishes({stage.world(), admins[static_cast<std::size_t>(admin)], stage.town().bot, seed},
                  aims, admin);
    auto& hand = wishes.hand();
    std::map<std::string, Tally> mine;
    auto kinds = Wishes::all();
    std::ranges::shuffle(kinds.begin() + 1, kinds.end(), std::mt19937_64(seed));
    const auto make = [&](const Wishes::Named& kind) {
      auto& tally = mine[kind.name];
      ++tally.wished;
      if ((wishes.*kind.wish)()) ++tally.answered;
    };
    for (std::size_t turn = 0; turn < count; ++turn) {
      // Each kind once, in an order of this admin's own, then as it comes.
      make(kinds[turn < kinds.size() ? turn : hand.below(kinds.size())]);
      if (turn > 0) continue;
      const std::lock_guard lock(mutex);
      connecting_seen.push_back(number_after(hand.seen(), "Accounts", "connecting: "));
      ++first_wishes;
    }
    // A late answer to something else may take the place of a menu: once more what it swept away.
    for (const auto& kind : kinds) {
      if (mine[kind.name].answered == 0) make(kind);
    }
    hand.say("/start");
    const std::lock_guard lock(mutex);
    acts += hand.acts();
    for (const auto& [name, tally] : mine) {
      tallies[name].wished += tally.wished;
      tallies[name].answered += tally.answered;
    }
    unanswered.insert(unanswered.end(), hand.unanswered().begin(), hand.unanswered().end());
  }

  /// Accounts that come up one by one once every admin has had an answer, messages that match,
  /// connections that break, waits that TDLib sleeps through.
  void disturb(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    auto& world = stage.world();
    auto version = world.version();
    for (int round = 0; !over; ++round) {
      // The pace is that of the world, not of the clock.
      for (int i = 0; i < 40 && !over; ++i) version = world.wait_change(version, 200ms);
      if (first_wishes == static_cast<int>(admins.size())) let_one_start();
      world.write(stage.town().writer, "Market", fmt::format("stressword {}", round));
      ++written;
      const auto user = everybody[random() % kSeeded];
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

  /// All of it side by side, `count` wishes of each admin.
  void play_all(std::uint64_t seed, std::size_t count) {
    std::vector<std::thread> hands;
    for (int admin = 0; admin < static_cast<int>(admins.size()); ++admin) {
      hands.emplace_back([this, admin, seed, count] {
        play(admin, seed * 3 + static_cast<std::uint64_t>(admin), count);
      });
    }
    std::thread trouble([this, seed] { disturb(seed); });
    for (auto& hand : hands) hand.join();
    over = true;
    trouble.join();
    still_held = held.size();
    while (!held.empty()) let_one_start();
    stage.world().clear_faults();
  }

  std::vector<std::int64_t> admins;
  std::vector<std::int64_t> everybody;           // who may be an account: the seeded ones first
  std::map<std::int64_t, std::int64_t> user_of;  // of accounts, by their numbers
  std::vector<std::int64_t> held;                // users
  std::size_t still_held = 0;                    // when the last wish was answered
  Aims aims;
  std::atomic<int> first_wishes{0};
  std::atomic<bool> over{false};
  int written = 0;
  std::mutex mutex;  // of what follows
  int acts = 0;
  std::vector<std::int64_t> connecting_seen;  // by the admins, in the answers to the first wishes
  std::map<std::string, Tally> tallies;
  std::vector<std::string> unanswered;
};

}  // namespace e2e
