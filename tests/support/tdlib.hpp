#pragma once
// TDLib and nothing else: the library by dlopen, requests as text, a look at what comes back.
// What tests use for what the panel never asks, and the measure beside which benchmarks hold all
// that is built on TDLib. One thread.

#include "base/json.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace support {

/// What TDLib in this process has logged so far: its errors and warnings, as the panel logs them.
[[nodiscard]] std::string td_log();

/// What TDLib keeps on disk of a client besides its session; each needs the one before it.
struct Databases {
  bool files = false;
  bool chats = false;
  bool messages = false;
};

class Tdlib {
 public:
  /// Throws std::runtime_error when the library or one of its functions is missing.
  explicit Tdlib(const std::filesystem::path& file);
  Tdlib(const Tdlib&) = delete;
  Tdlib& operator=(const Tdlib&) = delete;
  ~Tdlib();

  /// A new client; nothing is asked of it yet.
  int create();
  /// A client that reaches the data centre behind a SOCKS5 port.
  int open(std::uint16_t socks_port, const std::filesystem::path& folder, bool use_pfs = false,
           Databases databases = {});
  void send(int client, const tgpanel::Json& request);
  /// Hands every answer and update, unparsed, to `look` until that returns true. Throws
  /// std::runtime_error "<what>: not within N s".
  void run(std::string_view what, std::chrono::seconds deadline,
           const std::function<bool(int client, std::string_view event)>& look);

 private:
  struct Functions;
  std::unique_ptr<Functions> functions_;
};

}  // namespace support
