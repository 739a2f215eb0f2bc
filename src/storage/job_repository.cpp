#include "storage/job_repository.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>

namespace tgpanel::storage {

namespace {

JobItemRow read_item(SQLite::Statement& row) {
  return {.job_id = row.getColumn("job_id").getInt64(),
          .position = row.getColumn("position").getInt64(),
          .account_id = row.getColumn("account_id").getInt64(),
          .account_name = row.getColumn("account_name").getString(),
          .state = row.getColumn("state").getString(),
          .reason = row.getColumn("reason").getString(),
          .not_before_ms = row.getColumn("not_before_ms").getInt64(),
          .attempts = row.getColumn("attempts").getInt64(),
          .epoch = row.getColumn("epoch").getInt64(),
          .mark = row.getColumn("mark").getString()};
}

JobRow read_job(SQLite::Statement& row) {
  return {.id = row.getColumn("id").getInt64(),
          .state = row.getColumn("state").getString(),
          .kind = row.getColumn("kind").getString(),
          .spec = row.getColumn("spec").getString(),
          .started_by = row.getColumn("started_by").getInt64(),
          .created_ms = row.getColumn("created_ms").getInt64(),
          .finished_ms = row.getColumn("finished_ms").getInt64(),
          .paused = row.getColumn("paused").getInt() != 0,
          .retries = row.getColumn("retries").getInt64(),
          .begun_ms = row.getColumn("begun_ms").getInt64(),
          .items = {}};
}

void insert_items(SQLite::Database& db, JobId job, const std::vector<JobItemRow>& items) {
  SQLite::Statement insert(
      db,
      "INSERT INTO job_item (job_id, position, account_id, account_name, state, reason,"
      " not_before_ms, attempts, epoch, mark) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& item : items) {
    insert.bind(1, job);
    insert.bind(2, item.position);
    insert.bind(3, item.account_id);
    insert.bind(4, item.account_name);
    insert.bind(5, item.state);
    insert.bind(6, item.reason);
    insert.bind(7, item.not_before_ms);
    insert.bind(8, item.attempts);
    insert.bind(9, item.epoch);
    insert.bind(10, item.mark);
    insert.exec();
    insert.reset();
  }
}

void update_items(SQLite::Database& db, JobId job, const std::vector<JobItemRow>& items) {
  // An older run of the panel never overwrites what a newer one wrote.
  SQLite::Statement update(
      db,
      "UPDATE job_item SET state = ?, reason = ?, not_before_ms = ?,"
      " attempts = ?, epoch = ?5, mark = ?8 WHERE job_id = ?6 AND position = ?7"
      " AND epoch <= ?5");
  for (const auto& item : items) {
    update.bind(1, item.state);
    update.bind(2, item.reason);
    update.bind(3, item.not_before_ms);
    update.bind(4, item.attempts);
    update.bind(5, item.epoch);
    update.bind(6, job);
    update.bind(7, item.position);
    update.bind(8, item.mark);
    update.exec();
    update.reset();
  }
}

}  // namespace

Awaitable<Result<std::int64_t>> JobRepository::begin_epoch() {
  auto work = [](SQLite::Database& db) {
    db.exec("UPDATE job_owner SET epoch = epoch + 1");
    return db.execAndGet("SELECT epoch FROM job_owner").getInt64();
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<JobId>> JobRepository::create(JobRow job) {
  auto work = [job = std::move(job)](SQLite::Database& db) -> JobId {
    SQLite::Statement insert(
        db,
        "INSERT INTO job (state, kind, spec, started_by, created_ms, finished_ms, paused,"
        " retries, begun_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, job.state);
    insert.bind(2, job.kind);
    insert.bind(3, job.spec);
    insert.bind(4, job.started_by);
    insert.bind(5, job.created_ms);
    insert.bind(6, job.finished_ms);
    insert.bind(7, job.paused ? 1 : 0);
    insert.bind(8, job.retries);
    insert.bind(9, job.begun_ms);
    insert.exec();
    const JobId id = db.getLastInsertRowid();
    insert_items(db, id, job.items);
    return id;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> JobRepository::save(JobChange change) {
  auto work = [change = std::move(change)](SQLite::Database& db) {
    if (change.state) {
      SQLite::Statement update(db, "UPDATE job SET state = ? WHERE id = ?");
      update.bind(1, *change.state);
      update.bind(2, change.id);
      update.exec();
    }
    if (change.finished_ms) {
      SQLite::Statement update(db, "UPDATE job SET finished_ms = ? WHERE id = ?");
      update.bind(1, *change.finished_ms);
      update.bind(2, change.id);
      update.exec();
    }
    if (change.paused) {
      SQLite::Statement update(db, "UPDATE job SET paused = ? WHERE id = ?");
      update.bind(1, *change.paused ? 1 : 0);
      update.bind(2, change.id);
      update.exec();
    }
    if (change.begun_ms) {
      SQLite::Statement update(db,
                               "UPDATE job SET begun_ms = ?, retries = retries + 1 WHERE id = ?");
      update.bind(1, *change.begun_ms);
      update.bind(2, change.id);
      update.exec();
    }
    update_items(db, change.id, change.items);
    if (change.reserved) write_contact(db, *change.reserved);
    if (change.released) remove_contact(db, change.id, *change.released);
    if (change.stopped) write_stop(db, *change.stopped);
    for (const auto& notice : change.notices) write_notice(db, notice);
    write_audit(db, change.audit);
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<JobRow>>> JobRepository::load(std::size_t limit) {
  auto work = [limit = static_cast<std::int64_t>(limit)](SQLite::Database& db) {
    std::vector<JobRow> jobs;
    SQLite::Statement rows(db,
                           "SELECT * FROM job WHERE finished_ms = 0 OR id IN"
                           " (SELECT id FROM job WHERE finished_ms <> 0 ORDER BY id DESC LIMIT ?)"
                           " ORDER BY id");
    rows.bind(1, limit);
    while (rows.executeStep()) jobs.push_back(read_job(rows));

    SQLite::Statement items(db, "SELECT * FROM job_item WHERE job_id = ? ORDER BY position");
    for (auto& job : jobs) {
      items.bind(1, job.id);
      while (items.executeStep()) job.items.push_back(read_item(items));
      items.reset();
    }
    return jobs;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> JobRepository::save_wait(WaitRow wait) {
  auto work = [wait = std::move(wait)](SQLite::Database& db) {
    SQLite::Statement upsert(db,
                             "INSERT INTO wait (account_id, method, chat_id, until_ms)"
                             " VALUES (?, ?, ?, ?)"
                             " ON CONFLICT DO UPDATE SET until_ms = excluded.until_ms");
    upsert.bind(1, wait.account_id);
    upsert.bind(2, wait.method);
    upsert.bind(3, wait.chat_id);
    upsert.bind(4, wait.until_ms);
    upsert.exec();
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> JobRepository::remove_wait(AccountId account, std::string method,
                                                   ChatId chat) {
  auto work = [account, method = std::move(method), chat](SQLite::Database& db) {
    SQLite::Statement remove(
        db, "DELETE FROM wait WHERE account_id = ? AND method = ? AND chat_id = ?");
    remove.bind(1, account);
    remove.bind(2, method);
    remove.bind(3, chat);
    remove.exec();
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> JobRepository::remove_waits_over(std::int64_t now_ms) {
  auto work = [now_ms](SQLite::Database& db) {
    SQLite::Statement remove(db, "DELETE FROM wait WHERE until_ms <= ?");
    remove.bind(1, now_ms);
    remove.exec();
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<std::vector<WaitRow>>> JobRepository::load_waits(std::int64_t now_ms) {
  auto work = [now_ms](SQLite::Database& db) {
    std::vector<WaitRow> waits;
    SQLite::Statement rows(
        db, "SELECT account_id, method, chat_id, until_ms FROM wait WHERE until_ms > ?");
    rows.bind(1, now_ms);
    while (rows.executeStep()) {
      waits.push_back({.account_id = rows.getColumn(0).getInt64(),
                       .method = rows.getColumn(1).getString(),
                       .chat_id = rows.getColumn(2).getInt64(),
                       .until_ms = rows.getColumn(3).getInt64()});
    }
    return waits;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<AccountId>> JobRepository::rotation(std::string name) {
  auto work = [name = std::move(name)](SQLite::Database& db) -> AccountId {
    SQLite::Statement row(db, "SELECT last_account_id FROM rotation WHERE name = ?");
    row.bind(1, name);
    return row.executeStep() ? row.getColumn(0).getInt64() : 0;
  };
  co_return co_await database_.run(std::move(work));
}

Awaitable<Result<void>> JobRepository::save_rotation(std::string name, AccountId last) {
  auto work = [name = std::move(name), last](SQLite::Database& db) {
    SQLite::Statement upsert(
        db,
        "INSERT INTO rotation (name, last_account_id) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET last_account_id = excluded.last_account_id");
    upsert.bind(1, name);
    upsert.bind(2, last);
    upsert.exec();
  };
  co_return co_await database_.run(std::move(work));
}

}  // namespace tgpanel::storage
