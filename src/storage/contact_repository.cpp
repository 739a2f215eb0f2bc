#include "storage/contact_repository.hpp"

#include "storage/database.hpp"
#include "words/errors_common.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

namespace tgpanel::storage {

void write_contact(SQLite::Database& db, const ContactRow& row) {
  SQLite::Statement insert(db,
                           "INSERT OR REPLACE INTO contact"
                           " (job_id, position, account_id, recipient_id, at_ms)"
                           " VALUES (?, ?, ?, ?, ?)");
  insert.bind(1, row.job_id);
  insert.bind(2, row.position);
  insert.bind(3, row.account_id);
  insert.bind(4, row.recipient_id);
  insert.bind(5, row.at_ms);
  insert.exec();
}

void remove_contact(SQLite::Database& db, JobId job, std::int64_t position) {
  SQLite::Statement remove(db, "DELETE FROM contact WHERE job_id = ? AND position = ?");
  remove.bind(1, job);
  remove.bind(2, position);
  remove.exec();
}

void write_stop(SQLite::Database& db, const ContactStopRow& row) {
  SQLite::Statement upsert(db,
                           "INSERT OR REPLACE INTO contact_stop"
                           " (account_id, since_ms, until_ms) VALUES (?, ?, ?)");
  upsert.bind(1, row.account_id);
  upsert.bind(2, row.since_ms);
  upsert.bind(3, row.until_ms);
  upsert.exec();
}

Awaitable<Result<std::vector<ContactRow>>> ContactRepository::load_contacts(std::int64_t since_ms) {
  auto work = [since_ms](SQLite::Database& db) {
    SQLite::Statement remove(db, "DELETE FROM contact WHERE at_ms <= ?");
    remove.bind(1, since_ms);
    remove.exec();
    std::vector<ContactRow> contacts;
    SQLite::Statement rows(db,
                           "SELECT job_id, position, account_id, recipient_id, at_ms FROM contact");
    while (rows.executeStep()) {
      contacts.push_back({.job_id = rows.getColumn(0).getInt64(),
                          .position = rows.getColumn(1).getInt64(),
                          .account_id = rows.getColumn(2).getInt64(),
                          .recipient_id = rows.getColumn(3).getInt64(),
                          .at_ms = rows.getColumn(4).getInt64()});
    }
    return contacts;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<ContactStopRow>>> ContactRepository::load_stops(std::int64_t now_ms) {
  auto work = [now_ms](SQLite::Database& db) {
    SQLite::Statement remove(db, "DELETE FROM contact_stop WHERE until_ms <= ?");
    remove.bind(1, now_ms);
    remove.exec();
    std::vector<ContactStopRow> stops;
    SQLite::Statement rows(db, "SELECT account_id, since_ms, until_ms FROM contact_stop");
    while (rows.executeStep()) {
      stops.push_back({.account_id = rows.getColumn(0).getInt64(),
                       .since_ms = rows.getColumn(1).getInt64(),
                       .until_ms = rows.getColumn(2).getInt64()});
    }
    return stops;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> ContactRepository::remove_stop(AccountId account) {
  auto work = [account](SQLite::Database& db) {
    SQLite::Statement remove(db, "DELETE FROM contact_stop WHERE account_id = ?");
    remove.bind(1, account);
    remove.exec();
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<DoNotContactRow>>> ContactRepository::do_not_contact() {
  auto work = [](SQLite::Database& db) {
    std::vector<DoNotContactRow> people;
    SQLite::Statement rows(
        db,
        "SELECT id, user_id, username, name, added_by, added_ms FROM do_not_contact ORDER BY id");
    while (rows.executeStep()) {
      people.push_back({.id = rows.getColumn(0).getInt64(),
                        .user_id = rows.getColumn(1).getInt64(),
                        .username = rows.getColumn(2).getString(),
                        .name = rows.getColumn(3).getString(),
                        .added_by = rows.getColumn(4).getInt64(),
                        .added_ms = rows.getColumn(5).getInt64()});
    }
    return people;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::int64_t>> ContactRepository::add_do_not_contact(DoNotContactRow row) {
  auto work = [row = std::move(row)](SQLite::Database& db) -> std::int64_t {
    SQLite::Statement insert(db,
                             "INSERT OR IGNORE INTO do_not_contact"
                             " (user_id, username, name, added_by, added_ms)"
                             " VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, row.user_id);
    insert.bind(2, row.username);
    insert.bind(3, row.name);
    insert.bind(4, row.added_by);
    insert.bind(5, row.added_ms);
    return insert.exec() == 0 ? 0 : db.getLastInsertRowid();
  };
  auto id = co_await database_.run(std::move(work));
  if (id && *id == 0) co_return fail(Errc::exists, words::on_list_already);
  co_return id;
}

Awaitable<Result<void>> ContactRepository::remove_do_not_contact(std::int64_t id) {
  auto work = [id](SQLite::Database& db) {
    SQLite::Statement remove(db, "DELETE FROM do_not_contact WHERE id = ?");
    remove.bind(1, id);
    remove.exec();
  };
  co_return co_await database_.run(std::move(work));
}

}  // namespace tgpanel::storage
