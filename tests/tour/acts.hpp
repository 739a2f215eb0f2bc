#pragma once
// The acts of the tour: what an admin does in the first quarter of an hour, and what must be true
// in the data centre's own records afterwards.

#include "tour/live.hpp"
#include "tour/town_hall.hpp"

#include <string>
#include <vector>

namespace tour {

/// One line of the closing table.
struct Check {
  std::string what;
  std::string found;
  bool held = false;
};

class Tour {
 public:
  Tour(TownHall& hall, Live& live);

  /// Plays all acts. Throws std::runtime_error when the panel does not do what is expected in time.
  void play();

  [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }

 private:
  void log_in_by_phone();
  void log_in_with_password();
  void log_in_by_qr();
  void watch_for_a_keyword();
  void ignore_a_person();
  void react_with_all();
  void restart();

  void heading(std::string_view text);
  void note(std::string_view text);
  void check(std::string what, std::string found, bool held);

  void say(std::string_view text);
  void press(std::string_view button);
  testdc::SeenMessage wait_bot(std::string_view text);
  testdc::SeenMessage wait_alert(std::string_view text);
  void begin_login(std::string_view how);
  void key_in(std::string_view code);
  [[nodiscard]] std::size_t alerts_with(std::string_view text);

  TownHall& hall_;
  Live& live_;
  testdc::Driver world_;
  support::AdminChat admin_;
  std::int64_t ignored_alert_ = 0;
  std::vector<Check> checks_;
};

}  // namespace tour
