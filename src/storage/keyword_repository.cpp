#include "storage/keyword_repository.hpp"

#include "storage/database.hpp"
#include "words/errors_common.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

namespace tgpanel::storage {

namespace {

// 0: refused by a UNIQUE column.
std::int64_t insert_or_ignore(SQLite::Database& db, SQLite::Statement& insert) {
  return insert.exec() == 0 ? 0 : db.getLastInsertRowid();
}

}  // namespace

Awaitable<Result<std::vector<KeywordRow>>> KeywordRepository::keywords() {
  auto work = [](SQLite::Database& db) {
    std::vector<KeywordRow> rows;
    SQLite::Statement query(
        db, "SELECT id, text, folded, added_ms, form = 'plain' FROM keyword ORDER BY id");
    while (query.executeStep()) {
      rows.push_back({.id = query.getColumn(0).getInt64(),
                      .text = query.getColumn(1).getString(),
                      .folded = query.getColumn(2).getString(),
                      .added_ms = query.getColumn(3).getInt64(),
                      .plain = query.getColumn(4).getInt() != 0});
    }
    return rows;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<KeywordId>>> KeywordRepository::add_keywords(
    std::vector<KeywordRow> rows) {
  auto work = [rows = std::move(rows)](SQLite::Database& db) {
    SQLite::Statement insert(
        db, "INSERT OR IGNORE INTO keyword (text, folded, added_ms, form) VALUES (?, ?, ?, ?)");
    std::vector<KeywordId> ids;
    ids.reserve(rows.size());
    for (const auto& row : rows) {
      insert.reset();
      insert.bind(1, row.text);
      insert.bind(2, row.folded);
      insert.bind(3, row.added_ms);
      insert.bind(4, row.plain ? "plain" : "rule");
      ids.push_back(insert_or_ignore(db, insert));
    }
    return ids;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> KeywordRepository::remove_keywords(std::vector<KeywordId> ids) {
  auto work = [ids = std::move(ids)](SQLite::Database& db) {
    SQLite::Statement erase(db, "DELETE FROM keyword WHERE id = ?");
    for (const auto id : ids) {
      erase.reset();
      erase.bind(1, id);
      erase.exec();
    }
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<IgnoredRow>>> KeywordRepository::ignored() {
  auto work = [](SQLite::Database& db) {
    std::vector<IgnoredRow> rows;
    SQLite::Statement query(db, "SELECT id, peer_id, name, added_ms FROM ignored ORDER BY id");
    while (query.executeStep()) {
      rows.push_back({.id = query.getColumn(0).getInt64(),
                      .peer_id = query.getColumn(1).getInt64(),
                      .name = query.getColumn(2).getString(),
                      .added_ms = query.getColumn(3).getInt64()});
    }
    return rows;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::int64_t>> KeywordRepository::add_ignored(IgnoredRow row) {
  auto work = [row = std::move(row)](SQLite::Database& db) {
    SQLite::Statement insert(
        db, "INSERT OR IGNORE INTO ignored (peer_id, name, added_ms) VALUES (?, ?, ?)");
    insert.bind(1, row.peer_id);
    insert.bind(2, row.name);
    insert.bind(3, row.added_ms);
    return insert_or_ignore(db, insert);
  };
  auto id = co_await database_.run(std::move(work));
  if (id && *id == 0) co_return fail(Errc::exists, words::this_ignored_already);
  co_return id;
}

Awaitable<Result<void>> KeywordRepository::remove_ignored(std::int64_t id) {
  auto work = [id](SQLite::Database& db) {
    SQLite::Statement erase(db, "DELETE FROM ignored WHERE id = ?");
    erase.bind(1, id);
    erase.exec();
  };
  co_return co_await database_.run(std::move(work));
}

}  // namespace tgpanel::storage
