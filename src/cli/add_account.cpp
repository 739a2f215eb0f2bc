#include "cli/add_account.hpp"

#include "accounts/tasks.hpp"
#include "cli/exit_codes.hpp"
#include "cli/printable.hpp"
#include "cli/qr_text.hpp"
#include "words/errors_accounts.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tgpanel::cli {

namespace {

using accounts::LoginStep;

constexpr std::string_view kAgain = "again";

// Wakes one waiter; a ring that nobody waits for is kept.
class Bell {
 public:
  explicit Bell(const Executor& executor) : timer_(executor) {}

  void ring() {
    rang_ = true;
    timer_.cancel();
  }

  Awaitable<> rung() {
    if (std::exchange(rang_, false)) co_return;
    timer_.expires_after(std::chrono::hours(24));
    boost::system::error_code ignored;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    rang_ = false;
  }

 private:
  asio::steady_timer timer_;
  bool rang_ = false;
};

class Conversation {
 public:
  Conversation(std::shared_ptr<accounts::Login> login, Console& console, const Executor& executor,
               LoginMethod method)
      : login_(std::move(login)),
        console_(console),
        executor_(executor),
        bell_(std::make_shared<Bell>(executor)),
        method_(method) {
    login_->on_step([this](const LoginStep&) { bell_->ring(); });
    console_.on_input([this] { bell_->ring(); });
  }

  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  ~Conversation() {
    login_->on_step(nullptr);
    console_.on_input(nullptr);
  }

  Awaitable<int> run() {
    while (!cancelled_ && !over()) co_await take_step();
    // Only after the release is it known what became of a login that was cancelled: an account that
    // was being written down meanwhile is added.
    if (!over()) {
      console_.write("\nCancelling. Ctrl+C again does not wait for it.\n");
      const bool done = co_await released();
      if (!done) co_return left_unreleased();
    }
    const int code = say_outcome();
    if (code == 0) co_return code;
    const bool done = co_await released();  // before this program ends
    co_return done ? code : left_unreleased();
  }

 private:
  [[nodiscard]] bool over() const {
    return std::holds_alternative<accounts::LoggedIn>(login_->step()) ||
           std::holds_alternative<accounts::LoginFailed>(login_->step());
  }

  int say_outcome() {
    const auto& step = login_->step();
    if (const auto* done = std::get_if<accounts::LoggedIn>(&step)) {
      console_.write(fmt::format("Added {}.\n", describe(done->account)));
      return 0;
    }
    const auto* failed = std::get_if<accounts::LoginFailed>(&step);
    if (failed != nullptr && !(cancelled_ && failed->error.code == Errc::cancelled)) {
      console_.write(fmt::format("{}\n", failed->error.message));
      return exit_code(failed->error.code);
    }
    console_.write("Cancelled. Nothing was added.\n");
    return kInterrupted;
  }

  int left_unreleased() {
    console_.write(
        "Ended before the login was released. The panel's next start removes it, or adds the "
        "account if Telegram had accepted the login.\n");
    return kInterrupted;
  }

  static Awaitable<Result<void>> release(std::shared_ptr<accounts::Login> login) {
    co_await login->cancel();
    co_return Result<void>();
  }

  // False when an interrupt came first.
  Awaitable<bool> released() {
    auto work = release(login_);
    const auto outcome = beside(std::move(work));
    while (!*outcome) {
      if (interrupted()) co_return false;
      co_await bell_->rung();
    }
    co_return true;
  }

  using Outcome = std::shared_ptr<std::optional<Result<void>>>;

  // Goes on by itself when nobody waits for it any more, and needs nothing of this object then.
  static Awaitable<> carry_out(std::shared_ptr<accounts::Login> login, Awaitable<Result<void>> work,
                               Outcome outcome, std::shared_ptr<Bell> bell) {
    outcome->emplace(co_await std::move(work));
    bell->ring();
    login.reset();  // held until its work was done
  }

  Outcome beside(Awaitable<Result<void>> work) {
    auto outcome = std::make_shared<std::optional<Result<void>>>();
    accounts::launch(executor_, carry_out(login_, std::move(work), outcome, bell_));
    return outcome;
  }

  // Telegram may take its time to answer: an interrupt is heard meanwhile.
  Awaitable<Result<void>> answer_to(Awaitable<Result<void>> submission) {
    const auto outcome = beside(std::move(submission));
    while (!*outcome && !cancelled_) co_await wait_change();
    if (!*outcome) co_return fail(Errc::cancelled, words::login_cancelled);
    co_return **outcome;
  }

  Awaitable<> take_step() {
    const auto& step = login_->step();
    if (std::holds_alternative<accounts::WaitPhone>(step)) return phone_or_qr();
    if (const auto* code = std::get_if<accounts::WaitCode>(&step)) return enter_code(*code);
    if (std::holds_alternative<accounts::WaitEmailAddress>(step)) return enter_email();
    if (const auto* email = std::get_if<accounts::WaitEmailCode>(&step)) {
      return enter_email_code(*email);
    }
    if (const auto* password = std::get_if<accounts::WaitPassword>(&step)) {
      return enter_password(*password);
    }
    if (const auto* qr = std::get_if<accounts::WaitQr>(&step)) return show_qr(qr->link);
    return wait_step();
  }

