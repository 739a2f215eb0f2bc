// Logins that a crash interrupted: each is opened once more, and adopted or removed.

#include "accounts/manager_impl.hpp"
#include "accounts/tasks.hpp"

#include <utility>

namespace tgpanel::accounts {

namespace {

constexpr const char* kRemoved =
    "A login was interrupted when the panel stopped. It was not finished, so it has been removed; "
    "add the account again.";

}  // namespace

Awaitable<> Manager::Impl::recover(Self self, storage::LoginRow row) {
  LoginRecord record;
  record.row = row.id;
  record.folder = row.folder;
  record.path = self->folder_path(row.folder);
  record.wrapped_key = row.wrapped_key;
  record.again = row.again;
  auto key = self->keyring.unwrap(row.wrapped_key);
  if (!key) {
    self->note(
        "A login was interrupted when the panel stopped, and its key does not open with this "
        "master "
        "key. It was left as it is: start the panel with the key it was made with.");
    co_return;
  }
  record.key = std::move(*key);
  std::error_code ignored;
  if (!std::filesystem::is_directory(record.path, ignored)) {
    co_await self->forget(std::move(record));
    self->note(kRemoved);
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
    self->note(
        "A login was interrupted when the panel stopped, after Telegram had "
        "accepted it. " +
        logged_in->account.name + " has been added.");
    co_return;
  }
  const auto* failed = std::get_if<LoginFailed>(&session->step());
  const bool refused = failed != nullptr && failed->error.code == Errc::exists;
  const std::string why = refused ? failed->error.message : std::string();
  co_await session->abandon();
  if (session->kept()) {
    self->note(
        "A login was interrupted when the panel stopped, and Telegram could not be reached to log "
        "it "
        "out. The next start tries again.");
  } else if (refused) {
    self->note("A login was interrupted when the panel stopped. " + why);
  } else {
    self->note(kRemoved);
  }
}

}  // namespace tgpanel::accounts
