#include "storage/login_repository.hpp"

#include "storage/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <optional>
#include <utility>

namespace tgpanel::storage {

namespace {

void bind_bytes(SQLite::Statement& statement, int index, const std::string& bytes) {
  statement.bind(index, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
}

std::vector<LoginRow> read_logins(SQLite::Database& db) {
  SQLite::Statement query(
      db, "SELECT id, folder, wrapped_key, begun_ms, account_id FROM login ORDER BY id");
  std::vector<LoginRow> rows;
  while (query.executeStep()) {
    LoginRow row;
    row.id = query.getColumn(0).getInt64();
    row.folder = query.getColumn(1).getString();
    row.wrapped_key = query.getColumn(2).getString();
    row.begun = from_unix_ms(query.getColumn(3).getInt64());
    row.again = query.getColumn(4).getInt64();
    rows.push_back(std::move(row));
  }
  return rows;
}

std::int64_t insert(SQLite::Database& db, const LoginRow& row) {
  SQLite::Statement statement(
      db, "INSERT INTO login (folder, wrapped_key, begun_ms, account_id) VALUES (?, ?, ?, ?)");
  statement.bind(1, row.folder);
  bind_bytes(statement, 2, row.wrapped_key);
  statement.bind(3, to_unix_ms(row.begun));
  statement.bind(4, row.again);
  statement.exec();
  return db.getLastInsertRowid();
}

void erase_login(SQLite::Database& db, std::int64_t id) {
  SQLite::Statement statement(db, "DELETE FROM login WHERE id = ?");
  statement.bind(1, id);
  statement.exec();
}

struct Present {
  AccountId id = 0;
  std::string folder;
  std::string state;
};

std::optional<Present> account_of_user(SQLite::Database& db, UserId user) {
  SQLite::Statement query(db, "SELECT id, folder, state FROM account WHERE user_id = ?");
  query.bind(1, user);
  if (!query.executeStep()) return std::nullopt;
  return Present{query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                 query.getColumn(2).getString()};
}

AccountId write_account(SQLite::Database& db, const AccountRow& row, AccountId taken_over) {
  SQLite::Statement statement(
      db,
      taken_over == 0
          ? "INSERT INTO account (name, username, masked_phone, folder, wrapped_key, state, "
            "reason, since_ms, user_id, added_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8)"
          : "UPDATE account SET name = ?1, username = ?2, masked_phone = ?3, folder = ?4, "
            "wrapped_key = ?5, state = ?6, reason = ?7, since_ms = ?8 WHERE user_id = ?9");
  statement.bind(1, row.name);
  statement.bind(2, row.username);
  statement.bind(3, row.masked_phone);
  statement.bind(4, row.folder);
  bind_bytes(statement, 5, row.wrapped_key);
  statement.bind(6, row.state);
  statement.bind(7, row.reason);
  statement.bind(8, to_unix_ms(row.since));
  statement.bind(9, row.user_id);
  statement.exec();
  return taken_over == 0 ? db.getLastInsertRowid() : taken_over;
}

LoginRepository::Adopted adopt_row(SQLite::Database& db, std::int64_t login,
                                   const AccountRow& account) {
  const auto present = account_of_user(db, account.user_id);
  if (present && (present->state == "active" || present->state == "disabled" ||
                  present->state == "deleting")) {
    return {};
  }
  if (account.id != 0 && (!present || present->id != account.id)) return {};
  LoginRepository::Adopted adopted;
  adopted.id = write_account(db, account, present ? present->id : 0);
  if (present) adopted.replaced_folder = present->folder;
  erase_login(db, login);
  return adopted;
}

}  // namespace

Awaitable<Result<std::vector<LoginRow>>> LoginRepository::all() {
  return database_.run(&read_logins);
}

Awaitable<Result<std::int64_t>> LoginRepository::add(LoginRow row) {
  return database_.run([row = std::move(row)](SQLite::Database& db) { return insert(db, row); });
}

Awaitable<Result<void>> LoginRepository::erase(std::int64_t id) {
  return database_.run([id](SQLite::Database& db) { erase_login(db, id); });
}

Awaitable<Result<LoginRepository::Adopted>> LoginRepository::adopt(std::int64_t login,
                                                                   AccountRow account) {
  auto work = [login, account = std::move(account)](SQLite::Database& db) {
    return adopt_row(db, login, account);
  };
  auto adopted = co_await database_.run(std::move(work));
  if (adopted && adopted->id == 0) {
    co_return fail(Errc::exists, "this Telegram user has an account in the panel already");
  }
  co_return adopted;
}

}  // namespace tgpanel::storage
