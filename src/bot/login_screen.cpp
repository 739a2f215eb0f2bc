#include "bot/login_screen.hpp"

#include "words/login.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace tgpanel::bot {
namespace {

using accounts::LoginStep;

/// "an SMS", "a phone call", ...
const Phrase& way_of(accounts::CodeKind kind) {
  using accounts::CodeKind;
  switch (kind) {
    case CodeKind::none:
    case CodeKind::app:
      return words::code_by_app;
    case CodeKind::sms:
      return words::code_by_sms;
    case CodeKind::word:
      return words::code_by_word;
    case CodeKind::phrase:
      return words::code_by_phrase;
    case CodeKind::call:
      return words::code_by_call;
    case CodeKind::flash_call:
    case CodeKind::missed_call:
      return words::code_by_missed_call;
    case CodeKind::fragment:
      return words::code_by_fragment;
  }
  return words::code_by_app;
}

class StepDrawer {
 public:
  StepDrawer(const LoginView& view, Screen& screen, const ButtonMaker& button)
      : view_(view), screen_(screen), button_(button) {}

  LoginFooter operator()(const accounts::Opening& /*step*/) const {
    return (*this)(accounts::WaitPhone{});
  }

  LoginFooter operator()(const accounts::LoggedIn& /*step*/) const { return wait(); }

  LoginFooter operator()(const accounts::LoginFailed& /*step*/) const { return wait(); }

  LoginFooter operator()(const accounts::WaitPhone& /*step*/) const {
    if (view_.by_qr) return wait();
    add(words::ask_phone);
    return qr_instead();
  }

  LoginFooter operator()(const accounts::WaitCode& step) const {
    screen_.text.add(explain(step));
    draw_keypad();
    if (step.next != accounts::CodeKind::none) {
      const Phrase& next = way_of(step.next);
      if (step.can_resend) {
        row(words::resend_code, kLoginResend, next);
      } else {
        screen_.text.add("\n\n");
        add(words::resend_later, next);
      }
    }
    return qr_instead();
  }

  LoginFooter operator()(const accounts::WaitEmailAddress& /*step*/) const {
    add(words::ask_email);
    return qr_instead();
  }

  LoginFooter operator()(const accounts::WaitEmailCode& step) const {
    add(words::ask_email_code, step.pattern);
    draw_keypad();
    if (step.can_resend) row(words::resend_email, kLoginResend);
    return qr_instead();
  }

  LoginFooter operator()(const accounts::WaitPassword& step) const {
    add(words::ask_password);
    if (!step.hint.empty()) {
      screen_.text.add("\n\n");
      add(words::password_hint, shorten(step.hint, 100));
    }
    return view_.by_qr ? LoginFooter::back_and_cancel : qr_instead();
  }

  LoginFooter operator()(const accounts::WaitQr& step) const {
    add(words::scan_qr);
    screen_.qr = step.link;
    return LoginFooter::back_and_cancel;
  }

 private:
  template <class... Gaps>
  [[nodiscard]] std::string said(const Phrase& phrase, Gaps&&... gaps) const {
    return say(view_.language, phrase, std::forward<Gaps>(gaps)...);
  }

  template <class... Gaps>
  void add(const Phrase& phrase, Gaps&&... gaps) const {
    screen_.text.add(said(phrase, std::forward<Gaps>(gaps)...));
  }

  template <class... Gaps>
  void row(const Phrase& phrase, std::string_view action, Gaps&&... gaps) const {
    screen_.rows.push_back({button_(said(phrase, std::forward<Gaps>(gaps)...), action)});
  }

  [[nodiscard]] LoginFooter wait() const { return draw_login_wait(view_.language, screen_); }

  [[nodiscard]] LoginFooter qr_instead() const {
    row(words::qr_instead, kLoginByQr);
    return LoginFooter::back_and_cancel;
  }

  [[nodiscard]] std::string explain(const accounts::WaitCode& step) const {
    using accounts::CodeKind;
    const Phrase& way = way_of(step.kind);
    auto code = said(words::ask_code, step.masked_phone, way);
    switch (step.kind) {
      case CodeKind::word:
      case CodeKind::phrase:
        return said(words::ask_word, step.masked_phone, way);
      case CodeKind::flash_call:
        return said(words::ask_flash_call, step.masked_phone);
      case CodeKind::missed_call:
        return code + "\n\n" + said(words::missed_call_hint, step.begins, step.length);
      case CodeKind::fragment:
        return code + "\n\n" + said(words::fragment_hint, step.begins);
      default:
        return code;
    }
  }

  void draw_keypad() const {
    if (view_.keypad == nullptr) return;
    screen_.text.add("\n\n").add(view_.keypad->shown());
    for (const auto& keys : view_.keypad->rows(view_.language)) {
      Row row;
      for (const auto& key : keys) row.push_back(button_(key.label, key.action));
      screen_.rows.push_back(std::move(row));
    }
  }

  const LoginView& view_;
  Screen& screen_;
  const ButtonMaker& button_;
};

}  // namespace

void draw_login_ways(Language language, Screen& screen, const ButtonMaker& button) {
  screen.text.add(say(language, words::ask_method));
  screen.rows.push_back({button(say(language, words::by_qr), kLoginByQr)});
  screen.rows.push_back({button(say(language, words::by_phone), kLoginByPhone)});
}

LoginFooter draw_login_wait(Language language, Screen& screen) {
  screen.text.add(say(language, words::asking_telegram));
  return LoginFooter::cancel_only;
}

LoginFooter draw_login_step(const LoginView& view, Screen& screen, const ButtonMaker& button) {
  return std::visit(StepDrawer(view, screen, button), view.step);
}

int code_number(const LoginStep& step) {
  if (const auto* code = std::get_if<accounts::WaitCode>(&step)) return code->number;
  if (const auto* email = std::get_if<accounts::WaitEmailCode>(&step)) return email->number;
  return 0;
}

std::size_t code_length(const LoginStep& step) {
  int length = 0;
  if (const auto* code = std::get_if<accounts::WaitCode>(&step)) length = code->length;
  if (const auto* email = std::get_if<accounts::WaitEmailCode>(&step)) length = email->length;
  return static_cast<std::size_t>(std::max(length, 0));
}

bool taken_by_keys(const LoginStep& step) {
  if (const auto* code = std::get_if<accounts::WaitCode>(&step)) {
    return code->digits && code->kind != accounts::CodeKind::flash_call;
  }
  return std::holds_alternative<accounts::WaitEmailCode>(step);
}

}  // namespace tgpanel::bot
