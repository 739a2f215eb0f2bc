#pragma once
// The monitor: every message that the accounts see, matched against the keywords, becomes one
// alert.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "monitor/alert_sink.hpp"
#include "monitor/group.hpp"
#include "monitor/limits.hpp"
#include "monitor/rule.hpp"
#include "monitor/stats.hpp"
#include "monitor/trial.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace tgpanel::storage {
class Database;
}

namespace tgpanel::monitor {

class AccountsView;

/// Owns keywords, the ignore list, seen messages, marks and the outbox. One alert per message,
/// however many accounts see it and over restarts. What a member reports as done is on disk.
/// Executor: the domain's. References must outlive it.
class Monitor {
 public:
  Monitor(Executor executor, storage::Database& database, const Clock& clock,
          const AccountsView& accounts, Limits limits = {});
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;
  /// stop() must have returned, if start() was called.
  ~Monitor();

  /// Reads everything from disk and starts sending. Before the accounts are opened: updates fed
  /// earlier are dropped. storage: a table cannot be read.
  Awaitable<Result<void>> start();
  /// Stores what is known (matches, marks) and ends; a send in flight is waited for at most
  /// `bound`, and is looked up at the next start if it did not end.
  Awaitable<> stop(Millis bound = Millis{2'000});

  // From the accounts.
  /// Every update of every account, in order per account (see telegram/wanted_updates.hpp).
  void feed(AccountId account, const Json& update);
  /// The account became active: chats whose last message is above their mark are read.
  void account_ready(AccountId account);
  /// The account's client is being closed and opened again, with nothing of what it had loaded:
  /// what it alone would have seen of its chats, edits above all, is read again.
  void account_reopens(AccountId account);
  /// The account is no longer active: others read its chats.
  void account_gone(AccountId account);

  // Where alerts go.
  /// The alert channel and the group where its posts are discussed (0: none): never monitored. 0:
  /// no channel, forwarding is off; alerts are stored and wait.
  void set_alert_channel(ChatId channel, ChatId discussion = 0);
  /// nullptr: nobody to send; alerts wait. The sink must outlive the monitor or be unset.
  void set_sink(AlertSink* sink);

  // Settings, at any time; the caller stores them.
  /// While more than `waiting` alerts wait in the outbox, several are sent as one message. 0:
  /// never. Range 0 ... 1,000 (what is above counts as 1,000); Limits::digest_above (20) until it
  /// is called.
  void set_digest(std::size_t waiting);
  /// Whether private chats of the accounts are monitored; off until it is called. Chats with bots
  /// and Telegram's service chats never are. Called before start(), what was written while the
  /// panel was away is found in the chats that were followed before it; the first message of a chat
  /// never seen is not, when it was written meanwhile. Switched on later, only what is written from
  /// then on: switching them off erases how far they were read.
  void set_private_chats(bool on);

  // Keywords, in the order they were added.
  [[nodiscard]] const std::vector<Keyword>& keywords() const;
  /// invalid: no rule, see parse_rule. exists: one that matches the same.
  Awaitable<Result<Keyword>> add_keyword(std::string text);
  /// One rule each, in one transaction: what is said to be added is on disk and matched. One
  /// outcome for each line, in the same order. Fails as a whole, with none of them added, on
  /// storage, failed (Vectorscan) and cancelled.
  Awaitable<Result<std::vector<RuleOutcome>>> add_keywords(std::vector<std::string> lines);
  /// not_found: removed already.
  Awaitable<Result<Keyword>> remove_keyword(KeywordId id);
  /// What a rule, with the exclusions for all rules, would find among the newest `count` messages
  /// (1
  /// ... kMostTrialMessages) of a group or channel; nothing is stored. `where`: an id, a @name or a
  /// link. Read by a member that makes no other call, which may have to be waited for. invalid: no
  /// rule, or an exclusion by itself; no group. not_found, flood_wait, login_needed: as ignore();
  /// or no active account can read it, or may now.
  Awaitable<Result<Trial>> try_rule(std::string line, std::string where,
                                    std::size_t count = kTrialMessages);

  // Ignore list, in the order it was added.
  [[nodiscard]] const std::vector<Ignored>& ignored() const;
  /// `peer`: user id (> 0) or chat id (< 0). invalid: 0. exists: ignored already.
  Awaitable<Result<Ignored>> add_ignored(std::int64_t peer, std::string name);
  /// `who`: an id, a @name or a link of Telegram; names are looked up by an active account.
  /// invalid: none of these. exists: ignored already. not_found: nobody has the name. flood_wait:
  /// no account may look names up now. login_needed: no account is active.
  Awaitable<Result<Ignored>> ignore(std::string who);
  /// not_found: removed already.
  Awaitable<Result<Ignored>> remove_ignored(std::int64_t row);
  /// Ignores who wrote the message of an alert, at any time after it. exists: ignored already.
  /// invalid: it has no sender to ignore. not_found: no such alert.
  Awaitable<Result<Ignored>> ignore_sender_of(AlertId alert);

  /// An alert as stored; its text is empty once it is older than Limits::keep_text. not_found.
  Awaitable<Result<Alert>> alert(AlertId id);

  [[nodiscard]] Stats stats() const;

  /// The groups and channels that an account is in, by title, as far as its client has told since
  /// the start.
  [[nodiscard]] std::vector<Group> groups_of(AccountId account) const;
  /// The same of all accounts together.
  [[nodiscard]] std::vector<Group> groups() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tgpanel::monitor
