// Transcripts of logins.

#include "golden.hpp"
#include "words/accounts.hpp"
#include "words/login.hpp"
#include "words/menus.hpp"

namespace tgpanel::bot {
namespace {

using namespace words;

accounts::Account sara() {
  accounts::Account account;
  account.id = 1;
  account.user_id = 1001;
  account.name = "Sara Miller";
  account.username = "sara";
  account.masked_phone = "+1 ••• ••23";
  account.state = accounts::AccountState::active;
  return account;
}

TEST_P(Golden, LoginByPhone) {
  start_and_serve();
  walk(account_management, add_account);
  type("hello");
  tap(by_phone);
  type("hello");
  panel.logins.back()->answers = {fail(Errc::invalid, kRefusal)};
  type("+1 202 555 0123");
  type("+1 202 555 0123");
  type("+1 202 555 0123");
  note("Telegram has sent the code");
  become(accounts::WaitCode{.via = "SMS", .length = 5, .masked_phone = "+1 ••• ••23"});
  type("hello");
  type("2 4 6 8 0");
  tap(digits(GetParam(), 2));
  tap(digits(GetParam(), 0));
  tap("⌫");
  tap(digits(GetParam(), 8));
  panel.logins.back()->answers = {fail(Errc::invalid, kRefusal)};
  tap(keypad_ok);
  note("Telegram asks for the password");
  become(accounts::WaitPassword{"گربه"});
  type_sticker();
  panel.logins.back()->answers = {fail(Errc::invalid, kRefusal)};
  type("secret");
  note("Telegram has taken it");
  become(accounts::LoggedIn{sara()});
}

TEST_P(Golden, LoginByQr) {
  start_and_serve();
  walk(account_management, add_account, by_qr);
  tap(cancel);
  tap(account_management);
  tap(add_account);
  tap(by_qr);
  become(accounts::WaitQr{"tg://login?token=one"});
  tap(back);
  tap(by_phone);
  panel.logins.back()->answers = {fail(Errc::telegram, kRefusal)};
  tap(qr_instead);
  tap(by_phone);
  note("a code that is a word");
  type("+1 202 555 0123");
  become(accounts::WaitCode{.via = "SMS",
                            .masked_phone = "+1 ••• ••23",
                            .digits = false,
                            .kind = accounts::CodeKind::word});
  type("apple");
  tap(back);
  tap(back);
  note("the picture cannot be sent");
  tap(by_qr);
  telegram.refused["sendMessage"] = {400, "PHOTO_INVALID"};
  become(accounts::WaitQr{"tg://login?token=two"});
  telegram.refused.clear();
  tap(back);
  tap(by_phone);
  note("the login fails");
  become(accounts::LoginFailed{refusal()});
}

TEST_P(Golden, LoginCodes) {
  using enum accounts::CodeKind;
  start_and_serve();
  walk(account_management, add_account, by_phone);
  type("+1 202 555 0123");
  accounts::WaitCode code{.via = "SMS", .length = 5, .masked_phone = "+1 ••• ••23"};
  for (const auto kind : {app, sms, accounts::CodeKind::phrase, accounts::CodeKind::call,
                          flash_call, missed_call, fragment}) {
    code.kind = kind;
    code.digits = kind != accounts::CodeKind::phrase;
    code.begins = kind == missed_call ? "+1 202 5" : kind == fragment ? "https://fragment.com" : "";
    code.next = kind == app ? sms : kind == sms ? accounts::CodeKind::call : none;
    code.next_at = from_unix_ms(2'000'000);
    ++code.number;
    become(code);
  }
  code.kind = app;
  code.next = sms;
  code.can_resend = true;
  become(code);
  panel.logins.back()->answers = {fail(Errc::flood_wait, kRefusal)};
  tap({resend_code, code_by_sms});
  note("Telegram wants an e-mail address");
  become(accounts::WaitEmailAddress{});
  type("nobody");
  panel.logins.back()->answers = {fail(Errc::invalid, kRefusal)};
  type("name@example.com");
  become(accounts::WaitEmailCode{.pattern = "n***@e***.com", .length = 6, .can_resend = true});
  type("hello");
  panel.logins.back()->answers = {fail(Errc::invalid, kRefusal)};
  tap(resend_email);
}

TEST_P(Golden, LoginAgain) {
  add_people(1);
  account(1).state = accounts::AccountState::login_needed;
  start_and_serve();
  walk(account_management, inactive_accounts);
  tap_row(0);
  note("it needs no login");
  tap(log_in_again);
  tap(by_qr);
  auto login = std::make_shared<FakeLogin>();
  panel.account_desk.login = login;
  walk(account_management, list_accounts);
  tap_row(0);
  tap(log_in_again);
  tap(by_phone);
  type("+1 202 555 0123");
  login->become(accounts::LoggedIn{sara()});
  settle();
  look();
}

}  // namespace
}  // namespace tgpanel::bot
