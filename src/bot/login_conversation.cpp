#include "accounts/login.hpp"
#include "accounts/phone.hpp"
#include "base/text.hpp"
#include "bot/conversation.hpp"
#include "bot/input.hpp"
#include "bot/keypad.hpp"
#include "bot/login_screen.hpp"
#include "bot/menus.hpp"
#include "panel/panel.hpp"
#include "words/accounts.hpp"
#include "words/login.hpp"
#include "words/menus.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tgpanel::bot {
namespace {

using accounts::Login;
using accounts::LoginStep;

constexpr std::size_t kLongestPassword = 256;  // UTF-16 units, as in the login itself

/// Account Management → Add account. Shows what the login waits for and hands it what is given.
class LoginConversation final : public Conversation {
 public:
  LoginConversation(Stage& stage, AccountId again) : Conversation(stage), again_(again) {}

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), again_ == 0 ? words::add_account : words::log_in_again))
        .add("\n\n");
    add_problem(screen, problem_);
    const ButtonMaker maker = [this](std::string_view label, std::string_view action) {
      return button(label, action);
    };
    LoginFooter footer = LoginFooter::back_and_cancel;
    if (method_ == Method::none) {
      draw_login_ways(language(), screen, maker);
    } else if (busy_ || (!login_ && method_ == Method::qr)) {
      footer = draw_login_wait(language(), screen);
    } else {
      footer = draw_login_step({.language = language(),
                                .step = login_ ? login_->step() : LoginStep(accounts::WaitPhone{}),
                                .by_qr = method_ == Method::qr,
                                .keypad = keypad_ ? &*keypad_ : nullptr},
                               screen, maker);
    }
    const bool both = footer == LoginFooter::back_and_cancel;
    screen.rows.push_back(both ? back_and_cancel() : cancel_only());
    screen.text.fit(kMaxText);
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    problem_ = {};
    place_ = Place::here;
    if (action == kBack) {
      back();
    } else if (method_ == Method::none) {
      if (action == kLoginByPhone) open(Method::phone);
      if (action == kLoginByQr) open(Method::qr);
    } else if (busy_) {
      return words::please_wait;
    } else if (action == kLoginByQr) {
      method_ = Method::qr;
      if (opening()) {
        stage().redraw(Place::here);  // asked for as soon as the login is open
      } else {
        submit(request_qr(self(), login_));
      }
    } else if (action == kLoginResend && waits_for_a_code()) {
      submit(resend(self(), login_));
    } else if (keypad_ && waits_for_a_code()) {
      switch (keypad_->press(action)) {
        case Keypad::Effect::none:
          break;
        case Keypad::Effect::changed:
          stage().redraw(Place::here);
          break;
        case Keypad::Effect::submit:
          submit(give_code(self(), login_, keypad_->take()));
          break;
      }
    }
    return {};
  }

  void on_message(const Incoming& message) override {
    problem_ = {};
    place_ = Place::below;
    const bool asked = login_ && !busy_;
    const bool number_asked =
        !busy_ && method_ == Method::phone && (opening() || waits_for<accounts::WaitPhone>());
    if (login_ && waits_for<accounts::WaitPassword>()) {
      stage().erase(message.id);  // whatever it is: nothing secret stays in the chat
    }
    if (number_asked) {
      auto phone = accounts::normalise_phone(message.text.value_or(std::string()));
      if (!phone) return refuse(words::expected_phone);
      take_phone(std::move(*phone));
    } else if (asked && waits_for<accounts::WaitPassword>()) {
      if (!message.text || message.text->empty() ||
          utf16_length(*message.text) > kLongestPassword) {
        return refuse(words::expected_password);
      }
      submit(give_password(self(), login_, Secret(*message.text)));
    } else if (asked && waits_for<accounts::WaitEmailAddress>()) {
      auto address = accounts::normalise_email(message.text.value_or(std::string()));
      if (!address) return refuse(words::expected_email);
      submit(give_email(self(), login_, std::move(*address)));
    } else if (waits_for_a_code()) {
      if (message.text && std::ranges::count_if(ascii_digits(*message.text),
                                                [](char c) { return c >= '0' && c <= '9'; }) >= 3) {
        stage().erase(message.id);
        return refuse(words::code_was_typed);
      }
      refuse(busy_ ? words::please_wait : keypad_ ? words::use_the_keypad : words::use_the_buttons);
    } else {
      const bool waiting = busy_ || (method_ != Method::none && opening());
      refuse(waiting ? words::please_wait : words::use_the_buttons);
    }
  }

 protected:
  void release() override { drop_login(); }

 private:
  enum class Method : std::uint8_t { none, phone, qr };

  [[nodiscard]] std::shared_ptr<LoginConversation> self() {
    return std::static_pointer_cast<LoginConversation>(shared_from_this());
  }

  template <class Step>
  [[nodiscard]] bool waits_for() const {
    return std::holds_alternative<Step>(login_->step());
  }

  [[nodiscard]] bool waits_for_a_code() const {
    return login_ && (waits_for<accounts::WaitCode>() || waits_for<accounts::WaitEmailCode>());
  }

  /// The login does not yet take anything; its first question is known by the method.
  [[nodiscard]] bool opening() const { return !login_ || waits_for<accounts::Opening>(); }

  // The login's life.
  void open(Method method) {
    method_ = method;
    next_step();
    stage().redraw(place_);
    stage().spawn(begin_login(self(), step()));
  }

  void adopt(std::shared_ptr<Login> login) {
    login_ = std::move(login);
    std::weak_ptr<LoginConversation> weak = self();
    // A step beside: the end of the conversation takes this observer away, which it must not do
    // while the observer runs.
    login_->on_step([weak](const LoginStep& /*step*/) {
      const auto self = weak.lock();
      if (self && !self->ended()) self->stage().spawn(follow(self, self->login_));
    });
    on_login_step();
  }

  void on_login_step() {
    const LoginStep& now = login_->step();
    if (const auto* done = std::get_if<accounts::LoggedIn>(&now)) {
      finished(done->account);
      return;
    }
    if (const auto* failed = std::get_if<accounts::LoginFailed>(&now)) {
      const Sentence why = sentence_of(failed->error);
      stage().finish(why, MenuRef{Menu::accounts, 0}, place_);
      return;
    }
    if (std::holds_alternative<accounts::Opening>(now)) return;
    if (std::holds_alternative<accounts::WaitPhone>(now)) {
      if (auto phone = std::exchange(phone_, {}); !phone.empty()) {
        submit(give_phone(self(), login_, std::move(phone)));
      } else if (method_ == Method::qr && !busy_) {
        submit(request_qr(self(), login_));
      }
      return;  // the screen asks for the number already
    }
    // A renewed QR link is no new step, and neither is a code that was sent anew by itself:
    // somebody may be entering it already.
    if (now.index() != shown_ || (busy_ && code_number(now) != shown_number_)) {
      shown_ = now.index();
      busy_ = false;
      if (problem_ == Sentence(words::please_wait)) problem_ = {};  // it is over
      next_step();
      make_keypad(now);
    } else if (keypad_.has_value() != taken_by_keys(now) ||
               (keypad_ && keypad_->length() != code_length(now))) {
      make_keypad(now);
    }
    shown_number_ = code_number(now);
    stage().redraw(place_);
    place_ = Place::here;
  }

  void make_keypad(const LoginStep& step) {
    keypad_.reset();
    if (!taken_by_keys(step)) return;
    const bool letters = std::holds_alternative<accounts::WaitEmailCode>(step);
    keypad_.emplace(
        code_length(step), [this] { return stage().random(); },
        letters ? Keypad::Keys::letters_too : Keypad::Keys::digits);
  }

  void finished(const accounts::Account& account) {
    Screen card;
    card.text.bold(say(language(), again_ == 0 ? words::account_added : words::logged_in_again))
        .add("\n\n")
        .add(describe(language(), account))
        .add("\n");
    card.text.add(say(language(), words::account_user_id))
        .add(" ")
        .code(language(), std::to_string(account.user_id));
    card.text.add("\n").add(say(language(), describe(account.state)));
    auto view = look(stage().panel(), Menu::accounts);
    view.language = language();
    const auto menu = menu_screen({Menu::accounts, 0}, view);
    card.rows = menu.rows;
    login_.reset();
    stage().finish(std::move(card), place_);
  }

  void back() {
    if (method_ == Method::none) {
      stage().finish({}, MenuRef{Menu::accounts, 0}, Place::here);
      return;
    }
    const bool number_again =
        waits_for_a_code() || (login_ && waits_for<accounts::WaitEmailAddress>());
    drop_login();
    if (number_again) {
      open(Method::phone);
      return;
    }
    method_ = Method::none;
    next_step();
    stage().redraw(Place::here);
  }

  void take_phone(std::string phone) {
    if (!opening()) return submit(give_phone(self(), login_, std::move(phone)));
    phone_ = std::move(phone);  // handed over as soon as the login is open
    busy_ = true;
    stage().redraw(place_);
  }

  void drop_login() {
    busy_ = false;
    phone_.clear();
    keypad_.reset();
    shown_ = 0;
    shown_number_ = 0;
    if (auto login = std::exchange(login_, nullptr)) {
      login->on_step({});
      stage().spawn(cancel(std::move(login)));
    }
  }

  void submit(Awaitable<> work) {
    busy_ = true;
    stage().redraw(place_);
    stage().spawn(std::move(work));
  }

  void refuse(Sentence problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  /// After an answer: a refusal leaves the step as it was, success shows as the next step.
  void answered(const std::shared_ptr<Login>& login, const Result<void>& result) {
    if (ended() || login != login_ || result) return;
    busy_ = false;
    problem_ = sentence_of(result.error());
    if (method_ == Method::qr && waits_for<accounts::WaitPhone>()) {  // nothing to ask meanwhile
      drop_login();
      method_ = Method::none;
      next_step();
    }
    stage().redraw(place_);
    place_ = Place::here;
  }

  static Awaitable<> follow(std::shared_ptr<LoginConversation> self, std::shared_ptr<Login> login) {
    if (!self->ended() && login && login == self->login_) self->on_login_step();
    co_return;
  }

  static Awaitable<> begin_login(std::shared_ptr<LoginConversation> self, std::int64_t step) {
    if (self->ended()) co_return;
    panel::Panel& panel = self->stage().panel();
    auto beginning =
        self->again_ == 0 ? panel.begin_login() : panel.desk().log_in_again(self->again_);
    auto login = co_await std::move(beginning);
    if (self->ended() || self->step() != step) {  // not wanted any more
      if (login) co_await (*login)->cancel();
      co_return;
    }
    if (!login) {
      self->stage().finish(sentence_of(login.error()), MenuRef{Menu::accounts, 0}, self->place_);
      co_return;
    }
    self->adopt(std::move(*login));
  }

  static Awaitable<> give_phone(std::shared_ptr<LoginConversation> self,
                                std::shared_ptr<Login> login, std::string phone) {
    const auto result = co_await login->submit_phone(std::move(phone));
    self->answered(login, result);
  }

  static Awaitable<> give_code(std::shared_ptr<LoginConversation> self,
                               std::shared_ptr<Login> login, Secret code) {
    const bool by_email = std::holds_alternative<accounts::WaitEmailCode>(login->step());
    auto given =
        by_email ? login->submit_email_code(std::move(code)) : login->submit_code(std::move(code));
    const auto result = co_await std::move(given);
    self->answered(login, result);
  }

  static Awaitable<> give_email(std::shared_ptr<LoginConversation> self,
                                std::shared_ptr<Login> login, std::string address) {
    const auto result = co_await login->submit_email_address(std::move(address));
    self->answered(login, result);
  }

  static Awaitable<> resend(std::shared_ptr<LoginConversation> self, std::shared_ptr<Login> login) {
    const auto result = co_await login->resend_code();
    self->answered(login, result);
  }

  static Awaitable<> give_password(std::shared_ptr<LoginConversation> self,
                                   std::shared_ptr<Login> login, Secret password) {
    const auto result = co_await login->submit_password(std::move(password));
    self->answered(login, result);
  }

  static Awaitable<> request_qr(std::shared_ptr<LoginConversation> self,
                                std::shared_ptr<Login> login) {
    const auto result = co_await login->request_qr();
    self->answered(login, result);
  }

  static Awaitable<> cancel(std::shared_ptr<Login> login) { co_await login->cancel(); }

  AccountId again_;  // the account that is logged in again; 0: a new one
  Method method_ = Method::none;
  std::shared_ptr<Login> login_;
  std::size_t shown_ = 0;  // index of the step on show, once there was one after the number's
  int shown_number_ = 0;   // of its code
  std::string phone_;      // given before the login was open
  std::optional<Keypad> keypad_;
  Sentence problem_;
  Place place_ = Place::here;
  bool busy_ = false;  // an answer is with Telegram
};

}  // namespace

std::shared_ptr<Conversation> login_conversation(Stage& stage, AccountId again) {
  return std::make_shared<LoginConversation>(stage, again);
}

}  // namespace tgpanel::bot
