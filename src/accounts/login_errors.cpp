#include "accounts/login_errors.hpp"

#include "words/errors_accounts.hpp"
#include "words/errors_actions.hpp"
#include "words/errors_common.hpp"

#include <array>
#include <string_view>

namespace tgpanel::accounts {

namespace {

using Then = LoginProblem::Then;

struct Refusal {
  std::string_view message;  // Telegram's, whole
  Then then;
  Errc code;
  const Phrase* phrase;
};

// Sources: core.telegram.org/method/auth.sendCode, auth.signIn, auth.resendCode,
// account.sendVerifyEmailCode, account.verifyEmail, auth.checkPassword, and the general errors of
// core.telegram.org/api/errors.
constexpr std::array<Refusal, 29> kRefusals{{
    {"PHONE_NUMBER_INVALID", Then::retry, Errc::invalid, &words::phone_unknown},
    {"PHONE_NUMBER_BANNED", Then::retry, Errc::invalid, &words::phone_banned},
    {"PHONE_NUMBER_UNOCCUPIED", Then::end, Errc::invalid, &words::phone_without_account},
    {"PHONE_NUMBER_FLOOD", Then::end, Errc::flood_wait, &words::phone_tried_too_often},
    {"PHONE_NUMBER_APP_SIGNUP_FORBIDDEN", Then::end, Errc::invalid, &words::phone_without_account},
    {"PHONE_PASSWORD_FLOOD", Then::end, Errc::flood_wait, &words::logins_too_many},
    {"PHONE_PASSWORD_PROTECTED", Then::end, Errc::invalid, &words::login_by_password_only},
    {"PHONE_CODE_INVALID", Then::retry, Errc::invalid, &words::code_wrong},
    {"PHONE_CODE_EMPTY", Then::retry, Errc::invalid, &words::code_empty},
    {"PHONE_CODE_EXPIRED", Then::resend, Errc::invalid, &words::code_expired},
    {"CODE_INVALID", Then::retry, Errc::invalid, &words::code_wrong},
    {"EMAIL_TOKEN_INVALID", Then::retry, Errc::invalid, &words::code_wrong},
    {"EMAIL_INVALID", Then::retry, Errc::invalid, &words::email_refused},
    {"EMAIL_NOT_ALLOWED", Then::retry, Errc::invalid, &words::email_not_allowed},
    {"EMAIL_NOT_SETUP", Then::end, Errc::invalid, &words::email_not_set},
    {"EMAIL_VERIFY_EXPIRED", Then::end, Errc::invalid, &words::email_code_expired},
    {"PHONE_HASH_EXPIRED", Then::end, Errc::telegram, &words::login_too_long},
    {"PHONE_CODE_HASH_EMPTY", Then::end, Errc::telegram, &words::login_too_long},
    {"SEND_CODE_UNAVAILABLE", Then::retry, Errc::invalid, &words::code_ways_used_up},
    {"PASSWORD_HASH_INVALID", Then::retry, Errc::invalid, &words::password_wrong},
    {"SRP_ID_INVALID", Then::retry, Errc::invalid, &words::password_late},
    {"SRP_PASSWORD_CHANGED", Then::retry, Errc::invalid, &words::password_changed},
    {"API_ID_INVALID", Then::end, Errc::configuration, &words::api_id_refused},
    {"API_ID_PUBLISHED_FLOOD", Then::end, Errc::configuration, &words::api_id_public},
    {"UPDATE_APP_TO_LOGIN", Then::end, Errc::telegram, &words::update_for_login},
    {"AUTH_RESTART", Then::end, Errc::telegram, &words::login_begin_again},
    {"SESSION_REVOKED", Then::end, Errc::telegram, &words::login_revoked},
    {"USER_DEACTIVATED", Then::end, Errc::telegram, &words::telegram_deleted_account},
    {"USER_DEACTIVATED_BAN", Then::end, Errc::telegram, &words::banned_ask_telegram},
}};

const Phrase& subject(Ask ask) {
  switch (ask) {
    case Ask::phone:
      return words::ask_of_phone;
    case Ask::code:
      return words::ask_of_code;
    case Ask::email_address:
      return words::ask_of_email;
    case Ask::email_code:
      return words::ask_of_email_code;
    case Ask::resend:
      return words::ask_of_resend;
    case Ask::password:
      return words::ask_of_password;
    case Ask::qr:
      return words::ask_of_qr;
  }
  return words::ask_of_code;
}

}  // namespace

Sentence duration_words(std::int64_t seconds) {
  const auto counted = [](std::int64_t number, const Phrase& one, const Phrase& many) {
    return number == 1 ? Sentence(one) : Sentence(many, number);
  };
  if (seconds < 90) return counted(seconds, words::for_one_second, words::for_seconds);
  if (seconds < std::int64_t{90} * 60) {
    return counted((seconds + 59) / 60, words::for_one_minute, words::for_minutes);
  }
  return counted((seconds + 3599) / 3600, words::for_one_hour, words::for_hours);
}

LoginProblem explain(Ask ask, const telegram::TdError& error) {
  const auto problem = [](Then then, Errc code, const Sentence& why, std::int64_t wait = 0) {
    return LoginProblem{then, fail(code, why, wait).error()};
  };
  for (const auto& row : kRefusals) {
    if (row.message == error.message) return problem(row.then, row.code, *row.phrase);
  }
  if (error.code == 429) {
    const auto wait = error.retry_after_s();
    if (wait <= 0) return problem(Then::end, Errc::flood_wait, words::login_wait_some);
    return problem(Then::end, Errc::flood_wait, {words::login_wait, duration_words(wait)}, wait);
  }
  if (error.code == telegram::TdError::kDeadline) {
    return problem(Then::end, Errc::timeout, words::login_no_answer);
  }
  if (error.code == telegram::TdError::kClosed) {
    return problem(Then::end, Errc::cancelled, words::login_ended_early);
  }
  return problem(Then::end, Errc::telegram, {words::login_refused, subject(ask), error.message});
}

}  // namespace tgpanel::accounts
