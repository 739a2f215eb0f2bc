#pragma once
// Prints chats as they change: bubbles, buttons, edits.

#include "testdc/control/driver.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tour {

/// A chat as one viewer sees it.
struct Window {
  std::string title;  // above its bubbles
  testdc::ChatRef chat;
  std::int64_t viewer = 0;
  std::int64_t me = 0;  // whose bubbles stand on the right
};

class Transcript {
 public:
  /// `colour`: use terminal colours.
  Transcript(testdc::Driver driver, std::vector<Window> windows, bool colour);

  /// Prints whatever is new or edited in the windows since the last call.
  void catch_up();
  /// A heading between two acts.
  void heading(std::string_view text);
  /// A line of the narrator.
  void note(std::string_view text);

  /// Numbers of buttons are shown only when a person is to press them.
  void number_buttons(bool on) { numbered_ = on; }

  struct NumberedButton {
    std::int64_t message = 0;
    std::string text;
    std::string number;  // a button whose label is a number has that one
  };

  /// The buttons of the newest message of the first window that has any, in the order of their
  /// numbers.
  [[nodiscard]] std::vector<NumberedButton> buttons();

 private:
  struct Seen {
    std::int64_t edits = 0;
    std::string keyboard;
    bool deleted = false;
  };

  void print(const Window& window, const testdc::SeenMessage& message, std::string_view what);

  testdc::Driver driver_;
  std::vector<Window> windows_;
  std::vector<std::map<std::int64_t, Seen>> seen_;
  std::size_t last_window_ = SIZE_MAX;
  bool colour_;
  bool numbered_ = false;
};

}  // namespace tour
