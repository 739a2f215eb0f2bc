#pragma once
// What TDLib answers when a request fails.

#include "base/result.hpp"

#include <cstdint>
#include <string>

namespace tgpanel::telegram {

/// td_api `error`, or our own deadline (code 408) and closed client (code 499).
struct TdError {
  int code = 0;
  std::string message;

  static constexpr int kBadRequest = 400;
  static constexpr int kNotFound = 404;
  static constexpr int kDeadline = 408;
  static constexpr int kClosed = 499;

  /// Seconds Telegram asks to wait ("Too Many Requests: retry after N", code 429), else 0.
  [[nodiscard]] std::int64_t retry_after_s() const;
  /// As a domain error: flood_wait, timeout, login_needed (whole-string table), cancelled or
  /// telegram.
  [[nodiscard]] Error to_error() const;
};

/// True when (code, whole message) is in the table of errors that end a session
/// (AUTH_KEY_UNREGISTERED, SESSION_REVOKED, USER_DEACTIVATED, ...). Compared for equality, never by
/// words in a text.
[[nodiscard]] bool ends_session(const TdError& error);

}  // namespace tgpanel::telegram
