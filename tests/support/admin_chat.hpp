#pragma once
// The admin's chat with the bot, as the admin uses it.

#include "testdc/control/driver.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string_view>

namespace support {

class AdminChat {
 public:
  AdminChat(testdc::Driver world, std::int64_t admin, std::int64_t bot);

  void say(std::string_view text);
  /// Sends what is no text: the arguments of the operation `write` (photo_hex, question, ...).
  void send(testdc::Json what);
  /// Presses the newest button with this text, waiting until there is one.
  testdc::PressAnswer press(std::string_view button,
                            std::chrono::milliseconds deadline = std::chrono::seconds(10));
  /// The newest message of the bot that contains `text` and is new or was edited since the last
  /// say() or press(), waited for.
  testdc::SeenMessage wait(std::string_view text,
                           std::chrono::milliseconds deadline = std::chrono::seconds(20));
  /// Waits for a QR picture and scans it with the user's phone.
  void scan_qr(std::int64_t user);

 private:
  void remember();

  testdc::Driver world_;
  std::int64_t admin_;
  std::int64_t bot_;
  std::map<std::int64_t, std::int64_t> edits_before_;  // of messages before the last act
};

}  // namespace support
