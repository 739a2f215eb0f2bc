#pragma once
// High-water marks: up to which message each chat was read without a hole. Pure.

#include "base/ids.hpp"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace tgpanel::monitor {

/// A history: of a supergroup or channel (account 0), or of a basic group in one account's mailbox.
struct HistoryKey {
  AccountId account = 0;
  ChatId chat = 0;
  auto operator<=>(const HistoryKey&) const = default;

  /// Ids in it are consecutive but for deleted messages, so that a skipped one shows a hole.
  [[nodiscard]] bool dense() const { return account == 0; }
};

struct Mark {
  HistoryKey key;
  MessageId message = 0;
};

enum class Step : std::uint8_t {
  first,   // of a history never seen: the mark starts here, what is older never alerts
  next,    // follows the mark, which moved to it
  known,   // at or below the mark
  behind,  // there are, or may be, messages between the mark and this one: read the history
};

/// A mark moves over a message only when nothing is missing below it. What is stored may lag behind
/// (seen messages are never alerted twice); it never runs ahead. The caller looks at every message
/// it reports here, but those that are `known`, and the last message that is `first`.
class MarkTable {
 public:
  void load(const std::vector<Mark>& marks);

  /// A message that was pushed.
  Step on_message(HistoryKey key, MessageId id);
  /// The chat's last message, which may never have been pushed.
  Step on_last_message(HistoryKey key, MessageId id);
  /// The history was read from `newest` (0: there was nothing) down to the mark, or as far as it is
  /// ever read. True when that closed the hole.
  bool on_read(HistoryKey key, MessageId newest);
  /// What showed the hole is gone (deleted): nothing is left to read. False, and nothing is done,
  /// when hole_top() is not `top` any more: another hole has opened above it since.
  bool settle(HistoryKey key, MessageId top);

  /// What follows `to` is missing, unless the history began in an earlier run: a basic group that
  /// was followed became this supergroup. True: there is something to read now.
  bool reach_back(HistoryKey key, MessageId to);

  /// Private chats begin anew, as histories never seen.
  void forget_private();

  [[nodiscard]] std::optional<MessageId> mark(HistoryKey key) const;

  [[nodiscard]] bool behind(HistoryKey key) const { return hole_top(key) != 0; }

  /// The first message above the hole that is known; 0: no hole.
  [[nodiscard]] MessageId hole_top(HistoryKey key) const;
  /// Histories of one chat begin in this order: 0 in an earlier run, then as they began in this
  /// one; the last place when it has not begun.
  [[nodiscard]] std::uint64_t began(HistoryKey key) const;
  /// Anybody's history of the chat has begun.
  [[nodiscard]] bool knows(ChatId chat) const;

  /// Marks that moved since the last call; message 0: the history was forgotten.
  [[nodiscard]] std::vector<Mark> take_moved();

  [[nodiscard]] bool any_moved() const { return !moved_.empty(); }

 private:
  struct History {
    MessageId mark = 0;
    MessageId newest = 0;    // the highest id heard of
    MessageId hole_top = 0;  // above the hole; from here to `newest` nothing is missing. 0: no hole
    std::uint64_t began = 0;
  };

  void move(HistoryKey key, History& history, MessageId to);
  void close(HistoryKey key, History& history);

  std::map<HistoryKey, History> histories_;
  std::set<HistoryKey> moved_;
  std::uint64_t begun_ = 0;  // in this run
};

}  // namespace tgpanel::monitor
