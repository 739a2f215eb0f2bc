#pragma once
// Monitor's parts and state. Private to src/monitor.

#include "monitor/accounts_view.hpp"
#include "monitor/catch_up.hpp"
#include "monitor/chat_book.hpp"
#include "monitor/intake.hpp"
#include "monitor/mark_table.hpp"
#include "monitor/matcher.hpp"
#include "monitor/matcher_builder.hpp"
#include "monitor/monitor.hpp"
#include "monitor/outbox_runner.hpp"
#include "monitor/recent_set.hpp"
#include "monitor/recorder.hpp"
#include "monitor/signal.hpp"
#include "storage/keyword_repository.hpp"
#include "storage/outbox_repository.hpp"
#include "telegram/completion.hpp"
#include "telegram/td_types.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace tgpanel::monitor {

/// Coroutines are static with the object as a parameter, so that it lives as long as they do.
struct Monitor::Impl : std::enable_shared_from_this<Monitor::Impl> {
  using Self = std::shared_ptr<Impl>;

  Impl(Executor with_executor, storage::Database& database, const Clock& with_clock,
       const AccountsView& with_accounts, const Limits& with_limits);

  static Awaitable<Result<void>> start(Self self);
  static Awaitable<> stop(Self self, Millis bound);

  // Messages (feed.cpp)
  void feed(AccountId account, const Json& update);
  [[nodiscard]] bool watched(ChatId chat) const;
  void on_pushed(AccountId account, const Json& message);
  void on_last(AccountId account, const Json& message);
  void on_newest(AccountId reader, const telegram::Message& message);
  void on_missed(AccountId reader, const std::vector<telegram::Message>& messages);
  void on_reread(AccountId reader, const std::vector<telegram::Message>& messages);
  void on_other_mailbox(AccountId reader, const std::vector<telegram::Message>& messages);
  /// A basic group that was followed went on as a supergroup.
  void on_upgraded(AccountId account, const Upgrade& upgrade);
  void on_flood_wait(AccountId account, Instant until);
  static Awaitable<> store_flood_wait(Self self, storage::HistoryWaitRow row);
  /// A chat's last message while the account opens, written since that began: nobody pushed it.
  void note_fresh(AccountId account, const Json& message);
  void account_ready(AccountId account);
  void account_reopens(AccountId account);
  void account_gone(AccountId account);
  void set_private_chats(bool on);
  /// `keywords_until`: a keyword that was added later does not count.
  void look(AccountId account, const telegram::Message& message,
            Instant keywords_until = Instant::max());
  [[nodiscard]] std::int64_t oldest_remembered() const;  // date of a message
  [[nodiscard]] IntakeRules rules_for(const telegram::Message& message) const;
  void judge_and_match(AccountId account, const telegram::Message& message,
                       Instant keywords_until = Instant::max());
  void on_edited(AccountId account, const Json& update);

  struct Edited {
    ChatId chat = 0;
    MessageId id = 0;
    MessageId version = 0;  // in `recent`
  };

  /// Who reads what the account was told of; 0: nobody can.
  [[nodiscard]] AccountId reader_of_edited(AccountId account, ChatId chat) const;
  static Awaitable<> read_edited(Self self, AccountId account, Edited edited);

  // Lists (lists.cpp)
  static Awaitable<Result<void>> load_lists(Self self);
  static Awaitable<Result<Keyword>> add_keyword(Self self, std::string text);
  static Awaitable<Result<std::vector<RuleOutcome>>> add_keywords(Self self,
                                                                  std::vector<std::string> lines);
  static Awaitable<Result<Keyword>> remove_keyword(Self self, KeywordId id);
  static Awaitable<Result<Ignored>> add_ignored(Self self, std::int64_t peer, std::string name);
  static Awaitable<Result<Ignored>> ignore(Self self, std::string who);

  struct PublicPeer {
    telegram::Chat chat;
    AccountId account = 0;  // whose client knows it
  };

  /// Whom a name without @ belongs to, as the first account says that may ask.
  static Awaitable<Result<PublicPeer>> find_public_peer(Self self, std::string username);
  static Awaitable<Result<Ignored>> remove_ignored(Self self, std::int64_t row);
  static Awaitable<Result<Ignored>> ignore_sender_of(Self self, AlertId alert);
  static Awaitable<Result<Alert>> alert(Self self, AlertId id);
  /// Returns once `matcher` has every change made so far. Until then the old one serves.
  static Awaitable<Result<void>> rebuild_matcher(Self self);
  /// Resumes when the builder does nothing; the caller uses it before it waits again.
  static Awaitable<> builder_free(Self self);
  void free_builder();

  // Trying a rule (trial.cpp)
  struct TrialChat {
    ChatId chat = 0;
    std::string title;
    std::vector<AccountId> readers;
  };

  static Awaitable<Result<Keyword>> read_trial_rule(Self self, std::string line);
  static Awaitable<Result<TrialChat>> find_trial_chat(Self self, std::string where);
  static Awaitable<Result<History>> read_trial(Self self, std::vector<AccountId> readers,
                                               HistoryRequest request);
  static Awaitable<Result<Trial>> try_rule(Self self, std::string line, std::string where,
                                           std::size_t count);

  // Loops
  void begin_loop(Awaitable<> loop);
  static Awaitable<> counted(Self self, Awaitable<> loop);
  static Awaitable<> tick_loop(Self self);

  Executor executor;
  const Clock& clock;
  const AccountsView& accounts;
  Limits limits;
  Stats stats;

  storage::KeywordRepository lists;
  storage::OutboxRepository outbox_rows;

  std::vector<Keyword> keywords;
  std::vector<Ignored> ignored;
  std::unordered_set<std::int64_t> ignored_peers;
  std::map<AccountId, Instant> name_waits;  // until when an account may not look names up
  std::shared_ptr<const Matcher> matcher;
  MatcherBuilder builder;
  bool building = false;
  std::uint64_t keywords_version = 0;  // of `keywords`
  std::uint64_t matcher_version = 0;   // of the keywords in `matcher`
  std::vector<telegram::Completion<bool>> build_waiters;
  ChatId alert_channel = 0;
  ChatId alert_discussion = 0;
  bool private_chats = false;
  std::map<AccountId, Instant> opening;  // since when, until it is ready
  std::set<AccountId> ready;
  std::map<ChatId, Instant> fresh;  // first seen while an account opened; since when it counts

  ChatBook book;
  MarkTable marks;
  RecentSet recent;
  Recorder recorder;
  OutboxRunner outbox;
  std::shared_ptr<CatchUp> catch_up;

  bool running = false;
  int loops = 0;
  Signal loop_ended;
  Signal tick_now;
};

}  // namespace tgpanel::monitor
