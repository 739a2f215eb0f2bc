#pragma once
// Tables seen_message, alert (the outbox), chat_mark, alert_channel and history_wait (migrations/
// 010_monitor.sql, 011_alert_channel.sql, 013_alert_digest.sql, 014_history_wait.sql).

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tgpanel::storage {

class Database;

/// A matched message: its identity among all messages of its chat, and the alert about it.
struct NewAlertRow {
  std::string identity;
  /// Not empty: an identity that begins so is the same message too. Ends in ':'.
  std::string identity_prefix;
  ChatId chat_id = 0;
  UserId sender_id = 0;
  ChatId sender_chat_id = 0;
  std::string sender_name;
  std::string body;  // JSON, of module monitor
};

enum class AlertState : std::uint8_t {
  pending,  // never handed over
  sending,  // handed over, or about to be; the outcome is not on disk
  done,
  refused,  // never to be sent; `reason` says why
};

struct AlertRow {
  AlertId id = 0;
  AlertState state = AlertState::pending;
  ChatId chat_id = 0;
  UserId sender_id = 0;
  ChatId sender_chat_id = 0;
  std::string sender_name;
  std::string body;  // empty once erased
};

struct MarkRow {
  AccountId account_id = 0;
  ChatId chat_id = 0;
  MessageId message_id = 0;  // 0, when stored: the mark is erased
};

struct HistoryWaitRow {
  AccountId account_id = 0;
  std::int64_t until_ms = 0;
};

/// What was known of the outbox when the program ended.
struct OutboxStart {
  std::vector<std::int64_t> attempts_ms;  // since the asked instant, in order
  std::size_t waiting = 0;                // alerts pending or sending
};

/// Executor: the domain's. Each member is one transaction and fails with Errc::storage.
class OutboxRepository {
 public:
  /// `database` must outlive it.
  explicit OutboxRepository(Database& database) : database_(database) {}

  /// Stores matched messages and marks together. Returns the alerts' ids in the same order; 0 where
  /// the message was seen before, whose alert is not stored again.
  Awaitable<Result<std::vector<AlertId>>> commit(std::vector<NewAlertRow> alerts,
                                                 std::vector<MarkRow> marks, std::int64_t now_ms);
  Awaitable<Result<std::vector<MarkRow>>> marks();

  Awaitable<Result<void>> set_history_wait(HistoryWaitRow row);
  /// Those not over at `now_ms`; the others are erased.
  Awaitable<Result<std::vector<HistoryWaitRow>>> history_waits(std::int64_t now_ms);

  Awaitable<Result<OutboxStart>> begin(std::int64_t attempts_since_ms);
  /// What is to be sent next, as one message, in order of id; empty: nothing. What was handed over
  /// together stays together; else the oldest, or the `most` oldest while more than `above` are
  /// unsent (0: never).
  Awaitable<Result<std::vector<AlertRow>>> next_unsent(std::size_t above = 0, std::size_t most = 1);
  /// For alerts that go as one message, in order. `after`: the newest message of the channel that
  /// is known before they are handed over. Kept from the first attempt in this channel whose
  /// outcome is not known.
  Awaitable<Result<void>> set_sending(std::vector<AlertId> ids, ChatId channel, MessageId after,
                                      std::int64_t now_ms);
  /// What was handed over together and refused is pending again.
  Awaitable<Result<void>> split_digest(std::vector<AlertId> ids);
  Awaitable<Result<void>> set_done(std::vector<AlertId> ids, ChatId channel, MessageId message);
  Awaitable<Result<void>> set_refused(AlertId id, std::string reason);
  /// The newest message known in `channel`; 0: none.
  Awaitable<Result<MessageId>> newest_known(ChatId channel);
  /// What the alert's last handing over to `channel` was after; nothing: it was never handed to it.
  Awaitable<Result<std::optional<MessageId>>> handed_after(AlertId id, ChatId channel);
  Awaitable<Result<std::optional<AlertRow>>> find(AlertId id);

  /// Erases the bodies of alerts sent or refused and created before `bodies_before_ms`, and the
  /// identities of messages seen before `seen_before_ms`.
  Awaitable<Result<void>> purge(std::int64_t bodies_before_ms, std::int64_t seen_before_ms);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
