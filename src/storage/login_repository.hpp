#pragma once
// Table login: the folders of logins that are not finished.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "storage/account_repository.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tgpanel::storage {

struct LoginRow {
  std::int64_t id = 0;
  std::string folder;       // name inside the sessions folder
  std::string wrapped_key;  // bytes (Keyring::wrap)
  Instant begun{};
  AccountId again = 0;  // the account whose session it replaces; 0: a new account
};

/// Executor: the domain's. Each member is one transaction.
class LoginRepository {
 public:
  explicit LoginRepository(Database& database) : database_(database) {}

  Awaitable<Result<std::vector<LoginRow>>> all();  // in order of id
  /// Returns the row's id.
  Awaitable<Result<std::int64_t>> add(LoginRow row);
  Awaitable<Result<void>> erase(std::int64_t id);

  /// The login became an account: both tables in one transaction. The account takes the login's
  /// folder and key. A row of the same user that is not in use (its session ended) is taken over.
  /// With an id in `account` it has to be that account's row. exists: the user has an account that
  /// is in use, or is not that account's; nothing is changed.
  struct Adopted {
    AccountId id = 0;
    std::string replaced_folder;  // of the row taken over; empty: a new account
  };

  Awaitable<Result<Adopted>> adopt(std::int64_t login, AccountRow account);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
