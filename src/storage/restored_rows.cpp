#include "storage/restored_rows.hpp"

#include "storage/database.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace tgpanel::storage {

namespace {

// To the outbox an alert that is being sent was handed over: it is looked for after this message,
// and sent only when it is not there. The older copy's channel is the one it sent to last.
std::int64_t look_for_alerts(SQLite::Database& db) {
  return db.exec(
      "WITH channel AS ("
      "  SELECT channel_id, newest_message_id FROM alert_channel WHERE newest_message_id <> 0"
      "  ORDER BY channel_id = (SELECT channel_id FROM alert WHERE channel_id <> 0"
      "                         ORDER BY attempt_ms DESC, id DESC LIMIT 1) DESC LIMIT 1)"
      " UPDATE alert SET state = 'sending', digest_id = 0,"
      "  channel_id = (SELECT channel_id FROM channel),"
      "  after_message_id = (SELECT newest_message_id FROM channel)"
      " WHERE state = 'pending' AND EXISTS (SELECT 1 FROM channel)");
}

std::int64_t look_for_notices(SQLite::Database& db) {
  return db.exec(
      "UPDATE account_notice SET after_message_id ="
      "  (SELECT newest_message_id FROM notice_chat"
      "   WHERE notice_chat.admin_id = account_notice.admin_id)"
      " WHERE after_message_id = 0 AND EXISTS"
      "  (SELECT 1 FROM notice_chat WHERE notice_chat.admin_id = account_notice.admin_id)");
}

// Buttons of the older copy's alerts, notices and job cards carry such numbers. People read those
// of jobs: they go on at the next full thousand but one.
void skip_numbers(SQLite::Database& db) {
  db.exec(
      "UPDATE sqlite_sequence SET seq = seq + 1000000000 WHERE name IN ('alert', "
      "'account_notice')");
  db.exec("UPDATE sqlite_sequence SET seq = (seq / 1000 + 2) * 1000 WHERE name = 'job'");
  // Without a row there was none yet, and the older copy may have begun at 1 since.
  db.exec(
      "INSERT INTO sqlite_sequence (name, seq)"
      " SELECT column1, column2 FROM (VALUES ('alert', 1000000000), ('account_notice', 1000000000),"
      " ('job', 1000)) WHERE column1 NOT IN (SELECT name FROM sqlite_sequence)");
}

}  // namespace

Awaitable<Result<RestoredRows>> settle_restored(Database* database) {
  auto work = [](SQLite::Database& db) {
    RestoredRows rows;
    rows.alerts_looked_for = look_for_alerts(db);
    rows.alerts_sent_again =
        db.execAndGet("SELECT count(*) FROM alert WHERE state = 'pending'").getInt64();
    rows.notices_looked_for = look_for_notices(db);
    skip_numbers(db);
    return rows;
  };
  co_return co_await database->run(std::move(work));
}

}  // namespace tgpanel::storage
