#include "storage/account_repository.hpp"

#include "storage/database.hpp"
#include "storage/notice_repository.hpp"
#include "words/errors_common.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <optional>
#include <utility>

namespace tgpanel::storage {

namespace {

constexpr const char* kAccountColumns =
    "SELECT id, user_id, name, username, masked_phone, folder, wrapped_key, state, reason, "
    "since_ms, excluded, limited, limited_until_ms, deleting_from, deleting_for, frozen, "
    "frozen_since_ms, frozen_until_ms, appeal_link, groups_known_ms, "
    "(SELECT COUNT(*) FROM known_group WHERE account_id = account.id) FROM account ";

std::vector<std::string> labels_of(SQLite::Database& db, AccountId id) {
  SQLite::Statement query(db,
                          "SELECT label FROM account_label WHERE account_id = ? ORDER BY folded");
  query.bind(1, id);
  std::vector<std::string> labels;
  while (query.executeStep()) labels.push_back(query.getColumn(0).getString());
  return labels;
}

AccountRow read_row(SQLite::Database& db, SQLite::Statement& query) {
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
  row.excluded = query.getColumn(10).getInt() != 0;
  row.limited = query.getColumn(11).getInt() != 0;
  row.limited_until = from_unix_ms(query.getColumn(12).getInt64());
  row.deleting_from = query.getColumn(13).getString();
  row.deleting_for = query.getColumn(14).getInt64();
  row.freeze.on = query.getColumn(15).getInt() != 0;
  row.freeze.since = from_unix_ms(query.getColumn(16).getInt64());
  row.freeze.until = from_unix_ms(query.getColumn(17).getInt64());
  row.freeze.appeal = query.getColumn(18).getString();
  row.groups_known = from_unix_ms(query.getColumn(19).getInt64());
  row.known_groups = static_cast<std::size_t>(query.getColumn(20).getInt64());
  row.labels = labels_of(db, row.id);
  return row;
}

std::vector<AccountRow> read_accounts(SQLite::Database& db) {
  SQLite::Statement query(db, std::string(kAccountColumns) + "ORDER BY id");
  std::vector<AccountRow> rows;
  while (query.executeStep()) rows.push_back(read_row(db, query));
  return rows;
}

std::optional<AccountRow> read_one(SQLite::Database& db, AccountId id) {
  SQLite::Statement query(db, std::string(kAccountColumns) + "WHERE id = ?");
  query.bind(1, id);
  if (!query.executeStep()) return std::nullopt;
  return read_row(db, query);
}

void write_notices(SQLite::Database& db, const AccountRow& account, const Telling& tell,
                   Instant now) {
  if (tell.overtakes == Overtakes::all) {  // it makes needless what was not handed over yet
    SQLite::Statement overtaken(
        db, "DELETE FROM account_notice WHERE account_id = ? AND after_message_id = 0");
    overtaken.bind(1, account.id);
    overtaken.exec();
  }
  for (const auto admin : tell.admins) {
    write_notice(db, {.id = 0,
                      .admin = admin,
                      .account = account.id,
                      .account_name = account.name,
                      .what = tell.what,
                      .reason = tell.reason,
                      .at = now});
  }
}

void correct_notices(SQLite::Database& db, AccountId id, const std::string& what,
                     const std::string& reason) {
  SQLite::Statement update(db,
                           "UPDATE account_notice SET reason = ? WHERE account_id = ? AND what = ? "
                           "AND after_message_id = 0");
  update.bind(1, reason);
  update.bind(2, id);
  update.bind(3, what);
  update.exec();
}

}  // namespace

Awaitable<Result<std::vector<AccountRow>>> AccountRepository::all() {
  return database_.run(&read_accounts);
}

Awaitable<Result<AccountRow>> AccountRepository::one(AccountId id) {
  auto work = [id](SQLite::Database& db) { return read_one(db, id); };
  auto row = co_await database_.run(std::move(work));
  if (!row) co_return std::unexpected(std::move(row.error()));
  if (!*row) co_return fail(Errc::not_found, words::no_such_account);
  co_return std::move(**row);
}

Awaitable<Result<bool>> AccountRepository::set_state(AccountId id, std::string state,
                                                     std::string reason, Instant since,
                                                     std::vector<UserId> tell) {
  return database_.run([id, state = std::move(state), reason = std::move(reason), since,
                        tell = std::move(tell)](SQLite::Database& db) {
    const auto before = read_one(db, id);
    // As at every start, of all accounts at once: then nothing has to reach the disk.
    if (before && before->state == state && before->reason == reason) return false;
    SQLite::Statement update(db,
                             "UPDATE account SET state = ?, reason = ?, since_ms = ? WHERE id = ?");
    update.bind(1, state);
    update.bind(2, reason);
    update.bind(3, to_unix_ms(since));
    update.bind(4, id);
    update.exec();
    if (!before || tell.empty()) return false;
    if (before->state == state) {
      correct_notices(db, id, state, reason);
      return false;
    }
    write_notices(db, *before, Telling{tell, state, reason}, since);
    return true;
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

namespace {

struct LabelOutcome {
  Errc refused = Errc::failed;
  bool done = false;
  std::vector<std::string> labels;
};

LabelOutcome write_label(SQLite::Database& db, AccountId id, const std::string& label,
                         const std::string& folded, std::size_t most) {
  SQLite::Statement same(db, "SELECT 1 FROM account_label WHERE account_id = ? AND folded = ?");
  same.bind(1, id);
  same.bind(2, folded);
  if (same.executeStep()) return {.refused = Errc::exists, .labels = {}};
  if (labels_of(db, id).size() >= most) return {.refused = Errc::invalid, .labels = {}};
  SQLite::Statement insert(
      db, "INSERT INTO account_label (account_id, folded, label) VALUES (?, ?, ?)");
  insert.bind(1, id);
  insert.bind(2, folded);
  insert.bind(3, label);
  insert.exec();
  return {.done = true, .labels = labels_of(db, id)};
}

}  // namespace

Awaitable<Result<std::vector<std::string>>> AccountRepository::add_label(AccountId id,
                                                                         std::string label,
                                                                         std::string folded,
                                                                         std::size_t most) {
  auto work = [id, label = std::move(label), folded = std::move(folded),
               most](SQLite::Database& db) { return write_label(db, id, label, folded, most); };
  auto outcome = co_await database_.run(std::move(work));
  if (!outcome) co_return std::unexpected(std::move(outcome.error()));
  if (outcome->done) co_return std::move(outcome->labels);
  if (outcome->refused == Errc::exists) co_return fail(Errc::exists, words::has_label_already);
  co_return fail(Errc::invalid, words::has_most_labels);
}

Awaitable<Result<std::vector<std::string>>> AccountRepository::remove_label(AccountId id,
                                                                            std::string label) {
  auto work = [id, label = std::move(label)](SQLite::Database& db) {
    SQLite::Statement erase(db, "DELETE FROM account_label WHERE account_id = ? AND label = ?");
    erase.bind(1, id);
    erase.bind(2, label);
    const bool done = erase.exec() > 0;
    return LabelOutcome{.done = done, .labels = labels_of(db, id)};
  };
  auto outcome = co_await database_.run(std::move(work));
  if (!outcome) co_return std::unexpected(std::move(outcome.error()));
  if (!outcome->done) co_return fail(Errc::not_found, words::label_off_already);
  co_return std::move(outcome->labels);
}

Awaitable<Result<void>> AccountRepository::set_excluded(AccountId id, bool excluded) {
  return database_.run([id, excluded](SQLite::Database& db) {
    SQLite::Statement update(db, "UPDATE account SET excluded = ? WHERE id = ?");
    update.bind(1, excluded ? 1 : 0);
    update.bind(2, id);
    update.exec();
  });
}

Awaitable<Result<bool>> AccountRepository::set_limit(AccountId id, bool limited, Instant until,
                                                     Instant now, Telling tell) {
  return database_.run([id, limited, until, now, tell = std::move(tell)](SQLite::Database& db) {
    const auto before = read_one(db, id);
    SQLite::Statement update(db,
                             "UPDATE account SET limited = ?, limited_until_ms = ? WHERE id = ?");
    update.bind(1, limited ? 1 : 0);
    update.bind(2, to_unix_ms(until));
    update.bind(3, id);
    update.exec();
    if (!before || before->limited || !limited) return false;
    write_notices(db, *before, tell, now);
    return !tell.admins.empty();
  });
}

Awaitable<Result<bool>> AccountRepository::set_freeze(AccountId id, FreezeRow freeze, Instant now,
                                                      Telling tell) {
  return database_.run(
      [id, freeze = std::move(freeze), now, tell = std::move(tell)](SQLite::Database& db) {
        const auto before = read_one(db, id);
        SQLite::Statement update(db,
                                 "UPDATE account SET frozen = ?, frozen_since_ms = ?, "
                                 "frozen_until_ms = ?, appeal_link = ? WHERE id = ?");
        update.bind(1, freeze.on ? 1 : 0);
        update.bind(2, to_unix_ms(freeze.since));
        update.bind(3, to_unix_ms(freeze.until));
        update.bind(4, freeze.appeal);
        update.bind(5, id);
        update.exec();
        if (!before || before->freeze.on || !freeze.on) return false;
        write_notices(db, *before, tell, now);
        return !tell.admins.empty();
      });
}

Awaitable<Result<void>> AccountRepository::begin_deletion(AccountId id, std::string from,
                                                          UserId tell, Instant since) {
  return database_.run([id, from = std::move(from), tell, since](SQLite::Database& db) {
    SQLite::Statement update(db,
                             "UPDATE account SET state = 'deleting', reason = '', since_ms = ?, "
                             "deleting_from = ?, deleting_for = ? WHERE id = ?");
    update.bind(1, to_unix_ms(since));
    update.bind(2, from);
    update.bind(3, tell);
    update.bind(4, id);
    update.exec();
  });
}

Awaitable<Result<void>> AccountRepository::logged_out(AccountId id) {
  return database_.run([id](SQLite::Database& db) {
    SQLite::Statement update(db, "UPDATE account SET deleting_from = 'logged_out' WHERE id = ?");
    update.bind(1, id);
    update.exec();
  });
}

Awaitable<Result<void>> AccountRepository::remove(AccountId id, Instant now, Telling tell) {
  return database_.run([id, now, tell = std::move(tell)](SQLite::Database& db) {
    const auto account = read_one(db, id);
    if (!account) return;
    write_notices(db, *account, tell, now);
    SQLite::Statement erase(db, "DELETE FROM account WHERE id = ?");
    erase.bind(1, id);
    erase.exec();
  });
}

}  // namespace tgpanel::storage
