#pragma once
// Table account. Rows as stored; the meaning of states belongs to module accounts.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tgpanel::storage {

class Database;

struct FreezeRow {
  bool on = false;
  Instant since{};
  Instant until{};  // the epoch: not named
  std::string appeal;
};

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
  std::vector<std::string> labels = {};  // in order
  bool excluded = false;
  bool limited = false;
  Instant limited_until{};  // the epoch: no date was named
  FreezeRow freeze{};
  std::string deleting_from{};  // see 002_account_management.sql
  UserId deleting_for = 0;
  std::size_t known_groups = 0;  // table known_group
  Instant groups_known{};        // the epoch: never
};

/// Which notices of the account, not handed over yet, a new one takes the place of.
enum class Overtakes : std::uint8_t {
  all,           // what they say holds no more, or matters no more
  its_own_kind,  // what others say is as true as before
};

/// What admins are told of an account; the meaning of `what` belongs to module accounts.
struct Telling {
  std::vector<UserId> admins;
  std::string what;
  std::string reason;
  Overtakes overtakes = Overtakes::all;
};

/// Executor: the domain's. Each member is one transaction.
class AccountRepository {
 public:
  explicit AccountRepository(Database& database) : database_(database) {}

  Awaitable<Result<std::vector<AccountRow>>> all();  // in order of id
  /// not_found: it was deleted.
  Awaitable<Result<AccountRow>> one(AccountId id);
  /// With a new state `tell` is written as notices of it; of the same state with another reason
  /// those that were not handed over yet are corrected. With both as they are nothing is written:
  /// `since` stays. True: there are new notices.
  Awaitable<Result<bool>> set_state(AccountId id, std::string state, std::string reason,
                                    Instant since, std::vector<UserId> tell = {});
  Awaitable<Result<void>> set_profile(AccountId id, std::string name, std::string username,
                                      std::string masked_phone);

  /// Returns all labels. exists: there is one with this `folded`. invalid: `most` are there.
  Awaitable<Result<std::vector<std::string>>> add_label(AccountId id, std::string label,
                                                        std::string folded, std::size_t most);
  /// Returns the labels left. not_found: there is no such label.
  Awaitable<Result<std::vector<std::string>>> remove_label(AccountId id, std::string label);
  Awaitable<Result<void>> set_excluded(AccountId id, bool excluded);
  /// `tell` is written when the account was not limited before. True: there are new notices.
  Awaitable<Result<bool>> set_limit(AccountId id, bool limited, Instant until, Instant now,
                                    Telling tell);

  /// `tell` is written when the account was not frozen before. True: there are new notices.
  Awaitable<Result<bool>> set_freeze(AccountId id, FreezeRow freeze, Instant now, Telling tell);

  /// State `deleting`, with what it was before (`from`) and whom to tell at the end.
  Awaitable<Result<void>> begin_deletion(AccountId id, std::string from, UserId tell,
                                         Instant since);
  /// Telegram has confirmed the log out.
  Awaitable<Result<void>> logged_out(AccountId id);
  /// Removes the row and all that belongs to it, and writes who is to be told.
  Awaitable<Result<void>> remove(AccountId id, Instant now, Telling tell);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
