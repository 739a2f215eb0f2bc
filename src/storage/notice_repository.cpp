#include "storage/notice_repository.hpp"

#include "storage/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

namespace tgpanel::storage {

void write_notice(SQLite::Database& db, const NoticeRow& row) {
  SQLite::Statement overtaken(db,
                              "DELETE FROM account_notice WHERE admin_id = ? AND account_id = ? "
                              "AND what = ? AND after_message_id = 0");
  overtaken.bind(1, row.admin);
  overtaken.bind(2, row.account);
  overtaken.bind(3, row.what);
  overtaken.exec();
  SQLite::Statement insert(db,
                           "INSERT INTO account_notice (admin_id, account_id, account_name, what, "
                           "reason, at_ms) VALUES (?, ?, ?, ?, ?, ?)");
  insert.bind(1, row.admin);
  insert.bind(2, row.account);
  insert.bind(3, row.account_name);
  insert.bind(4, row.what);
  insert.bind(5, row.reason);
  insert.bind(6, to_unix_ms(row.at));
  insert.exec();
}

namespace {

std::vector<NoticeRow> read_pending(SQLite::Database& db) {
  SQLite::Statement query(db,
                          "SELECT id, admin_id, account_id, account_name, what, reason, at_ms, "
                          "after_message_id FROM account_notice ORDER BY id");
  std::vector<NoticeRow> rows;
  while (query.executeStep()) {
    NoticeRow row;
    row.id = query.getColumn(0).getInt64();
    row.admin = query.getColumn(1).getInt64();
    row.account = query.getColumn(2).getInt64();
    row.account_name = query.getColumn(3).getString();
    row.what = query.getColumn(4).getString();
    row.reason = query.getColumn(5).getString();
    row.at = from_unix_ms(query.getColumn(6).getInt64());
    row.after = query.getColumn(7).getInt64();
    rows.push_back(std::move(row));
  }
  return rows;
}

void note_newest(SQLite::Database& db, std::int64_t notice, MessageId message) {
  SQLite::Statement chat(db,
                         "INSERT INTO notice_chat (admin_id, newest_message_id) "
                         "SELECT admin_id, ?2 FROM account_notice WHERE id = ?1 "
                         "ON CONFLICT (admin_id) DO UPDATE SET newest_message_id = "
                         "max(newest_message_id, excluded.newest_message_id)");
  chat.bind(1, notice);
  chat.bind(2, message);
  chat.exec();
}

}  // namespace

Awaitable<Result<std::vector<NoticeRow>>> NoticeRepository::pending() {
  return database_.run(&read_pending);
}

Awaitable<Result<void>> NoticeRepository::hand_over(std::int64_t id, MessageId after) {
  auto work = [id, after](SQLite::Database& db) {
    SQLite::Statement update(db, "UPDATE account_notice SET after_message_id = ? WHERE id = ?");
    update.bind(1, after);
    update.bind(2, id);
    const bool there = update.exec() > 0;
    note_newest(db, id, after);
    return there;
  };
  const auto there = co_await database_.run(std::move(work));
  if (!there) co_return std::unexpected(there.error());
  if (!*there) co_return fail(Errc::not_found, "a newer notice took its place");
  co_return Result<void>();
}

Awaitable<Result<void>> NoticeRepository::told(std::int64_t id, MessageId message) {
  return database_.run([id, message](SQLite::Database& db) {
    note_newest(db, id, message);
    SQLite::Statement erase(db, "DELETE FROM account_notice WHERE id = ?");
    erase.bind(1, id);
    erase.exec();
  });
}

Awaitable<Result<MessageId>> NoticeRepository::newest(UserId admin) {
  return database_.run([admin](SQLite::Database& db) -> MessageId {
    SQLite::Statement query(db, "SELECT newest_message_id FROM notice_chat WHERE admin_id = ?");
    query.bind(1, admin);
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
  });
}

}  // namespace tgpanel::storage
