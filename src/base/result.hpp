#pragma once
// What can fail in ordinary operation returns Result<T>; exceptions are for bugs and start-up.

#include "base/sentence.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace tgpanel {

enum class Errc : std::uint8_t {
  invalid,        // the input is wrong; the message says what is expected
  not_found,      // no such thing
  exists,         // there is one already
  busy,           // somebody else holds it; try again later
  login_needed,   // the account has no valid session
  flood_wait,     // Telegram asks to wait: retry_after_s
  timeout,        // no answer within the deadline; the outcome is not known
  telegram,       // Telegram refused; the message is Telegram's own error string
  cancelled,      // stopped by a person or by the end of the program
  storage,        // the disk or the database failed
  configuration,  // a setting is missing or wrong
  failed,         // anything else
};

struct Error {
  Errc code = Errc::failed;
  std::string message;  // a plain English sentence, or Telegram's error string for Errc::telegram
  std::int64_t retry_after_s = 0;  // seconds, only with Errc::flood_wait
  Sentence sentence{};  // the same for people, in their language; empty: `message` is all there is
};

/// What people read of a failure.
[[nodiscard]] inline Sentence sentence_of(const Error& error) {
  return error.sentence.empty() ? Sentence::plain(error.message) : error.sentence;
}

template <class T>
using Result = std::expected<T, Error>;

/// Shorthand for the failing branch of a Result.
inline std::unexpected<Error> fail(Errc code, std::string message, std::int64_t retry_after_s = 0) {
  return std::unexpected(Error{code, std::move(message), retry_after_s});
}

inline std::unexpected<Error> fail(Errc code, Sentence sentence, std::int64_t retry_after_s = 0) {
  auto message = sentence.english();
  return std::unexpected(Error{code, std::move(message), retry_after_s, std::move(sentence)});
}

}  // namespace tgpanel
