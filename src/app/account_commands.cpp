#include "app/account_commands.hpp"

#include "accounts/manager.hpp"
#include "app/data_lock.hpp"
#include "app/exit_codes.hpp"
#include "app/foundation.hpp"
#include "cli/change_account.hpp"
#include "storage/database.hpp"
#include "telegram/hub.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/core.h>

#include <cstdio>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

namespace tgpanel::app {

namespace {

constexpr Millis kStopBound{3'000};
constexpr Millis kDrainBound{300};

int refuse(const Error& error) {
  fmt::print(stderr, "tgpanel: {}\n", error.message);
  return exit_code(error.code);
}

// Listing reads the disk alone.
class NoClients final : public telegram::ClientFactory {
 public:
  std::shared_ptr<telegram::Client> create(telegram::UpdateHandler) override {
    throw std::logic_error("a list of accounts opens no client");
  }
};

Awaitable<> add(accounts::Manager& manager, telegram::Hub& hub, cli::LoginMethod method,
                int& code) {
  code = co_await cli::run_account_add(manager, method);
  co_await manager.stop(kStopBound);
  co_await hub.close_all(kStopBound);
}

// Runs to its end, and lets what comes back from threads find its owners.
void run(asio::io_context& io, Awaitable<> work) {
  bool ended = false;
  asio::co_spawn(io, std::move(work), [&ended](const std::exception_ptr& bug) {
    if (bug) std::rethrow_exception(bug);
    ended = true;
  });
  while (!ended && io.run_one() > 0) {
  }
  io.run_for(kDrainBound);
}

Awaitable<> change(accounts::Manager& manager, Awaitable<int> work, int& code) {
  code = co_await std::move(work);
  co_await manager.stop(kStopBound);
}

Awaitable<> remove(accounts::Manager& manager, telegram::Hub& hub, AccountId id, bool yes,
                   int& code) {
  code = co_await cli::run_account_delete(manager, id, yes);
  co_await manager.stop(kStopBound);
  co_await hub.close_all(kStopBound);
}

Result<DataLock> lock_data_folder(const Settings& settings) {
  std::error_code error;
  if (!std::filesystem::exists(database_file(settings), error)) {
    return fail(Errc::not_found, "There are no accounts yet. Add one with: tgpanel account add");
  }
  return DataLock::acquire(settings.data_dir);
}

Awaitable<> read(accounts::Manager& manager, Result<std::vector<accounts::Account>>& into) {
  into = co_await manager.stored();
}

}  // namespace

int add_account(const Settings& settings, cli::LoginMethod method) {
  asio::io_context io(1);
  auto base = Foundation::open(settings, io.get_executor());
  if (!base) return refuse(base.error());
  int code = kFailed;
  run(io, add((*base)->manager(), (*base)->hub(), method, code));
  return code;
}

int switch_account(const Settings& settings, AccountId id, bool on) {
  asio::io_context io(1);
  auto lock = lock_data_folder(settings);
  if (!lock) return refuse(lock.error());
  auto keyring = open_keyring(settings);
  if (!keyring) return refuse(keyring.error());
  auto database = storage::Database::open(database_file(settings), io.get_executor());
  if (!database) return refuse(database.error());
  NoClients none;
  const SystemClock clock;
  accounts::ManagerOptions options;
  options.folder = settings.data_dir;
  accounts::Manager manager(io.get_executor(), none, **database, *keyring, clock,
                            std::move(options));
  int code = kFailed;
  run(io, change(manager, cli::run_account_switch(manager, id, on), code));
  return code;
}

int delete_account(const Settings& settings, AccountId id, bool yes) {
  asio::io_context io(1);
  auto base = Foundation::open(settings, io.get_executor());
  if (!base) return refuse(base.error());
  int code = kFailed;
  run(io, remove((*base)->manager(), (*base)->hub(), id, yes, code));
  return code;
}

int list_accounts(const Settings& settings, bool json) {
  std::error_code error;
  if (!std::filesystem::exists(database_file(settings), error)) {
    return cli::run_account_list({}, json);
  }
  asio::io_context io(1);
  auto keyring = open_keyring(settings);
  if (!keyring) return refuse(keyring.error());
  auto database = storage::Database::open(database_file(settings), io.get_executor());
  if (!database) return refuse(database.error());
  NoClients none;
  const SystemClock clock;
  accounts::ManagerOptions options;
  options.folder = settings.data_dir;
  options.client = client_settings(settings);
  accounts::Manager manager(io.get_executor(), none, **database, *keyring, clock,
                            std::move(options));
  Result<std::vector<accounts::Account>> accounts;
  run(io, read(manager, accounts));
  if (!accounts) return refuse(accounts.error());
  return cli::run_account_list(*accounts, json);
}

}  // namespace tgpanel::app
