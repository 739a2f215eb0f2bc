#include "accounts/login_errors.hpp"

#include <fmt/core.h>

#include <array>
#include <string_view>

namespace tgpanel::accounts {

namespace {

using Then = LoginProblem::Then;

struct Row {
  std::string_view message;  // Telegram's, whole
  Then then;
  Errc code;
  const char* sentence;
};

// Sources: core.telegram.org/method/auth.sendCode, auth.signIn, auth.resendCode,
// account.sendVerifyEmailCode, account.verifyEmail, auth.checkPassword, and the general errors of
// core.telegram.org/api/errors.
constexpr std::array<Row, 29> kRows{{
    {"PHONE_NUMBER_INVALID", Then::retry, Errc::invalid,
     "Telegram does not know this phone number. Check it and enter it again with its country "
     "code."},
    {"PHONE_NUMBER_BANNED", Then::retry, Errc::invalid,
     "Telegram has banned this phone number. Use another number, or ask Telegram at "
     "recover@telegram.org."},
    {"PHONE_NUMBER_UNOCCUPIED", Then::end, Errc::invalid,
     "There is no Telegram account with this number. Create it in a Telegram app first."},
    {"PHONE_NUMBER_FLOOD", Then::end, Errc::flood_wait,
     "This number was tried too often. Wait a day before the next try."},
    {"PHONE_NUMBER_APP_SIGNUP_FORBIDDEN", Then::end, Errc::invalid,
     "There is no Telegram account with this number. Create it in a Telegram app first."},
    {"PHONE_PASSWORD_FLOOD", Then::end, Errc::flood_wait,
     "Telegram allows no more logins for now: too many tries. Wait a day before the next one."},
    {"PHONE_PASSWORD_PROTECTED", Then::end, Errc::invalid,
     "This account can only be entered with its password. Log in by QR code instead."},
    {"PHONE_CODE_INVALID", Then::retry, Errc::invalid,
     "That is not the code Telegram sent. Check it and enter it again."},
    {"PHONE_CODE_EMPTY", Then::retry, Errc::invalid, "Enter the code that Telegram sent."},
    {"PHONE_CODE_EXPIRED", Then::resend, Errc::invalid,
     "This code has expired. A new one is on its way: enter that one."},
    {"CODE_INVALID", Then::retry, Errc::invalid,
     "That is not the code Telegram sent. Check it and enter it again."},
    {"EMAIL_TOKEN_INVALID", Then::retry, Errc::invalid,
     "That is not the code Telegram sent. Check it and enter it again."},
    {"EMAIL_INVALID", Then::retry, Errc::invalid,
     "Telegram does not take this e-mail address. Check it, or enter another one."},
    {"EMAIL_NOT_ALLOWED", Then::retry, Errc::invalid,
     "Telegram does not allow this e-mail address. Enter another one."},
    {"EMAIL_NOT_SETUP", Then::end, Errc::invalid,
     "This account has no e-mail address for logins. Begin again."},
    {"EMAIL_VERIFY_EXPIRED", Then::end, Errc::invalid,
     "The code from the e-mail has expired. Begin the login again."},
    {"PHONE_HASH_EXPIRED", Then::end, Errc::telegram,
     "This login took too long for Telegram. Begin it again."},
    {"PHONE_CODE_HASH_EMPTY", Then::end, Errc::telegram,
     "This login took too long for Telegram. Begin it again."},
    {"SEND_CODE_UNAVAILABLE", Then::retry, Errc::invalid,
     "Telegram has used up all ways to send this code. Enter the code that came already, or log in "
     "by QR code."},
    {"PASSWORD_HASH_INVALID", Then::retry, Errc::invalid,
     "That is not the account's two-step verification password. Try again."},
    {"SRP_ID_INVALID", Then::retry, Errc::invalid,
     "Telegram did not take the password in time. Enter it again."},
    {"SRP_PASSWORD_CHANGED", Then::retry, Errc::invalid,
     "The password was changed meanwhile. Enter the new one."},
    {"API_ID_INVALID", Then::end, Errc::configuration,
     "Telegram does not accept API_ID and API_HASH. Compare them with https://my.telegram.org and "
     "start the panel again."},
    {"API_ID_PUBLISHED_FLOOD", Then::end, Errc::configuration,
     "Telegram has blocked this API_ID because it is public. Get your own at "
     "https://my.telegram.org."},
    {"UPDATE_APP_TO_LOGIN", Then::end, Errc::telegram,
     "Telegram asks for a newer program for this login. Update the panel and try again."},
    {"AUTH_RESTART", Then::end, Errc::telegram, "Telegram asks to begin the login again."},
    {"SESSION_REVOKED", Then::end, Errc::telegram,
     "Telegram ended this login. Begin again; if it happens again, look at the account's devices "
     "in a Telegram app."},
    {"USER_DEACTIVATED", Then::end, Errc::telegram, "Telegram has deleted this account."},
    {"USER_DEACTIVATED_BAN", Then::end, Errc::telegram,
     "Telegram has banned this account. Ask Telegram at recover@telegram.org."},
}};

const char* subject(Ask ask) {
  switch (ask) {
    case Ask::phone:
      return "the phone number";
    case Ask::code:
      return "the code";
    case Ask::email_address:
      return "the e-mail address";
    case Ask::email_code:
      return "the code from the e-mail";
    case Ask::resend:
      return "to send another code";
    case Ask::password:
      return "the password";
    case Ask::qr:
      return "the login by QR code";
  }
  return "it";
}

}  // namespace

std::string duration_words(std::int64_t seconds) {
  const auto counted = [](std::int64_t number, const char* unit) {
    return fmt::format("{} {}{}", number, unit, number == 1 ? "" : "s");
  };
  if (seconds < 90) return counted(seconds, "second");
  if (seconds < std::int64_t{90} * 60) return counted((seconds + 59) / 60, "minute");
  return counted((seconds + 3599) / 3600, "hour");
}

LoginProblem explain(Ask ask, const telegram::TdError& error) {
  for (const auto& row : kRows) {
    if (row.message == error.message) return {row.then, {row.code, row.sentence}};
  }
  if (error.code == 429) {
    const auto wait = error.retry_after_s();
    return {Then::end,
            {Errc::flood_wait,
             wait > 0 ? fmt::format("Telegram asks to wait {} before the next try.",
                                    duration_words(wait))
                      : std::string("Telegram asks to wait before the next try."),
             wait}};
  }
  if (error.code == telegram::TdError::kDeadline) {
    return {Then::end,
            {Errc::timeout,
             "Telegram did not answer. Check the network and the proxy, then begin again."}};
  }
  if (error.code == telegram::TdError::kClosed) {
    return {Then::end, {Errc::cancelled, "The login was ended before Telegram answered."}};
  }
  return {Then::end,
          {Errc::telegram, fmt::format("Telegram refused {} ({}). Begin again later.", subject(ask),
                                       error.message)}};
}

}  // namespace tgpanel::accounts
