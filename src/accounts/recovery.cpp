// Logins that a crash interrupted, or that Telegram could not be asked to end: each is opened once
// more, and adopted or removed.

#include "accounts/manager_impl.hpp"
#include "accounts/tasks.hpp"
#include "words/errors_accounts.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::accounts {

Awaitable<> Manager::Impl::recover(Self self, storage::LoginRow row, Recovery how) {
  if (self->stopping) co_return;  // the next start finds it as it is
  LoginRecord record;
  record.row = row.id;
  record.folder = row.folder;
  record.path = self->folder_path(row.folder);
  record.wrapped_key = row.wrapped_key;
  record.again = row.again;
  record.unwanted = how == Recovery::unwanted;
  // What became of a login that ended in this process was said then.
  const auto tell = [self, how](Sentence sentence) {
    if (how != Recovery::unwanted) self->note(std::move(sentence));
  };
  auto key = self->keyring.unwrap(row.wrapped_key);
  if (!key) {
    tell(words::login_interrupted_key);
    co_return;
  }
  record.key = std::move(*key);
  std::error_code ignored;
  if (!std::filesystem::is_directory(record.path, ignored)) {
    co_await self->forget(std::move(record));
    tell(words::login_interrupted_removed);
    co_return;
  }

  const auto session = self->make_session(std::move(record));
  session->take_up();
  auto begin = [self, session](telegram::Completion<bool> done) {
    // Resumes at the first step that shows whether Telegram had accepted the login.
    auto decided = std::make_shared<telegram::Completion<bool>>(std::move(done));
    session->observe([decided](const LoginStep& step) {
      if (std::holds_alternative<Opening>(step)) return;
      if (auto resume = std::exchange(*decided, nullptr)) resume(true);
    });
    session->open(self->options.client, self->options.login_deadline);
  };
  co_await telegram::await_completion<bool>(std::move(begin));

  const auto* logged_in = std::get_if<LoggedIn>(&session->step());
  if (logged_in != nullptr) {
    tell({words::login_interrupted_added, logged_in->account.name});
    co_return;
  }
  const auto* failed = std::get_if<LoginFailed>(&session->step());
  const bool refused = failed != nullptr && failed->error.code == Errc::exists;
  const Sentence why = refused ? sentence_of(failed->error) : Sentence();
  co_await session->cancel();
  if (session->kept()) {
    if (how == Recovery::at_start) tell(words::login_interrupted_offline);
  } else if (refused) {
    tell({words::login_interrupted_why, why});
  } else {
    tell(words::login_interrupted_removed);
  }
}

void Manager::Impl::keep(const LoginSession& login) {
  if (stopping) return;  // the next start finds it
  const auto& record = login.record();
  KeptLogin kept;
  kept.row.id = record.row;
  kept.row.folder = record.folder;
  kept.row.wrapped_key = record.wrapped_key;
  kept.row.again = record.again;
  kept.client = login.client().client;
  // What ended in this process was told as ended; what a crash left may still become an account.
  kept.unwanted = record.unwanted || !login.abandoned();
  kept_logins.push_back(std::move(kept));
  spdlog::warn("login {} could not be ended at Telegram; it is tried again", record.row);
  arm_retry();
}

void Manager::Impl::retry_kept_logins() {
  if (stopping || retrying || kept_logins.empty()) return;
  retrying = true;
  retry_timer.cancel();
  launch(executor, retry_all(shared_from_this(), std::exchange(kept_logins, {})));
}

Awaitable<> Manager::Impl::retry_all(Self self, std::vector<KeptLogin> logins) {
  for (auto& login : logins) {
    if (login.client->open()) {
      self->kept_logins.push_back(std::move(login));
      continue;
    }
    const auto how = login.unwanted ? Recovery::unwanted : Recovery::again;
    co_await recover(self, std::move(login.row), how);
  }
  self->retrying = false;
  self->arm_retry();
}

void Manager::Impl::arm_retry() {
  if (stopping || retrying || kept_logins.empty()) return;
  retry_timer.expires_after(options.login_retry);
  retry_timer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) self->retry_kept_logins();
  });
}

}  // namespace tgpanel::accounts
