#include "app/account_commands.hpp"

#include "accounts/manager.hpp"
#include "app/data_lock.hpp"
#include "app/foundation.hpp"
#include "app/run_work.hpp"
#include "cli/change_account.hpp"
#include "cli/refuse.hpp"
#include "jobs/waits.hpp"
#include "storage/database.hpp"
#include "storage/job_repository.hpp"
#include "telegram/hub.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

namespace tgpanel::app {

namespace {

constexpr Millis kStopBound{3'000};

// Listing reads the disk alone.
class NoClients final : public telegram::ClientFactory {
 public:
  std::shared_ptr<telegram::Client> create(telegram::UpdateHandler) override {
    throw std::logic_error("a list of accounts opens no client");
  }
};

/// As they are on the disk, each with its wait.
Awaitable<Result<std::vector<accounts::Account>>> stored(accounts::Manager* manager,
                                                         storage::Database* database, Instant now) {
  auto accounts = co_await manager->stored();
  if (!accounts) co_return accounts;
  storage::JobRepository repository(*database);
  const auto rows = co_await repository.load_waits(to_unix_ms(now));
  if (!rows) co_return std::unexpected(rows.error());
  jobs::Waits waits;
  for (const auto& row : *rows) {
    waits.tell({row.account_id, row.method, row.chat_id}, from_unix_ms(row.until_ms));
  }
  for (auto& account : *accounts) {
    account.waiting_until = waits.until(account.id, now).value_or(Instant{});
  }
  co_return accounts;
}

Awaitable<int> add(std::shared_ptr<Foundation> base, cli::LoginMethod method) {
  const int code = co_await cli::run_account_add(base->manager(), method);
  co_await base->manager().stop(kStopBound);
  co_await base->hub().close_all(kStopBound);
  co_return code;
}

Awaitable<int> change(std::shared_ptr<accounts::Manager> manager, AccountId id, bool on) {
  const int code = co_await cli::run_account_switch(*manager, id, on);
  co_await manager->stop(kStopBound);
  co_return code;
}

Awaitable<int> remove(std::shared_ptr<Foundation> base, AccountId id, bool yes) {
  const int code = co_await cli::run_account_delete(base->manager(), id, yes);
  co_await base->manager().stop(kStopBound);
  co_await base->hub().close_all(kStopBound);
  co_return code;
}

Result<DataLock> lock_existing_folder(const Settings& settings) {
  std::error_code error;
  if (!std::filesystem::exists(database_file(settings), error)) {
    return fail(Errc::not_found, "There are no accounts yet. Add one with: tgpanel account add");
  }
  return DataLock::acquire(settings.data_dir);
}

}  // namespace

int add_account(const Settings& settings, cli::LoginMethod method) {
  asio::io_context io(1);
  auto base = Foundation::open(settings, io.get_executor());
  if (!base) return cli::refuse(base.error());
  const std::shared_ptr<Foundation> shared = std::move(*base);
  return run_work(io, add(shared, method));
}

int switch_account(const Settings& settings, AccountId id, bool on) {
  asio::io_context io(1);
  auto lock = lock_existing_folder(settings);
  if (!lock) return cli::refuse(lock.error());
  auto keyring = open_keyring(settings);
  if (!keyring) return cli::refuse(keyring.error());
  auto database = storage::Database::open(database_file(settings), io.get_executor());
  if (!database) return cli::refuse(database.error());
  NoClients none;
  const SystemClock clock;
  accounts::ManagerOptions options;
  options.folder = settings.data_dir;
  const auto manager = std::make_shared<accounts::Manager>(io.get_executor(), none, **database,
                                                           *keyring, clock, std::move(options));
  return run_work(io, change(manager, id, on));
}

int delete_account(const Settings& settings, AccountId id, bool yes) {
  asio::io_context io(1);
  auto base = Foundation::open(settings, io.get_executor());
  if (!base) return cli::refuse(base.error());
  const std::shared_ptr<Foundation> shared = std::move(*base);
  return run_work(io, remove(shared, id, yes));
}

int list_accounts(const Settings& settings, bool json) {
  std::error_code error;
  if (!std::filesystem::exists(database_file(settings), error)) {
    return cli::run_account_list({}, json, settings.time_zone);
  }
  asio::io_context io(1);
  auto keyring = open_keyring(settings);
  if (!keyring) return cli::refuse(keyring.error());
  auto database = storage::Database::open(database_file(settings), io.get_executor());
  if (!database) return cli::refuse(database.error());
  NoClients none;
  const SystemClock clock;
  accounts::ManagerOptions options;
  options.folder = settings.data_dir;
  options.client = client_settings(settings);
  accounts::Manager manager(io.get_executor(), none, **database, *keyring, clock,
                            std::move(options));
  const auto accounts = run_work(io, stored(&manager, database->get(), clock.now()));
  if (!accounts) return cli::refuse(accounts.error());
  return cli::run_account_list(*accounts, json, settings.time_zone);
}

}  // namespace tgpanel::app
