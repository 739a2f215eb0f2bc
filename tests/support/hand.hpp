#pragma once
// One admin's hand on the bot, for tests in which several admins press at the same time: it acts on
// what is there now, remembers every button it ever saw, and says when a button does not come.
// One thread each; the data centre is shared.

#include "testdc/control/driver.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

class Hand {
 public:
  struct Button {
    std::string text;
    std::string data;  // raw bytes
  };

  using Wanted = std::function<bool(const Button&)>;

  Hand(testdc::Driver world, std::int64_t admin, std::int64_t bot, std::uint64_t seed)
      : world_(std::move(world)), admin_(admin), bot_(bot), random_(seed) {}

  void say(std::string_view text);
  /// Presses a button with this text, any of those that fit; false when none comes in time.
  bool press(std::string_view text);
  bool press(const Wanted& wanted);
  /// /start, then these buttons one after the other.
  bool open(std::initializer_list<std::string_view> buttons);
  /// What the bot says to the last act has one of these texts: a message that is new or was edited
  /// since, or the toast of the press. False when it does not come in time.
  bool sees(std::initializer_list<std::string_view> texts);

  bool sees(std::string_view text) { return sees(std::initializer_list<std::string_view>{text}); }

  /// A new picture of the bot since the last act.
  bool sees_picture();

  /// The whole text that the last sees() found.
  [[nodiscard]] const std::string& seen() const { return seen_; }

  /// Presses what some message showed some time ago, unless it does not fit; false when none does.
  bool press_stale(const Wanted& fits);

  /// A number below `end`.
  std::size_t below(std::size_t end) { return random_() % end; }

  /// Presses and texts so far, all of them answered.
  [[nodiscard]] int acts() const { return acts_; }

  /// Presses that the bot did not answer.
  [[nodiscard]] const std::vector<std::string>& unanswered() const { return unanswered_; }

 private:
  struct Place {
    std::int64_t message = 0;
    Button button;
  };

  struct Seen {
    std::int64_t id = 0;
    std::string text;
    std::string media;
    std::int64_t edits = 0;
    std::vector<Button> buttons;
  };

  std::optional<Place> find(const Wanted& wanted);
  void press(const Place& place);
  std::vector<Seen> newest();
  void remember();
  [[nodiscard]] bool answers(const Seen& message) const;
  bool wait(std::string_view what, const std::function<bool()>& done);

  testdc::Driver world_;
  std::int64_t admin_;
  std::int64_t bot_;
  std::mt19937_64 random_;
  std::vector<Place> known_;
  std::map<std::int64_t, std::int64_t>
      edits_before_;   // of the newest messages, before the last act
  std::string toast_;  // of the last act
  std::string seen_;
  int acts_ = 0;
  std::vector<std::string> unanswered_;
};

}  // namespace support
