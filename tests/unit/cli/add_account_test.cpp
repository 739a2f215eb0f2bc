#include "cli/add_account.hpp"

#include "cli/exit_codes.hpp"
#include "cli/printable.hpp"
#include "cli/qr_text.hpp"
#include "fake_console.hpp"
#include "telegram/completion.hpp"
#include "unit/support/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace tgpanel::cli {
namespace {

using test::run_ready;
using test::spawn;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A login that notes what it is told and answers as the test says.
class FakeLogin final : public accounts::Login {
 public:
  accounts::LoginStep now = accounts::Opening{};
  std::vector<std::string> told;
  Result<void> answer;
  bool cancelled = false;
  bool silent = false;  // Telegram answers nothing that is submitted
  std::function<void()> on_cancel;
  bool slow_release = false;
  telegram::Completion<bool> releasing;  // with slow_release: cancel() waits for it

  void move(accounts::LoginStep next) {
    now = std::move(next);
    if (observer_) observer_(now);
  }

  [[nodiscard]] const accounts::LoginStep& step() const override { return now; }

  void on_step(std::function<void(const accounts::LoginStep&)> observer) override {
    observer_ = std::move(observer);
  }

  Awaitable<Result<void>> submit_phone(std::string phone) override { return tell("phone", phone); }

  Awaitable<Result<void>> submit_code(Secret code) override { return tell("code", code.reveal()); }

  Awaitable<Result<void>> submit_email_address(std::string address) override {
    return tell("email", address);
  }

  Awaitable<Result<void>> submit_email_code(Secret code) override {
    return tell("email code", code.reveal());
  }

  Awaitable<Result<void>> resend_code() override { return tell("resend", ""); }

  Awaitable<Result<void>> submit_password(Secret password) override {
    return tell("password", password.reveal());
  }

  Awaitable<Result<void>> request_qr() override { return tell("qr", ""); }

  /// Answers what was submitted while silent.
  void answer_now() {
    if (auto done = std::exchange(unanswered_, nullptr)) done(true);
  }

  Awaitable<> cancel() override {
    cancelled = true;
    if (on_cancel) on_cancel();
    if (!slow_release) co_return;
    auto begin = [this](telegram::Completion<bool> done) { releasing = std::move(done); };
    co_await telegram::await_completion<bool>(std::move(begin));
  }

 private:
  Awaitable<Result<void>> tell(std::string what, std::string value) {
    told.push_back(what + " " + value);
    if (silent) {
      auto begin = [this](telegram::Completion<bool> done) { unanswered_ = std::move(done); };
      co_await telegram::await_completion<bool>(std::move(begin));
    }
    co_return answer;
  }

  std::function<void(const accounts::LoginStep&)> observer_;
  telegram::Completion<bool> unanswered_;
};

class AddAccount : public ::testing::Test {
 protected:
  FakeConsole console;
  std::shared_ptr<FakeLogin> login = std::make_shared<FakeLogin>();
  asio::io_context context;  // ends a conversation that is still going on, which uses both above
  std::shared_ptr<std::optional<int>> code = spawn<int>(context, add_account(login, &console));

  void SetUp() override { run_ready(context); }

  // What still waits for the login keeps it alive, and is kept by it.
  void TearDown() override {
    login->answer_now();
    if (auto done = std::exchange(login->releasing, nullptr)) done(true);
    run_ready(context);
  }

  void type(const std::string& line) {
    console.type(line);
    run_ready(context);
  }

