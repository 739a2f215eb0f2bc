#include "telegram/error.hpp"

#include "words/errors_common.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace tgpanel::telegram {

namespace {

struct EndingError {
  int code;
  std::string_view message;
};

// Sources: core.telegram.org/api/errors (401 UNAUTHORIZED, 406 NOT_ACCEPTABLE) and TDLib 1.8.62,
// which passes the server's code and text through unchanged, and answers "Unauthorized" to calls of
// a client that has been logged out. A wrong database key is a 401 too and is not in this table.
constexpr std::array<EndingError, 10> kEndsSession{{
    {401, "ACTIVE_USER_REQUIRED"},
    {401, "AUTH_KEY_DUPLICATED"},
    {401, "AUTH_KEY_INVALID"},
    {401, "AUTH_KEY_UNREGISTERED"},
    {401, "SESSION_EXPIRED"},
    {401, "SESSION_REVOKED"},
    {401, "USER_DEACTIVATED"},
    {401, "USER_DEACTIVATED_BAN"},
    {401, "Unauthorized"},
    {406, "AUTH_KEY_DUPLICATED"},
}};

constexpr std::string_view kRetryAfter = "Too Many Requests: retry after ";

}  // namespace

std::int64_t TdError::retry_after_s() const {
  if (code != 429) return 0;
  const std::string_view text = message;
  if (!text.starts_with(kRetryAfter)) return 0;
  const auto digits = text.substr(kRetryAfter.size());
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (error != std::errc() || end != digits.data() + digits.size() || seconds < 0) return 0;
  return seconds;
}

Error TdError::to_error() const {
  if (code == 429) {
    const auto seconds = retry_after_s();
    const Sentence wait(words::asks_to_wait_s, seconds);
    return {Errc::flood_wait, wait.english(), seconds, wait};
  }
  if (code == kDeadline) return {Errc::timeout, message, 0, words::no_answer_in_time};
  if (code == kClosed) return {Errc::cancelled, message, 0, words::connection_closed};
  if (ends_session(*this)) return {Errc::login_needed, message};
  return {Errc::telegram, message};
}

bool ends_session(const TdError& error) {
  return std::ranges::any_of(kEndsSession, [&](const EndingError& row) {
    return row.code == error.code && row.message == error.message;
  });
}

}  // namespace tgpanel::telegram
