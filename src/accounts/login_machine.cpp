#include "accounts/login_machine.hpp"

#include "accounts/code_info.hpp"
#include "accounts/phone.hpp"
#include "base/text.hpp"
#include "words/errors_accounts.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tgpanel::accounts {

namespace {

// UTF-16 units; ours, far above what people choose.
constexpr std::size_t kLongestPassword = 256;

struct Unsupported {
  std::string_view state;
  const Phrase* phrase;
};

constexpr std::array<Unsupported, 2> kUnsupported{{
    {"authorizationStateWaitRegistration", &words::login_needs_registration},
    {"authorizationStateWaitPremiumPurchase", &words::login_needs_premium},
}};

Result<void> refusal(Errc code, const Phrase& why) {
  return fail(code, why);
}

Error error_of(Errc code, Sentence why, std::int64_t wait = 0) {
  return fail(code, std::move(why), wait).error();
}

// A terminal hands over any bytes.
bool is_word(const std::string& text) {
  return !text.empty() && valid_utf8(text) && utf16_length(text) <= kLongestPassword;
}

}  // namespace

bool LoginMachine::ended() const {
  return std::holds_alternative<LoggedIn>(step_) || std::holds_alternative<LoginFailed>(step_);
}

std::vector<login::Effect> LoginMachine::step(login::Event event, Instant now) {
  now_ = now;
  Effects out;
  if (ended()) {
    const bool wants_reply = std::holds_alternative<login::PhoneGiven>(event) ||
                             std::holds_alternative<login::CodeGiven>(event) ||
                             std::holds_alternative<login::EmailAddressGiven>(event) ||
                             std::holds_alternative<login::EmailCodeGiven>(event) ||
                             std::holds_alternative<login::ResendWanted>(event) ||
                             std::holds_alternative<login::PasswordGiven>(event) ||
                             std::holds_alternative<login::QrWanted>(event);
    if (wants_reply) {
      out.emplace_back(login::Reply{refusal(Errc::cancelled, words::login_over)});
    }
    return out;
  }
  // Nothing may undo a session while it is being written down as an account's.
  if (adopting_ && (std::holds_alternative<login::Cancelled>(event) ||
                    std::holds_alternative<login::Tick>(event) ||
                    std::holds_alternative<login::Authorization>(event))) {
    return out;
  }
  std::visit([&](const auto& e) { on(e, out); }, event);
  return out;
}

void LoginMachine::move_to(LoginStep next, Effects& out) {
  step_ = std::move(next);
  last_success_ = now_;
  out.emplace_back(login::Publish{});
}

void LoginMachine::end(Error error, Effects& out) {
  if ((asked_ && !resending_) || held_) {
    out.emplace_back(login::Reply{std::unexpected(error)});
  }
  asked_.reset();
  held_.reset();
  step_ = LoginFailed{std::move(error)};
  out.emplace_back(login::Publish{});
  out.emplace_back(login::Release{authorized_ || unsure_});
}

void LoginMachine::ask(Ask what, Json function, Effects& out) {
  asked_ = what;
  resending_ = false;
  // Only the answer to a check, or a scan, makes a session.
  unsure_ =
      what == Ask::code || what == Ask::email_code || what == Ask::password || what == Ask::qr;
  out.emplace_back(login::Request{std::move(function)});
}

bool LoginMachine::refuse_if_busy(Effects& out) const {
  if (!asked_) return false;
  out.emplace_back(login::Reply{refusal(Errc::busy, words::login_not_answered)});
  return true;
}

void LoginMachine::on(const login::OpenFailed& event, Effects& out) {
  end(error_of(Errc::failed, {words::login_cannot_open, event.error.message}), out);
}