  Awaitable<> phone_or_qr() {
    if (method_ == LoginMethod::ask) {
      auto answer = co_await prompt("Log in by 1) phone number or 2) QR code? [1] ", false);
      if (!answer) co_return;
      const auto& choice = answer->reveal();
      if (!choice.empty() && choice != "1" && choice != "2") {
        console_.write("Answer 1 for a phone number or 2 for a QR code.\n");
        co_return;
      }
      method_ = choice == "2" ? LoginMethod::qr : LoginMethod::phone;
    }
    if (method_ == LoginMethod::qr) {
      auto asking = login_->request_qr();
      const auto asked = co_await answer_to(std::move(asking));
      report(asked);
      if (asked) {
        co_await left_behind<accounts::WaitPhone>();
      } else {
        method_ = LoginMethod::ask;
      }
      co_return;
    }
    auto phone = co_await prompt("Phone number with country code: ", false);
    if (!phone) co_return;
    std::string number = phone->reveal();
    auto sending = login_->submit_phone(std::move(number));
    const auto sent = co_await answer_to(std::move(sending));
    report(sent);
    if (sent) co_await left_behind<accounts::WaitPhone>();
  }

  Awaitable<> enter_code(accounts::WaitCode wait) {
    if (std::exchange(code_announced_, wait.number + 1) != wait.number + 1) {
      console_.write(fmt::format("Telegram sends a code by {}{}.\n", wait.via,
                                 wait.masked_phone.empty() ? "" : " to " + wait.masked_phone));
      console_.write(explain(wait));
    }
    std::string question = "Code: ";
    if (wait.can_resend) {
      question = fmt::format("Code (or \"again\", to have it sent by {}): ",
                             accounts::to_string(wait.next));
    }
    const int number = wait.number;
    auto code = co_await prompt(std::move(question), false);
    if (!code) co_return;
    if (code->reveal() == kAgain) co_return co_await send_again(number);
    auto checking = login_->submit_code(std::move(*code));
    const auto taken = co_await answer_to(std::move(checking));
    report(taken);
    if (taken) co_await left_behind<accounts::WaitCode>();
  }

  Awaitable<> send_again(int number) {
    auto sending = login_->resend_code();
    const auto sent = co_await answer_to(std::move(sending));
    report(sent);
    while (sent && !cancelled_ && code_number(login_->step()) == number) co_await wait_change();
  }

  static std::string explain(const accounts::WaitCode& wait) {
    using accounts::CodeKind;
    const auto begins = printable(wait.begins);
    switch (wait.kind) {
      case CodeKind::word:
        return fmt::format("It is one word{}.\n",
                           begins.empty() ? "" : " that begins with " + begins);
      case CodeKind::phrase:
        return fmt::format("It is several words{}.\n",
                           begins.empty() ? "" : ", the first of them " + begins);
      case CodeKind::flash_call:
        return "Enter the whole number that calls. \"tgpanel account add --qr\" needs no call.\n";
      case CodeKind::missed_call:
        return fmt::format("The number begins with {}: enter its last {} digits.\n", begins,
                           wait.length);
      case CodeKind::fragment:
        return fmt::format("Whoever owns this anonymous number finds the code at {}.\n", begins);
      default:
        return {};
    }
  }

  static int code_number(const LoginStep& step) {
    if (const auto* code = std::get_if<accounts::WaitCode>(&step)) return code->number;
    if (const auto* email = std::get_if<accounts::WaitEmailCode>(&step)) return email->number;
    return -1;
  }

  [[nodiscard]] bool can_resend() const {
    const auto* code = std::get_if<accounts::WaitCode>(&login_->step());
    return code != nullptr && code->can_resend;
  }

  Awaitable<> enter_email() {
    if (!std::exchange(email_explained_, true)) {
      console_.write(
          "Telegram wants an e-mail address for this account before it sends a code, and will use "
          "it for its logins from now on.\n");
    }
    auto address = co_await prompt("E-mail address: ", false);
    if (!address) co_return;
    std::string text = address->reveal();
    auto sending = login_->submit_email_address(std::move(text));
    const auto taken = co_await answer_to(std::move(sending));
    report(taken);
    if (taken) co_await left_behind<accounts::WaitEmailAddress>();
  }

  Awaitable<> enter_email_code(accounts::WaitEmailCode wait) {
    if (std::exchange(code_announced_, wait.number + 1) != wait.number + 1) {
      console_.write(fmt::format("Telegram sends a code to the e-mail address {}.\n",
                                 printable(wait.pattern)));
    }
    const int number = wait.number;
    std::string question =
        wait.can_resend ? "Code from the e-mail (or \"again\"): " : "Code from the e-mail: ";
    auto code = co_await prompt(std::move(question), false);
    if (!code) co_return;
    if (code->reveal() == kAgain) co_return co_await send_again(number);
    auto checking = login_->submit_email_code(std::move(*code));
    const auto taken = co_await answer_to(std::move(checking));
    report(taken);
    // What follows may be another code, sent to the address that is the account's now.
    while (taken && !cancelled_ && code_number(login_->step()) == number) co_await wait_change();
  }

