#include "accounts/login_session.hpp"

#include "accounts/deadlines.hpp"
#include "accounts/tasks.hpp"
#include "base/crash_point.hpp"
#include "words/errors_accounts.hpp"

#include <utility>

namespace tgpanel::accounts {

namespace {

// Logging out needs the network; closing does not.
constexpr Millis kReleaseDeadline{15'000};
constexpr Millis kOnlineDeadline{5'000};  // after it the login goes on all the same

}  // namespace

LoginSession::LoginSession(const Executor& executor, const Clock& clock, LoginHost& host,
                           LoginRecord record, SlottedClient client, Millis patience)
    : executor_(executor),
      clock_(clock),
      host_(host),
      record_(std::move(record)),
      client_(std::move(client)),
      machine_(clock.now(), patience),
      timer_(executor) {}

void LoginSession::open(const telegram::ClientSettings& settings, Millis answer_deadline) {
  answer_deadline_ = answer_deadline;
  client_.slot->handler = [weak = weak_from_this()](const Json& update) {
    const auto self = weak.lock();
    if (!self) return;
    self->watch_.observe(update);
    if (telegram::type_of(update) != "updateAuthorizationState") return;
    self->feed(login::Authorization{telegram::object_field(update, "authorization_state")});
  };
  arm_timer();
  launch(executor_, open_client(shared_from_this(), settings));
}

void LoginSession::feed(login::Event event) {
  auto effects = machine_.step(std::move(event), clock_.now());
  for (auto& effect : effects) perform(std::move(effect));
}

void LoginSession::perform(login::Effect effect) {
  const auto self = shared_from_this();
  if (auto* request = std::get_if<login::Request>(&effect)) {
    launch(executor_, ask(self, std::move(request->function)));
  } else if (auto* reply = std::get_if<login::Reply>(&effect)) {
    if (auto done = std::exchange(reply_, nullptr)) done(std::move(reply->result));
  } else if (std::holds_alternative<login::Publish>(effect)) {
    arm_timer();
    const auto observer = observer_;  // a copy: the observer may be replaced by itself
    if (observer) observer(machine_.step());
    if (std::holds_alternative<LoggedIn>(machine_.step())) finish();
  } else if (std::holds_alternative<login::ReadProfile>(effect)) {
    launch(executor_, read_profile(self));
  } else if (auto* adoption = std::get_if<login::Adopt>(&effect)) {
    launch(executor_, adopt(self, std::move(adoption->user)));
  } else if (const auto* end = std::get_if<login::Release>(&effect)) {
    launch(executor_, release(self, end->log_out));
  }
}

void LoginSession::arm_timer() {
  const auto left = machine_.next_tick() - clock_.now();
  timer_.expires_after(left);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (error || !self || self->machine_.ended()) return;
    self->feed(login::Tick{});
    if (!self->machine_.ended()) self->arm_timer();
  });
}

Awaitable<> LoginSession::open_client(Self self, telegram::ClientSettings settings) {
  auto client = self->client_.client;
  auto opened = co_await telegram::open_client(client, std::move(settings), self->record_.path,
                                               self->record_.key);
  if (!opened) self->feed(login::OpenFailed{std::move(opened.error())});
}

Awaitable<> LoginSession::ask(Self self, Json function) {
  auto client = self->client_.client;
  auto answer = co_await client->request(std::move(function), self->answer_deadline_);
  login::Answered answered;
  if (!answer) answered.error = std::move(answer.error());
  self->feed(std::move(answered));
}

Awaitable<> LoginSession::read_profile(Self self) {
  crash_point("login.accepted");
  // TDLib says Ready a moment before the login is in its log on disk; the server's first answer
  // comes later than that. Waiting for it makes a crash from here on find the login.
  co_await self->watch_.wait_online(kOnlineDeadline);
  crash_point("login.ready");
  auto client = self->client_.client;
  Json get_me = {{"@type", "getMe"}};
  auto me = co_await client->request(std::move(get_me), kOfflineDeadline);
  if (me) {
    self->feed(login::ProfileRead{telegram::parse_user(*me)});
  } else {
    self->feed(login::ProfileFailed{std::move(me.error())});
  }
}

Awaitable<> LoginSession::adopt(Self self, telegram::User user) {
  auto account = co_await self->host_.adopt(self, std::move(user));
  if (account) {
    self->feed(login::Adopted{std::move(*account)});
  } else {
    self->feed(login::AdoptFailed{std::move(account.error())});
  }
}

Awaitable<> LoginSession::release(Self self, bool log_out) {
  auto client = self->client_.client;
  // A folder that did not open has no key to destroy.
  const bool opened =
      self->watch_.authorization_type() != "authorizationStateWaitTdlibParameters" &&
      !self->watch_.authorization().is_null();
  if ((log_out || (self->abandoned_ && opened)) && !self->suspended_) {
    // Before a login is complete, TDLib's log out destroys the key at Telegram.
    Json function = {{"@type", "logOut"}};
    const auto done = co_await client->request(std::move(function), kReleaseDeadline);
    // An earlier log out that TDLib has on its disk goes on by itself, and a second one is refused.
    const bool under_way = self->watch_.authorization_type() == "authorizationStateLoggingOut";
    if (!done && under_way && done.error().code != telegram::TdError::kDeadline) {
      co_await self->watch_.wait_closed(kReleaseDeadline);
    }
    // A closed client was logged out by Telegram itself.
    self->kept_ = !done && client->open();
  }
  if (client->open()) {
    Json function = {{"@type", "close"}};
    co_await client->request(std::move(function), kCloseDeadline);
    if (client->open()) self->kept_ = true;  // the folder is still in use
  }
  if (!self->suspended_ && !self->kept_) co_await self->host_.forget(self->record_);
  self->finish();
}

void LoginSession::finish() {
  if (std::exchange(finished_, true)) return;
  timer_.cancel();
  if (auto done = std::exchange(reply_, nullptr)) done(Result<void>());
  for (auto& done : std::exchange(waiting_for_end_, {})) done(true);
  host_.login_ended(*this);
}

Awaitable<Result<void>> LoginSession::submit(login::Event event) {
  if (reply_) {
    co_return fail(Errc::busy, words::login_not_answered);
  }
  auto begin = [self = shared_from_this(),
                event = std::move(event)](telegram::Completion<Result<void>> done) mutable {
    self->reply_ = std::move(done);
    self->feed(std::move(event));
  };
  co_return co_await telegram::await_completion<Result<void>>(std::move(begin));
}

Awaitable<> LoginSession::wait_finished(Self self) {
  if (self->finished_) co_return;
  auto begin = [self](telegram::Completion<bool> done) {
    self->waiting_for_end_.push_back(std::move(done));
  };
  co_await telegram::await_completion<bool>(std::move(begin));
}

Awaitable<> LoginSession::cancel() {
  feed(login::Cancelled{});
  return wait_finished(shared_from_this());
}

Awaitable<> LoginSession::suspend() {
  suspended_ = true;
  return cancel();
}

namespace {

class LoginHandle final : public Login {
 public:
  LoginHandle(std::shared_ptr<LoginSession> session, Executor executor)
      : session_(std::move(session)), executor_(std::move(executor)) {}