void LoginMachine::on(const login::Authorization& event, Effects& out) {
  const auto type = telegram::type_of(event.state);
  unsure_ = type == "authorizationStateWaitOtherDeviceConfirmation";  // may be scanned any time
  if (type == "authorizationStateWaitPhoneNumber") {
    move_to(WaitPhone{}, out);
  } else if (type == "authorizationStateWaitCode") {
    auto wait = wait_code(telegram::object_field(event.state, "code_info"), now_);
    wait.number = ++codes_;
    move_to(std::move(wait), out);
  } else if (type == "authorizationStateWaitEmailAddress") {
    move_to(WaitEmailAddress{}, out);
  } else if (type == "authorizationStateWaitEmailCode") {
    auto wait = wait_email_code(telegram::object_field(event.state, "code_info"));
    // TDLib sends again to the address that it was given, and has none of one that was set before.
    const auto* again = std::get_if<WaitEmailCode>(&step_);
    wait.can_resend = std::holds_alternative<WaitEmailAddress>(step_) ||
                      (again != nullptr && again->can_resend && asked_ == Ask::resend);
    wait.number = ++codes_;
    move_to(std::move(wait), out);
  } else if (type == "authorizationStateWaitPassword") {
    move_to(WaitPassword{telegram::string_field(event.state, "password_hint")}, out);
  } else if (type == "authorizationStateWaitOtherDeviceConfirmation") {
    WaitQr next{telegram::string_field(event.state, "link")};
    if (auto* shown = std::get_if<WaitQr>(&step_)) {
      // TDLib renews the code by itself: no step of anybody, so it does not keep a login alive.
      *shown = std::move(next);
      out.emplace_back(login::Publish{});
    } else {
      move_to(std::move(next), out);
    }
  } else if (type == "authorizationStateReady") {
    authorized_ = true;
    last_success_ = now_;
    out.emplace_back(login::ReadProfile{});
  } else if (type == "authorizationStateLoggingOut" || type == "authorizationStateClosing" ||
             type == "authorizationStateClosed") {
    authorized_ = false;
    end(error_of(Errc::telegram, words::login_ended), out);
  } else {
    for (const auto& row : kUnsupported) {
      if (row.state == type) {
        end(error_of(Errc::telegram, *row.phrase), out);
        return;
      }
    }
  }
}

void LoginMachine::on(const login::PhoneGiven& event, Effects& out) {
  if (refuse_if_busy(out)) return;
  if (!std::holds_alternative<WaitPhone>(step_)) {
    out.emplace_back(login::Reply{refusal(Errc::invalid, words::no_phone_wanted)});
    return;
  }
  auto phone = normalise_phone(event.text);
  if (!phone) {
    out.emplace_back(login::Reply{std::unexpected(std::move(phone.error()))});
    return;
  }
  phone_ = std::move(*phone);
  ask(Ask::phone, {{"@type", "setAuthenticationPhoneNumber"}, {"phone_number", phone_}}, out);
}

void LoginMachine::on(const login::CodeGiven& event, Effects& out) {
  if (resending_ && !held_) {
    held_ = event.text;
    return;
  }
  if (refuse_if_busy(out)) return;
  const auto* wait = std::get_if<WaitCode>(&step_);
  if (wait == nullptr) {
    out.emplace_back(login::Reply{refusal(Errc::invalid, words::no_code_wanted)});
    return;
  }
  std::string code = event.text.reveal();
  if (wait->digits) {
    auto digits = normalise_code(code, wait->length);
    if (!digits) {
      out.emplace_back(login::Reply{std::unexpected(std::move(digits.error()))});
      return;
    }
    code = std::move(*digits);
  } else if (!is_word(code)) {
    out.emplace_back(login::Reply{refusal(Errc::invalid, words::enter_word)});
    return;
  }
  ask(Ask::code, {{"@type", "checkAuthenticationCode"}, {"code", std::move(code)}}, out);
}

void LoginMachine::on(const login::EmailAddressGiven& event, Effects& out) {
  if (refuse_if_busy(out)) return;
  if (!std::holds_alternative<WaitEmailAddress>(step_)) {
    out.emplace_back(login::Reply{refusal(Errc::invalid, words::no_email_wanted)});
    return;
  }
  auto address = normalise_email(event.text);
  if (!address) {
    out.emplace_back(login::Reply{std::unexpected(std::move(address.error()))});
    return;
  }
  ask(Ask::email_address,
      {{"@type", "setAuthenticationEmailAddress"}, {"email_address", std::move(*address)}}, out);
}

void LoginMachine::on(const login::EmailCodeGiven& event, Effects& out) {
  if (refuse_if_busy(out)) return;
  if (!std::holds_alternative<WaitEmailCode>(step_)) {
    out.emplace_back(login::Reply{refusal(Errc::invalid, words::no_email_code_wanted)});
    return;
  }
  auto code = normalise_email_code(event.text.reveal());
  if (!code) {
    out.emplace_back(login::Reply{std::unexpected(std::move(code.error()))});
    return;
  }
  Json given = {{"@type", "emailAddressAuthenticationCode"}, {"code", std::move(*code)}};
  ask(Ask::email_code, {{"@type", "checkAuthenticationEmailCode"}, {"code", std::move(given)}},
      out);
}