  Awaitable<> enter_password(accounts::WaitPassword wait) {
    auto question = wait.hint.empty() ? std::string("Two-step verification password: ")
                                      : fmt::format("Two-step verification password (hint: {}): ",
                                                    printable(wait.hint));
    auto password = co_await prompt(std::move(question), true);
    if (!password) co_return;
    auto checking = login_->submit_password(std::move(*password));
    const auto taken = co_await answer_to(std::move(checking));
    report(taken);
    if (taken) co_await left_behind<accounts::WaitPassword>();
  }

  Awaitable<> show_qr(std::string link) {
    const auto picture = qr_text(link, console_.is_terminal());
    const std::string below = fmt::format(
        "Scan it with the Telegram app: Settings > Devices > Link Desktop Device.\n"
        "Or open this link on that phone: {}\nCtrl+C cancels.\n",
        link);
    // A refreshed code is drawn over the old one.
    if (qr_lines_ > 0 && console_.is_terminal()) {
      console_.write(fmt::format("\x1b[{}A\x1b[J", qr_lines_));
    }
    console_.write(picture + below);
    qr_lines_ = std::ranges::count(picture, '\n') + std::ranges::count(below, '\n');
    while (!cancelled_) {
      const auto* qr = std::get_if<accounts::WaitQr>(&login_->step());
      if (qr == nullptr || qr->link != link) co_return;
      while (auto input = next_input()) {
        // A script that has nothing more to say may still wait for the scan.
        if (std::holds_alternative<Interrupted>(*input)) cancelled_ = true;
        if (std::holds_alternative<EndOfInput>(*input) && console_.is_terminal()) cancelled_ = true;
      }
      if (!cancelled_) co_await bell_->rung();
    }
  }

  // Asks and waits for a line; nothing when the login moved on or was cancelled meanwhile.
  Awaitable<std::optional<Secret>> prompt(std::string question, bool hidden) {
    const auto index = login_->step().index();
    console_.hide_typing(hidden);  // before the question: nobody types faster than that
    console_.write(question);
    std::optional<Secret> answer;
    bool offered = can_resend();
    while (!cancelled_ && !answer && login_->step().index() == index) {
      auto input = next_input();
      if (!input) {
        co_await bell_->rung();
        if (!std::exchange(offered, offered || can_resend()) && offered) {
          console_.write("\nIf no code came, enter \"again\" for another one.\n" + question);
        }
      } else if (auto* line = std::get_if<Line>(&*input)) {
        answer = std::move(line->text);
      } else {
        cancelled_ = true;
      }
    }
    console_.hide_typing(false);
    co_return answer;
  }

  // An accepted step is followed by another one; until then there is nothing to ask.
  template <class Step>
  Awaitable<> left_behind() {
    while (!cancelled_ && std::holds_alternative<Step>(login_->step())) co_await wait_step();
  }

  Awaitable<> wait_step() {
    const auto index = login_->step().index();
    while (!cancelled_ && login_->step().index() == index) {
      co_await wait_change();
    }
  }

  Awaitable<> wait_change() {
    co_await bell_->rung();
    if (interrupted()) cancelled_ = true;
  }

  // Looks for an interrupt without losing lines typed ahead.
  bool interrupted() {
    while (auto input = console_.take()) {
      if (std::holds_alternative<Interrupted>(*input)) return true;
      ahead_.push_back(std::move(*input));
    }
    return false;
  }

  std::optional<Input> next_input() {
    if (ahead_.empty()) return console_.take();
    auto first = std::move(ahead_.front());
    ahead_.pop_front();
    return first;
  }

  void report(const Result<void>& result) {
    if (result || cancelled_) return;
    if (std::holds_alternative<accounts::LoginFailed>(login_->step())) return;
    console_.write(fmt::format("{}\n", result.error().message));
  }

  static std::string describe(const accounts::Account& account) {
    std::string text = printable(account.name);
    if (!account.username.empty()) text += " (@" + printable(account.username) + ")";
    if (!account.masked_phone.empty()) text += ", " + account.masked_phone;
    return text;
  }

  std::shared_ptr<accounts::Login> login_;
  Console& console_;
  Executor executor_;
  std::shared_ptr<Bell> bell_;  // rings when there is something new to look at
  std::deque<Input> ahead_;
  bool cancelled_ = false;
  LoginMethod method_;
  bool email_explained_ = false;
  int code_announced_ = 0;  // one more than the number of the code that was
  std::ptrdiff_t qr_lines_ = 0;
};

}  // namespace

Awaitable<int> add_account(std::shared_ptr<accounts::Login> login, Console* console,
                           LoginMethod method) {
  const auto executor = co_await asio::this_coro::executor;
  Conversation conversation(std::move(login), *console, executor, method);
  co_return co_await conversation.run();
}

}  // namespace tgpanel::cli