  LoginHandle(const LoginHandle&) = delete;
  LoginHandle& operator=(const LoginHandle&) = delete;

  ~LoginHandle() override {
    session_->observe(nullptr);
    launch(executor_, session_->cancel());
  }

  [[nodiscard]] const LoginStep& step() const override { return session_->step(); }

  void on_step(std::function<void(const LoginStep&)> observer) override {
    session_->observe(std::move(observer));
  }

  Awaitable<Result<void>> submit_phone(std::string phone) override {
    return session_->submit(login::PhoneGiven{std::move(phone)});
  }

  Awaitable<Result<void>> submit_code(Secret code) override {
    return session_->submit(login::CodeGiven{std::move(code)});
  }

  Awaitable<Result<void>> submit_email_address(std::string address) override {
    return session_->submit(login::EmailAddressGiven{std::move(address)});
  }

  Awaitable<Result<void>> submit_email_code(Secret code) override {
    return session_->submit(login::EmailCodeGiven{std::move(code)});
  }

  Awaitable<Result<void>> resend_code() override { return session_->submit(login::ResendWanted{}); }

  Awaitable<Result<void>> submit_password(Secret password) override {
    return session_->submit(login::PasswordGiven{std::move(password)});
  }

  Awaitable<Result<void>> request_qr() override { return session_->submit(login::QrWanted{}); }

  Awaitable<> cancel() override { return session_->cancel(); }

 private:
  std::shared_ptr<LoginSession> session_;
  Executor executor_;
};

}  // namespace

std::shared_ptr<Login> make_login(std::shared_ptr<LoginSession> session, const Executor& executor) {
  return std::make_shared<LoginHandle>(std::move(session), executor);
}

}  // namespace tgpanel::accounts