void LoginMachine::on(const login::ResendWanted&, Effects& out) {
  if (refuse_if_busy(out)) return;
  const auto* code = std::get_if<WaitCode>(&step_);
  const auto* email = std::get_if<WaitEmailCode>(&step_);
  if (code != nullptr && code->next != CodeKind::none && now_ < code->next_at) {
    const auto left = (code->next_at - now_ + Millis{999}).count() / 1000;
    out.emplace_back(login::Reply{std::unexpected(
        error_of(Errc::flood_wait, {words::code_again_in, duration_words(left)}, left))});
    return;
  }
  if ((code == nullptr || code->next == CodeKind::none) &&
      (email == nullptr || !email->can_resend)) {
    out.emplace_back(login::Reply{refusal(Errc::invalid, words::code_no_other_way)});
    return;
  }
  Json reason = {{"@type", "resendCodeReasonUserRequest"}};
  ask(Ask::resend, {{"@type", "resendAuthenticationCode"}, {"reason", std::move(reason)}}, out);
}

void LoginMachine::on(const login::PasswordGiven& event, Effects& out) {
  if (refuse_if_busy(out)) return;
  if (!std::holds_alternative<WaitPassword>(step_)) {
    out.emplace_back(login::Reply{refusal(Errc::invalid, words::no_password_wanted)});
    return;
  }
  const auto& password = event.password.reveal();
  if (!is_word(password)) {
    out.emplace_back(login::Reply{refusal(Errc::invalid, words::enter_password)});
    return;
  }
  ask(Ask::password, {{"@type", "checkAuthenticationPassword"}, {"password", password}}, out);
}

void LoginMachine::on(const login::QrWanted&, Effects& out) {
  if (refuse_if_busy(out)) return;
  if (std::holds_alternative<WaitQr>(step_)) {
    out.emplace_back(login::Reply{Result<void>()});
    return;
  }
  if (std::holds_alternative<Opening>(step_)) {
    out.emplace_back(login::Reply{refusal(Errc::busy, words::session_opening)});
    return;
  }
  ask(Ask::qr, {{"@type", "requestQrCodeAuthentication"}, {"other_user_ids", Json::array()}}, out);
}

void LoginMachine::on(const login::Answered& event, Effects& out) {
  if (!asked_) return;
  const Ask what = *asked_;
  if (!event.error) {
    asked_.reset();
    last_success_ = now_;
    if (!std::exchange(resending_, false)) out.emplace_back(login::Reply{Result<void>()});
    if (auto code = std::exchange(held_, std::nullopt)) on(login::CodeGiven{std::move(*code)}, out);
    return;
  }
  auto problem = explain(what, *event.error);
  if (event.error->code != telegram::TdError::kDeadline) {
    unsure_ = std::holds_alternative<WaitQr>(step_);
  }
  // A number that was good a minute ago and is refused now cannot be corrected by typing.
  if (problem.then == LoginProblem::Then::end || resending_) {
    end(std::move(problem.error), out);
    return;
  }
  asked_.reset();
  out.emplace_back(login::Reply{std::unexpected(std::move(problem.error))});
  if (problem.then == LoginProblem::Then::resend && !phone_.empty()) {
    ask(Ask::phone, {{"@type", "setAuthenticationPhoneNumber"}, {"phone_number", phone_}}, out);
    resending_ = true;
  }
}

void LoginMachine::on(const login::ProfileRead& event, Effects& out) {
  adopting_ = true;
  out.emplace_back(login::Adopt{event.user});
}

void LoginMachine::on(const login::ProfileFailed& event, Effects& out) {
  end(error_of(Errc::telegram, {words::login_without_profile, event.error.message}), out);
}

void LoginMachine::on(const login::Adopted& event, Effects& out) {
  if (asked_ && !resending_) out.emplace_back(login::Reply{Result<void>()});
  asked_.reset();
  move_to(LoggedIn{event.account}, out);
}

void LoginMachine::on(const login::AdoptFailed& event, Effects& out) {
  end(event.error, out);
}

void LoginMachine::on(const login::Cancelled&, Effects& out) {
  end(error_of(Errc::cancelled, words::login_cancelled), out);
}

Instant LoginMachine::next_tick() const {
  const auto* code = std::get_if<WaitCode>(&step_);
  if (code == nullptr || code->can_resend || code->next == CodeKind::none) return expires();
  return std::min(expires(), code->next_at);
}

void LoginMachine::on(const login::Tick&, Effects& out) {
  auto* code = std::get_if<WaitCode>(&step_);
  if (code != nullptr && !code->can_resend && code->next != CodeKind::none &&
      now_ >= code->next_at) {
    code->can_resend = true;
    out.emplace_back(login::Publish{});
  }
  if (now_ < expires()) return;
  end(error_of(Errc::timeout, words::login_released), out);
}

}  // namespace tgpanel::accounts
