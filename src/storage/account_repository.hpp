#pragma once
// Table account. Rows as stored; the meaning of states belongs to module accounts.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <string>
#include <vector>

namespace tgpanel::storage {

class Database;

struct AccountRow {
  AccountId id = 0;
  UserId user_id = 0;
  std::string name;
  std::string username;
  std::string masked_phone;
  std::string folder;       // name inside the sessions folder
  std::string wrapped_key;  // bytes (Keyring::wrap)
  std::string state;        // accounts::to_string; never "connecting"
  std::string reason;
  Instant since{};
};

/// Executor: the domain's. Each member is one transaction.
class AccountRepository {
 public:
  explicit AccountRepository(Database& database) : database_(database) {}

  Awaitable<Result<std::vector<AccountRow>>> all();  // in order of id
  Awaitable<Result<void>> set_state(AccountId id, std::string state, std::string reason,
                                    Instant since);
  Awaitable<Result<void>> set_profile(AccountId id, std::string name, std::string username,
                                      std::string masked_phone);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
