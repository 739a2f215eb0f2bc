#pragma once
// A part of the scenario: what an admin wishes, and what has to hold afterwards, wherever the panel
// was killed in between.

#include "sweep/world.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sweep {

/// What is broken, in a sentence each; and how many outcomes nobody knows.
struct Findings {
  std::vector<std::string> lost;
  std::vector<std::string> twice;
  std::vector<std::string> unclear;  // more outcomes not known than a kill excuses
  std::vector<std::string> died;     // the panel ended where nobody had killed it
  std::vector<std::string> other;
  std::map<std::string, int> unknown;  // by account

  [[nodiscard]] bool good() const {
    return lost.empty() && twice.empty() && unclear.empty() && died.empty() && other.empty();
  }
};

class Part {
 public:
  Part() = default;
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  virtual ~Part() = default;

  /// Before the first start of the panel.
  virtual void prepare(World& world) = 0;
  /// The admin's wishes, until all is settled. After a kill it is begun anew: the admin looks first
  /// at what is there, and wishes again only what the bot never acknowledged.
  virtual void play(World& world, Findings& findings) = 0;
  /// Against the records of the data centre; the panel runs.
  virtual void check(World& world, Findings& findings) = 0;
};

struct PartRow {
  std::string_view name;
  std::unique_ptr<Part> (*make)();
};

/// All parts, in the order of the scenario.
[[nodiscard]] std::span<const PartRow> parts();

std::unique_ptr<Part> make_login();
std::unique_ptr<Part> make_alerts();
std::unique_ptr<Part> make_reaction();
std::unique_ptr<Part> make_message();
std::unique_ptr<Part> make_comment();
std::unique_ptr<Part> make_groups();
std::unique_ptr<Part> make_deletion();

/// The names that seed_accounts gives. The panel numbers them as their logins end: in any order.
inline constexpr std::string_view kNames[] = {"Account 0", "Twin", "\u0633\u0627\u0631\u0627 2"};

/// Saved sessions of `count` members of the group Market; their user ids.
std::vector<std::int64_t> seed_members(World& world, int count);

/// Account Management → List accounts; the list.
testdc::SeenMessage list_accounts(World& world);

/// The button of an account on the list, "1. Alice"; empty when it is not there.
std::string account_button(const testdc::SeenMessage& list, std::string_view name);

}  // namespace sweep
