#pragma once
// What Telegram refuses at a login, in plain sentences with what to do next.

#include "base/result.hpp"
#include "telegram/error.hpp"

#include <cstdint>

namespace tgpanel::accounts {

/// The request that was refused.
enum class Ask : std::uint8_t { phone, code, email_address, email_code, resend, password, qr };

struct LoginProblem {
  enum class Then : std::uint8_t {
    retry,   // the step stays; the person may try again
    resend,  // the step stays; a new code is asked for
    end,     // the login ends
  };
  Then then = Then::end;
  Error error;
};

[[nodiscard]] LoginProblem explain(Ask ask, const telegram::TdError& error);

/// "45 seconds", "10 minutes", "2 hours" (rounded up).
[[nodiscard]] Sentence duration_words(std::int64_t seconds);

}  // namespace tgpanel::accounts
