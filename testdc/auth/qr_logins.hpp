#pragma once
// Logins by QR code: tokens shown, tokens scanned. Executor: the data centre's one thread.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace testdc {

inline constexpr int login_token_lifetime = 30;  // seconds, as Telegram's tokens live

class QrLogins {
 public:
  using Token = std::vector<std::uint8_t>;

  struct Shown {
    Token token;
    int expires = 0;  // Unix seconds
  };

  explicit QrLogins(std::function<std::uint64_t()> random) : random_(std::move(random)) {}

  /// Of the tokens shown from now on, in seconds.
  void set_lifetime(int seconds) { lifetime_ = seconds; }

  /// A fresh token for a key; the key's older ones stay valid until they expire.
  Shown show(std::uint64_t auth_key_id, int now, std::vector<std::int64_t> except_users = {});
  /// The key that shows the token; it now waits for that user. Throws RpcError AUTH_TOKEN_INVALIDX,
  /// AUTH_TOKEN_EXPIRED, AUTH_TOKEN_ALREADY_ACCEPTED, AUTH_TOKEN_EXCEPTION.
  std::uint64_t accept(std::span<const std::uint8_t> token, std::int64_t user, int now);
  /// Who accepted the key's token, if anybody; forgets it.
  std::optional<std::int64_t> take_accepted(std::uint64_t auth_key_id);

 private:
  struct Entry {
    std::uint64_t auth_key_id = 0;
    int expires = 0;
    bool accepted = false;
    std::vector<std::int64_t> except_users;
  };

  std::function<std::uint64_t()> random_;
  int lifetime_ = login_token_lifetime;
  std::map<Token, Entry> tokens_;
  std::map<std::uint64_t, std::int64_t> accepted_;
};

/// The token in a `tg://login?token=<base64url>` link; nothing for any other link.
std::optional<QrLogins::Token> token_of_link(std::string_view link);

}  // namespace testdc
