// Logins that a crash interrupted: each is opened once more, and adopted or removed.

#include "accounts/manager_impl.hpp"
#include "words/errors_accounts.hpp"

#include <utility>

namespace tgpanel::accounts {

Awaitable<> Manager::Impl::recover(Self self, storage::LoginRow row) {
  if (self->stopping) co_return;  // the next start finds it as it is
  LoginRecord record;
  record.row = row.id;
  record.folder = row.folder;
  record.path = self->folder_path(row.folder);
  record.wrapped_key = row.wrapped_key;
  record.again = row.again;
  auto key = self->keyring.unwrap(row.wrapped_key);
  if (!key) {
    self->note(words::login_interrupted_key);
    co_return;
  }
  record.key = std::move(*key);
  std::error_code ignored;
  if (!std::filesystem::is_directory(record.path, ignored)) {
    co_await self->forget(std::move(record));
    self->note(words::login_interrupted_removed);
    co_return;
  }

  const auto session = self->make_session(std::move(record));
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
    self->note({words::login_interrupted_added, logged_in->account.name});
    co_return;
  }
  const auto* failed = std::get_if<LoginFailed>(&session->step());
  const bool refused = failed != nullptr && failed->error.code == Errc::exists;
  const Sentence why = refused ? sentence_of(failed->error) : Sentence();
  co_await session->abandon();
  if (session->kept()) {
    self->note(words::login_interrupted_offline);
  } else if (refused) {
    self->note({words::login_interrupted_why, why});
  } else {
    self->note(words::login_interrupted_removed);
  }
}

}  // namespace tgpanel::accounts
