#pragma once
// Unsolicited messages, stops and the do-not-contact list (migrations/040_contact_limits.sql).

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tgpanel::storage {

class Database;

/// An unsolicited message of one item. Times are Unix milliseconds.
struct ContactRow {
  JobId job_id = 0;
  std::int64_t position = 0;
  AccountId account_id = 0;
  UserId recipient_id = 0;
  std::int64_t at_ms = 0;
};

struct ContactStopRow {
  AccountId account_id = 0;
  std::int64_t since_ms = 0;
  std::int64_t until_ms = 0;
};

struct DoNotContactRow {
  std::int64_t id = 0;
  UserId user_id = 0;    // 0: not known; then `username` is set
  std::string username;  // lower case, without @; may be empty
  std::string name;      // as shown; may be empty
  UserId added_by = 0;   // the admin
  std::int64_t added_ms = 0;
};

// Parts of a transaction of JobRepository::save.
void write_contact(SQLite::Database& db, const ContactRow& row);
void remove_contact(SQLite::Database& db, JobId job, std::int64_t position);
void write_stop(SQLite::Database& db, const ContactStopRow& row);

/// Executor: the domain's. Each member is one transaction and fails with Errc::storage, or as said.
class ContactRepository {
 public:
  /// `database` must outlive it.
  explicit ContactRepository(Database& database) : database_(database) {}

  /// Removes what is older than `since_ms` and returns the rest.
  Awaitable<Result<std::vector<ContactRow>>> load_contacts(std::int64_t since_ms);
  /// Removes what ended before `now_ms` and returns the rest.
  Awaitable<Result<std::vector<ContactStopRow>>> load_stops(std::int64_t now_ms);
  Awaitable<Result<void>> remove_stop(AccountId account);

  Awaitable<Result<std::vector<DoNotContactRow>>> do_not_contact();  // in order of id
  /// The row's id. exists: this user or name is there.
  Awaitable<Result<std::int64_t>> add_do_not_contact(DoNotContactRow row);
  Awaitable<Result<void>> remove_do_not_contact(std::int64_t id);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
