#pragma once
// Many accounts of a data folder at once, by the panel's own manager: for end-to-end tests and
// benchmarks that begin with saved sessions. One TDLib belongs to a process: programs of their own
// use this, never a test.

#include "accounts/manager.hpp"
#include "base/async.hpp"
#include "storage/database.hpp"
#include "storage/keyring.hpp"
#include "telegram/hub.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace support {

struct SessionPlace {
  std::filesystem::path folder;                     // data folder; exists
  std::optional<std::filesystem::path> key_file{};  // else one beside the folder
  std::filesystem::path library;
  std::uint16_t socks_port = 0;
  int td_verbosity = 1;  // of TDLib's own log
};

/// The phone number (digits) of the n-th person, and the code that all of them get.
[[nodiscard]] std::string phone_of(int number);
inline constexpr const char* kSessionCode = "12345";

/// What `tgpanel run` holds for its accounts. Throws std::runtime_error when it cannot be opened.
class SavedSessions {
 public:
  explicit SavedSessions(const SessionPlace& place);
  SavedSessions(const SavedSessions&) = delete;
  SavedSessions& operator=(const SavedSessions&) = delete;
  ~SavedSessions() = default;

  /// Runs on `context`; what it throws leaves run().
  void spawn(tgpanel::Awaitable<> work);

  boost::asio::io_context context;

 private:
  tgpanel::SystemClock clock_;
  std::optional<tgpanel::storage::Keyring> keyring_;
  std::unique_ptr<tgpanel::storage::Database> database_;
  std::unique_ptr<tgpanel::telegram::Hub> hub_;

 public:
  std::unique_ptr<tgpanel::accounts::Manager> manager;
};

struct People {
  int first = 0;
  int count = 0;
  std::string code = kSessionCode;
};

/// Logs phone_of(first) and those after it in, and closes all again.
void log_in_all(const SessionPlace& place, const People& people);

}  // namespace support
