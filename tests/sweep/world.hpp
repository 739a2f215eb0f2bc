#pragma once
// A stage whose panel may die at any instant, and an admin who notices.

#include "support/admin_chat.hpp"
#include "support/stage.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sweep {

/// The panel was killed: thrown by whatever is done with it from then on.
class PanelDied : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "the panel has died"; }
};

/// The panel ended without having been killed, or not as it should.
class PanelFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Every wait ends when its event comes, when the panel dies (PanelDied), or at a deadline
/// (std::runtime_error).
class World {
 public:
  World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() = default;

  [[nodiscard]] support::Stage& stage() { return stage_; }

  [[nodiscard]] const support::Town& town() const { return stage_.town(); }

  /// The data centre; every operation through it throws PanelDied once the panel is gone.
  [[nodiscard]] testdc::Driver& watched() { return watched_; }

  /// Starts the panel, to be killed at this step (0: none), and waits until it is ready.
  void start(std::uint64_t crash_step);
  /// SIGTERM; it may still be killed while it ends.
  void stop();

  // What the admin does.
  void say(std::string_view text) { admin_.say(text); }

  void press(std::string_view button);
  testdc::SeenMessage wait(std::string_view text);
  /// /start, and waits for the menu.
  void menu();
  /// All that the bot ever said to the admin, the oldest first; without what was deleted.
  std::vector<std::string> told();
  /// How many messages of the bot say, or once said, this.
  int times_told(std::string_view text);
  void wait_until(std::string_view what, const std::function<bool()>& done);

  /// What the newest life of the panel has logged so far.
  [[nodiscard]] std::string log();

  /// What each life of the panel logged.
  [[nodiscard]] const std::vector<std::string>& logs() const { return logs_; }

 private:
  void require_life();
  testdc::Json perform(std::string_view operation, const testdc::Json& arguments);
  testdc::Json press_once(testdc::Json arguments);
  bool ended();
  void expect_kill();

  support::Stage stage_;
  testdc::Driver watched_;
  support::AdminChat admin_;
  std::vector<std::string> logs_;
  bool begun_ = false;                                // there is a panel
  std::vector<std::future<testdc::Json>> abandoned_;  // presses that nobody answers any more
};

[[nodiscard]] bool has_button(const testdc::SeenMessage& message, std::string_view text);

}  // namespace sweep
