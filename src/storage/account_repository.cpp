#include "storage/account_repository.hpp"

#include "storage/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

namespace tgpanel::storage {

namespace {

std::vector<AccountRow> read_all(SQLite::Database& db) {
  SQLite::Statement query(db,
                          "SELECT id, user_id, name, username, masked_phone, folder, wrapped_key, "
                          "state, reason, since_ms FROM account ORDER BY id");
  std::vector<AccountRow> rows;
  while (query.executeStep()) {
    AccountRow row;
    row.id = query.getColumn(0).getInt64();
    row.user_id = query.getColumn(1).getInt64();
    row.name = query.getColumn(2).getString();
    row.username = query.getColumn(3).getString();
    row.masked_phone = query.getColumn(4).getString();
    row.folder = query.getColumn(5).getString();
    row.wrapped_key = query.getColumn(6).getString();  // bytes, embedded zeros included
    row.state = query.getColumn(7).getString();
    row.reason = query.getColumn(8).getString();
    row.since = from_unix_ms(query.getColumn(9).getInt64());
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Awaitable<Result<std::vector<AccountRow>>> AccountRepository::all() {
  return database_.run(&read_all);
}

Awaitable<Result<void>> AccountRepository::set_state(AccountId id, std::string state,
                                                     std::string reason, Instant since) {
  return database_.run(
      [id, state = std::move(state), reason = std::move(reason), since](SQLite::Database& db) {
        SQLite::Statement update(
            db, "UPDATE account SET state = ?, reason = ?, since_ms = ? WHERE id = ?");
        update.bind(1, state);
        update.bind(2, reason);
        update.bind(3, to_unix_ms(since));
        update.bind(4, id);
        update.exec();
      });
}

Awaitable<Result<void>> AccountRepository::set_profile(AccountId id, std::string name,
                                                       std::string username,
                                                       std::string masked_phone) {
  return database_.run([id, name = std::move(name), username = std::move(username),
                        phone = std::move(masked_phone)](SQLite::Database& db) {
    SQLite::Statement update(
        db, "UPDATE account SET name = ?, username = ?, masked_phone = ? WHERE id = ?");
    update.bind(1, name);
    update.bind(2, username);
    update.bind(3, phone);
    update.bind(4, id);
    update.exec();
  });
}

}  // namespace tgpanel::storage
