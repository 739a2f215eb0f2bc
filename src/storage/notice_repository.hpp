#pragma once
// Table account_notice: what admins are still to be told of accounts.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace tgpanel::storage {

class Database;

struct NoticeRow {
  std::int64_t id = 0;
  UserId admin = 0;
  AccountId account = 0;  // may be deleted by now
  std::string account_name;
  std::string what;
  std::string reason;
  Instant at{};
  MessageId after = 0;  // in the admin's chat, before the handing over; 0: not handed over yet
};

/// `NoticeRow::what` of an account to which Telegram said PEER_FLOOD: written with its stop, by
/// module jobs. Every other word belongs to module accounts.
inline constexpr const char* kUnwantedNotice = "unwanted";

/// Part of a transaction. `id` and `after` of `row` are ignored. What of the same kind was not
/// handed over yet to this admin is overtaken.
void write_notice(SQLite::Database& db, const NoticeRow& row);

/// Executor: the domain's. Each member is one transaction.
class NoticeRepository {
 public:
  explicit NoticeRepository(Database& database) : database_(database) {}

  Awaitable<Result<std::vector<NoticeRow>>> pending();  // in order
  /// Before the message leaves. not_found: a newer notice took its place.
  Awaitable<Result<void>> hand_over(std::int64_t id, MessageId after);
  /// The message is there.
  Awaitable<Result<void>> told(std::int64_t id, MessageId message);
  /// A message known to be, or to have been, in the admin's chat; 0: none.
  Awaitable<Result<MessageId>> newest(UserId admin);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