  void move(accounts::LoginStep step) {
    login->move(std::move(step));
    run_ready(context);
  }
};

TEST_F(AddAccount, PhoneCodePassword) {
  move(accounts::WaitPhone{});
  EXPECT_THAT(console.written, HasSubstr("QR code"));
  type("");
  type("+1 202 555 0123");
  move(accounts::WaitCode{"an SMS", 5, "+1 ••• ••23"});
  EXPECT_THAT(console.written, HasSubstr("an SMS to +1 ••• ••23"));
  type("12345");
  move(accounts::WaitPassword{"my\x1b[2Jpet"});
  EXPECT_TRUE(console.hidden);
  EXPECT_THAT(console.written, Not(HasSubstr("\x1b")));
  type("hunter2");
  EXPECT_FALSE(console.hidden);
  accounts::Account account;
  account.name = "Ann";
  account.username = "ann";
  move(accounts::LoggedIn{account});
  EXPECT_EQ(*code, 0);
  EXPECT_THAT(login->told, ElementsAre("phone +1 202 555 0123", "code 12345", "password hunter2"));
  EXPECT_THAT(console.typed_hidden, ElementsAre("hunter2"));
  EXPECT_THAT(console.written, HasSubstr("Added Ann (@ann)"));
  EXPECT_THAT(console.written, Not(HasSubstr("hunter2")));
}

TEST_F(AddAccount, ARefusalIsSaidAndAskedAgain) {
  move(accounts::WaitPhone{});
  type("1");
  login->answer = fail(Errc::invalid, "Write the phone number in international form.");
  type("👍");
  EXPECT_THAT(console.written, HasSubstr("international form."));
  login->answer = {};
  type("+12025550123");
  EXPECT_EQ(login->told.size(), 2U);
  EXPECT_FALSE(code->has_value());
}

TEST_F(AddAccount, EveryKindOfCodeIsExplained) {
  move(accounts::WaitPhone{});
  type("1");
  type("+1 202 555 0123");
  accounts::WaitCode wait{"an SMS (a word)", 0, "", false};
  wait.kind = accounts::CodeKind::word;
  wait.begins = "k";
  wait.number = 1;
  wait.next = accounts::CodeKind::call;
  move(wait);
  EXPECT_THAT(console.written, HasSubstr("one word that begins with k."));
  EXPECT_THAT(console.written, Not(HasSubstr("\"again\"")));
  wait.can_resend = true;
  move(wait);
  EXPECT_THAT(console.written, HasSubstr("enter \"again\" for another one"));
  type("again");
  EXPECT_EQ(login->told.back(), "resend ");
  accounts::WaitCode call{"a phone call", 5, "", true};
  call.kind = accounts::CodeKind::call;
  call.number = 2;
  move(call);
  EXPECT_THAT(console.written, HasSubstr("sends a code by a phone call."));
  type("12345");
  EXPECT_EQ(login->told.back(), "code 12345");
}

TEST_F(AddAccount, AnEmailAddressAndItsCodes) {
  move(accounts::WaitPhone{});
  type("1");
  type("+1 202 555 0123");
  move(accounts::WaitEmailAddress{});
  type("dana@example.com");
  move(accounts::WaitEmailCode{"d***@example.com", 6, true, 1});
  EXPECT_THAT(console.written, HasSubstr("to the e-mail address d***@example.com."));
  type("111111");
  move(accounts::WaitEmailCode{"d***@example.com", 6, false, 2});
  type("222222");
  EXPECT_THAT(login->told, ElementsAre("phone +1 202 555 0123", "email dana@example.com",
                                       "email code 111111", "email code 222222"));
  move(accounts::LoggedIn{});
  EXPECT_EQ(*code, 0);
}

TEST_F(AddAccount, AnUnknownMethodIsAskedAgain) {
  move(accounts::WaitPhone{});
  type("/start");
  EXPECT_THAT(console.written, HasSubstr("Answer 1"));
  EXPECT_TRUE(login->told.empty());
}

TEST_F(AddAccount, QrIsDrawnAgainWhenTelegramRefreshesIt) {
  move(accounts::WaitPhone{});
  type("2");
  EXPECT_THAT(login->told, ElementsAre("qr "));
  move(accounts::WaitQr{"tg://login?token=a"});
  EXPECT_THAT(console.written, HasSubstr("token=a"));
  move(accounts::WaitQr{"tg://login?token=b"});
  EXPECT_THAT(console.written, HasSubstr("token=b"));
  console.put(EndOfInput{});  // no terminal: a script may have nothing more to say
  run_ready(context);
  EXPECT_FALSE(code->has_value());
  move(accounts::LoggedIn{});
  EXPECT_EQ(*code, 0);
}

TEST_F(AddAccount, EndOfInputAndInterruptsCancel) {
  move(accounts::WaitPhone{});
  console.put(EndOfInput{});
  run_ready(context);
  EXPECT_EQ(*code, 130);
  EXPECT_TRUE(login->cancelled);
}

TEST_F(AddAccount, AnInterruptWhileOpeningCancelsAndLinesTypedAheadAreKept) {
  console.type("1");
  console.type("+12025550123");
  run_ready(context);
  move(accounts::WaitPhone{});
  EXPECT_THAT(login->told, ElementsAre("phone +12025550123"));
  console.put(Interrupted{});
  run_ready(context);
  EXPECT_EQ(*code, 130);
}

TEST_F(AddAccount, AnInterruptIsHeardWhileTelegramDoesNotAnswer) {
  move(accounts::WaitPhone{});
  type("1");
  login->silent = true;
  type("+12025550123");
  EXPECT_FALSE(login->cancelled);
  console.put(Interrupted{});
  run_ready(context);
  EXPECT_TRUE(login->cancelled);
  EXPECT_EQ(*code, 130);
  EXPECT_THAT(console.written, HasSubstr("Cancelled. Nothing was added."));
}

TEST_F(AddAccount, LinesTypedWhileTelegramIsAskedAreNotLost) {
  move(accounts::WaitPhone{});
  type("1");
  login->silent = true;
  type("+12025550123");
  type("12345");
  login->silent = false;
  login->answer_now();
  run_ready(context);
  move(accounts::WaitCode{"an SMS", 5, ""});
  EXPECT_THAT(login->told, ElementsAre("phone +12025550123", "code 12345"));
}

TEST_F(AddAccount, WhatIsSaidOfACancelledLoginIsWhatBecameOfIt) {
  move(accounts::WaitPhone{});
  login->on_cancel = [this] {
    // The account was being written down when the interrupt came.
    accounts::Account account;
    account.name = "Ann";
    login->move(accounts::LoggedIn{account});
  };
  console.put(Interrupted{});
  run_ready(context);
  EXPECT_EQ(*code, 0);
  EXPECT_THAT(console.written, HasSubstr("Added Ann"));
  EXPECT_THAT(console.written, Not(HasSubstr("Nothing was added")));
}

TEST_F(AddAccount, ASecondInterruptDoesNotWaitForTheRelease) {
  move(accounts::WaitPhone{});
  login->slow_release = true;
  console.put(Interrupted{});
  run_ready(context);
  EXPECT_FALSE(code->has_value());
  console.put(Interrupted{});
  run_ready(context);
  EXPECT_EQ(*code, 130);
  EXPECT_THAT(console.written, HasSubstr("before the login was released"));
  EXPECT_THAT(console.written, Not(HasSubstr("Nothing was added")));
}

TEST_F(AddAccount, AFailureEndsWithItsSentenceAndItsExitCode) {
  move(accounts::WaitPhone{});
  move(accounts::LoginFailed{Error{Errc::flood_wait, "Telegram asks to wait 7 minutes.", 400}});
  EXPECT_EQ(*code, 6);
  EXPECT_TRUE(login->cancelled);
  EXPECT_THAT(console.written, HasSubstr("7 minutes"));
}

TEST(ExitCodes, AsTheDesignSays) {
  EXPECT_EQ(exit_code(Errc::failed), 1);
  EXPECT_EQ(exit_code(Errc::exists), 1);
  EXPECT_EQ(exit_code(Errc::not_found), 4);
  EXPECT_EQ(exit_code(Errc::flood_wait), 6);
  EXPECT_EQ(exit_code(Errc::busy), 75);
  EXPECT_EQ(exit_code(Errc::login_needed), 77);
  EXPECT_EQ(exit_code(Errc::configuration), 78);
  EXPECT_EQ(exit_code(Errc::cancelled), 130);
}

TEST(Printable, ControlCharactersDoNotReachTheTerminal) {
  EXPECT_EQ(printable("a\x1b[2Jb\n\x7f"), "a?[2Jb??");
  EXPECT_EQ(printable("\xc2\x9b"
                      "5m"),
            "?5m");
  EXPECT_EQ(printable("علی 👍 é"), "علی 👍 é");
}

TEST(QrText, IsARectangleWithALightBorder) {
  const auto text = qr_text("tg://login?token=abc", false);
  std::vector<std::size_t> widths;
  std::size_t columns = 0;
  for (const char c : text) {
    if (c == '\n') {
      widths.push_back(std::exchange(columns, 0));
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++columns;
    }
  }
  ASSERT_FALSE(widths.empty());
  for (const auto width : widths) EXPECT_EQ(width, widths.front());
  EXPECT_TRUE(text.starts_with("█"));
}

}  // namespace
}  // namespace tgpanel::cli
