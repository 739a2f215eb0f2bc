#pragma once
// TDLib's clients in the test's own process, event by event: for what the data centre does and the
// panel never asks.

#include "base/json.hpp"
#include "support/tdlib.hpp"

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace support {

/// The events of every client, kept until somebody waits for them. One thread.
class TdLibrary {
 public:
  /// Throws std::runtime_error when the library cannot be loaded.
  explicit TdLibrary(const std::filesystem::path& file) : tdlib_(file) {}

  [[nodiscard]] Tdlib& tdlib() { return tdlib_; }

  /// The next event of this client that fits; all others of it are kept in their order. Throws
  /// std::runtime_error "<what>: not within N s".
  tgpanel::Json wait(int client, std::string_view what,
                     const std::function<bool(const tgpanel::Json& event)>& fits,
                     std::chrono::seconds deadline = std::chrono::seconds(20));

 private:
  Tdlib tdlib_;
  std::map<int, std::deque<tgpanel::Json>> events_;
};

/// One client, logged in as a person or a bot. Closed with its owner.
class TdClient {
 public:
  using Json = tgpanel::Json;

  /// The proxy leads to the data centre; nothing is asked for yet.
  TdClient(TdLibrary& library, std::uint16_t socks_port, const std::filesystem::path& folder,
           bool use_pfs = false);
  TdClient(const TdClient&) = delete;
  TdClient& operator=(const TdClient&) = delete;
  ~TdClient();

  void log_in_bot(std::string_view token);
  /// Asks for a code and stops where it is to be entered.
  void ask_code(std::string_view phone);
  /// Enters the code; the authorization state or the error that comes of it.
  Json enter_code(std::string_view code);
  /// Logged in.
  void wait_ready();

  /// The answer of a request; an error is returned like any other.
  Json ask(Json request);
  Json wait_update(std::string_view type, const std::function<bool(const Json&)>& fits = {});
  /// The next new message whose text holds `text`.
  Json wait_message(std::string_view text);

 private:
  TdLibrary& library_;
  int client_;
  int asked_ = 0;
};

/// The text of a td_api message, empty for media.
std::string text_of(const tgpanel::Json& message);

}  // namespace support
