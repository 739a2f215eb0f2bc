#include "storage/outbox_repository.hpp"

#include "storage/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <string>
#include <utility>

namespace tgpanel::storage {

namespace {

constexpr const char* kAlertColumns =
    "SELECT id, state, chat_id, sender_id, sender_chat_id, sender_name, body, digest_id FROM "
    "alert ";
constexpr const char* kUnsent = "state IN ('pending', 'sending')";  // as the partial index has it

AlertState state_of(const std::string& word) {
  if (word == "pending") return AlertState::pending;
  if (word == "sending") return AlertState::sending;
  return word == "done" ? AlertState::done : AlertState::refused;
}

std::optional<AlertRow> read_alert(SQLite::Statement& query) {
  if (!query.executeStep()) return std::nullopt;
  return AlertRow{.id = query.getColumn(0).getInt64(),
                  .state = state_of(query.getColumn(1).getString()),
                  .chat_id = query.getColumn(2).getInt64(),
                  .sender_id = query.getColumn(3).getInt64(),
                  .sender_chat_id = query.getColumn(4).getInt64(),
                  .sender_name = query.getColumn(5).getString(),
                  .body = query.getColumn(6).getString()};
}

std::vector<AlertRow> read_unsent(SQLite::Database& db, std::size_t above, std::size_t most) {
  const auto unsent = std::string(kAlertColumns) + "WHERE " + kUnsent;
  SQLite::Statement oldest(db, unsent + " ORDER BY id LIMIT 1");
  auto first = read_alert(oldest);
  if (!first) return {};
  const auto digest = oldest.getColumn(7).getInt64();
  auto count = std::size_t{1};
  if (first->state == AlertState::sending && digest != 0) {
    count = most;
  } else if (first->state == AlertState::pending && above > 0) {
    SQLite::Statement waiting(db, "SELECT count(*) FROM (SELECT 1 FROM alert WHERE " +
                                      std::string(kUnsent) + " LIMIT ?)");
    waiting.bind(1, static_cast<std::int64_t>(above) + 1);
    waiting.executeStep();
    if (std::cmp_greater(waiting.getColumn(0).getInt64(), above)) count = most;
  }
  std::vector<AlertRow> rows;
  if (count <= 1) {
    rows.push_back(std::move(*first));
    return rows;
  }
  SQLite::Statement query(db, unsent + " AND digest_id = ?1 ORDER BY id LIMIT ?2");
  query.bind(1, digest);
  query.bind(2, static_cast<std::int64_t>(count));
  while (auto row = read_alert(query)) rows.push_back(std::move(*row));
  return rows;
}

std::vector<AlertId> insert_alerts(SQLite::Database& db, const std::vector<NewAlertRow>& alerts,
                                   std::int64_t now_ms) {
  SQLite::Statement see(
      db, "INSERT OR IGNORE INTO seen_message (chat_id, identity, seen_ms) VALUES (?, ?, ?)");
  SQLite::Statement seen(db,
                         "SELECT 1 FROM seen_message WHERE chat_id = ?1 AND identity >= ?2"
                         " AND identity < substr(?2, 1, length(?2) - 1) || ';' LIMIT 1");
  SQLite::Statement insert(db,
                           "INSERT INTO alert (state, sender_id, sender_chat_id, sender_name,"
                           " chat_id, body, created_ms) VALUES ('pending', ?, ?, ?, ?, ?, ?)");
  std::vector<AlertId> ids;
  ids.reserve(alerts.size());
  for (const auto& alert : alerts) {
    if (!alert.identity_prefix.empty()) {
      seen.reset();
      seen.bind(1, alert.chat_id);
      seen.bind(2, alert.identity_prefix);
      if (seen.executeStep()) {
        ids.push_back(0);
        continue;
      }
    }
    see.reset();
    see.bind(1, alert.chat_id);
    see.bind(2, alert.identity);
    see.bind(3, now_ms);
    if (see.exec() == 0) {
      ids.push_back(0);
      continue;
    }
    insert.reset();
    insert.bind(1, alert.sender_id);
    insert.bind(2, alert.sender_chat_id);
    insert.bind(3, alert.sender_name);
    insert.bind(4, alert.chat_id);
    insert.bind(5, alert.body);
    insert.bind(6, now_ms);
    insert.exec();
    ids.push_back(db.getLastInsertRowid());
  }
  return ids;
}

void upsert_marks(SQLite::Database& db, const std::vector<MarkRow>& marks) {
  SQLite::Statement upsert(
      db,
      "INSERT INTO chat_mark (account_id, chat_id, message_id) VALUES (?, ?, ?)"
      " ON CONFLICT (account_id, chat_id) DO UPDATE SET message_id = excluded.message_id");
  SQLite::Statement erase(db, "DELETE FROM chat_mark WHERE account_id = ? AND chat_id = ?");
  for (const auto& mark : marks) {
    auto& statement = mark.message_id == 0 ? erase : upsert;
    statement.reset();
    statement.bind(1, mark.account_id);
    statement.bind(2, mark.chat_id);
    if (mark.message_id != 0) statement.bind(3, mark.message_id);
    statement.exec();
  }
}

void raise_newest(SQLite::Database& db, ChatId channel, MessageId message) {
  SQLite::Statement upsert(
      db,
      "INSERT INTO alert_channel (channel_id, newest_message_id) VALUES (?, ?)"
      " ON CONFLICT (channel_id) DO UPDATE"
      " SET newest_message_id = max(newest_message_id, excluded.newest_message_id)");
  upsert.bind(1, channel);
  upsert.bind(2, message);
  upsert.exec();
}

}  // namespace

Awaitable<Result<std::vector<AlertId>>> OutboxRepository::commit(std::vector<NewAlertRow> alerts,
                                                                 std::vector<MarkRow> marks,
                                                                 std::int64_t now_ms) {
  auto work = [alerts = std::move(alerts), marks = std::move(marks), now_ms](SQLite::Database& db) {
    auto ids = insert_alerts(db, alerts, now_ms);
    upsert_marks(db, marks);
    return ids;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<MarkRow>>> OutboxRepository::marks() {
  auto work = [](SQLite::Database& db) {
    std::vector<MarkRow> rows;
    SQLite::Statement query(db, "SELECT account_id, chat_id, message_id FROM chat_mark");
    while (query.executeStep()) {
      rows.push_back({.account_id = query.getColumn(0).getInt64(),
                      .chat_id = query.getColumn(1).getInt64(),
                      .message_id = query.getColumn(2).getInt64()});
    }
    return rows;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> OutboxRepository::set_history_wait(HistoryWaitRow row) {
  auto work = [row](SQLite::Database& db) {
    SQLite::Statement upsert(
        db,
        "INSERT INTO history_wait (account_id, until_ms) VALUES (?, ?)"
        " ON CONFLICT (account_id) DO UPDATE SET until_ms = excluded.until_ms");
    upsert.bind(1, row.account_id);
    upsert.bind(2, row.until_ms);
    upsert.exec();
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<HistoryWaitRow>>> OutboxRepository::history_waits(
    std::int64_t now_ms) {
  auto work = [now_ms](SQLite::Database& db) {
    SQLite::Statement over(db, "DELETE FROM history_wait WHERE until_ms <= ?");
    over.bind(1, now_ms);
    over.exec();
    std::vector<HistoryWaitRow> rows;
    SQLite::Statement query(db, "SELECT account_id, until_ms FROM history_wait");
    while (query.executeStep()) {
      rows.push_back(
          {.account_id = query.getColumn(0).getInt64(), .until_ms = query.getColumn(1).getInt64()});
    }
    return rows;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<OutboxStart>> OutboxRepository::begin(std::int64_t attempts_since_ms) {
  auto work = [attempts_since_ms](SQLite::Database& db) {
    OutboxStart start;
    SQLite::Statement attempts(
        db,
        "SELECT attempt_ms FROM alert WHERE attempt_ms >= ? AND digest_id IN (0, id)"
        " ORDER BY attempt_ms");
    attempts.bind(1, attempts_since_ms);
    while (attempts.executeStep()) start.attempts_ms.push_back(attempts.getColumn(0).getInt64());
    SQLite::Statement count(db, "SELECT count(*) FROM alert WHERE state IN ('pending', 'sending')");
    count.executeStep();
    start.waiting = static_cast<std::size_t>(count.getColumn(0).getInt64());
    return start;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<AlertRow>>> OutboxRepository::next_unsent(std::size_t above,
                                                                       std::size_t most) {
  auto work = [above, most](SQLite::Database& db) { return read_unsent(db, above, most); };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> OutboxRepository::set_sending(std::vector<AlertId> ids, ChatId channel,
                                                      MessageId after, std::int64_t now_ms) {
  auto work = [ids = std::move(ids), channel, after, now_ms](SQLite::Database& db) {
    // An earlier attempt that may still be under way keeps the place after which it is looked for.
    SQLite::Statement update(db,
                             "UPDATE alert SET after_message_id = CASE"
                             " WHEN state = 'sending' AND channel_id = ?1 AND after_message_id <> 0"
                             " THEN after_message_id ELSE ?2 END,"
                             " state = 'sending', channel_id = ?1, attempt_ms = ?3, digest_id = ?5"
                             " WHERE id = ?4");
    for (const auto id : ids) {
      update.reset();
      update.bind(1, channel);
      update.bind(2, after);
      update.bind(3, now_ms);
      update.bind(4, id);
      update.bind(5, ids.size() > 1 ? ids.front() : 0);
      update.exec();
    }
    raise_newest(db, channel, after);
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> OutboxRepository::split_digest(std::vector<AlertId> ids) {
  auto work = [ids = std::move(ids)](SQLite::Database& db) {
    SQLite::Statement update(db, "UPDATE alert SET state = 'pending', digest_id = 0 WHERE id = ?");
    for (const auto id : ids) {
      update.reset();
      update.bind(1, id);
      update.exec();
    }
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> OutboxRepository::set_done(std::vector<AlertId> ids, ChatId channel,
                                                   MessageId message) {
  auto work = [ids = std::move(ids), channel, message](SQLite::Database& db) {
    SQLite::Statement update(
        db, "UPDATE alert SET state = 'done', channel_id = ?, sent_message_id = ? WHERE id = ?");
    for (const auto id : ids) {
      update.reset();
      update.bind(1, channel);
      update.bind(2, message);
      update.bind(3, id);
      update.exec();
    }
    raise_newest(db, channel, message);
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> OutboxRepository::set_refused(AlertId id, std::string reason) {
  auto work = [id, reason = std::move(reason)](SQLite::Database& db) {
    SQLite::Statement update(db, "UPDATE alert SET state = 'refused', reason = ? WHERE id = ?");
    update.bind(1, reason);
    update.bind(2, id);
    update.exec();
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<MessageId>> OutboxRepository::newest_known(ChatId channel) {
  auto work = [channel](SQLite::Database& db) {
    SQLite::Statement query(
        db, "SELECT coalesce(max(newest_message_id), 0) FROM alert_channel WHERE channel_id = ?");
    query.bind(1, channel);
    query.executeStep();
    return MessageId{query.getColumn(0).getInt64()};
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::optional<MessageId>>> OutboxRepository::handed_after(AlertId id,
                                                                           ChatId channel) {
  auto work = [id, channel](SQLite::Database& db) {
    std::optional<MessageId> after;
    SQLite::Statement query(db,
                            "SELECT after_message_id FROM alert WHERE id = ? AND channel_id = ?");
    query.bind(1, id);
    query.bind(2, channel);
    if (query.executeStep()) after = query.getColumn(0).getInt64();
    return after;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::optional<AlertRow>>> OutboxRepository::find(AlertId id) {
  auto work = [id](SQLite::Database& db) {
    SQLite::Statement query(db, std::string(kAlertColumns) + "WHERE id = ?");
    query.bind(1, id);
    return read_alert(query);
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> OutboxRepository::purge(std::int64_t bodies_before_ms,
                                                std::int64_t seen_before_ms) {
  auto work = [bodies_before_ms, seen_before_ms](SQLite::Database& db) {
    SQLite::Statement bodies(db,
                             "UPDATE alert SET body = '' WHERE created_ms < ? AND body <> ''"
                             " AND state IN ('done', 'refused')");
    bodies.bind(1, bodies_before_ms);
    bodies.exec();
    SQLite::Statement seen(db, "DELETE FROM seen_message WHERE seen_ms < ?");
    seen.bind(1, seen_before_ms);
    seen.exec();
  };
  co_return co_await database_.run(std::move(work));
}

}  // namespace tgpanel::storage
