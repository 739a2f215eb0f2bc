#pragma once
// Messages that were not pushed: reads the histories of chats that are behind their mark, asks
// every supergroup and channel for news once per period, and reads the newest messages again after
// a chat was not watched.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "monitor/accounts_view.hpp"
#include "monitor/chat_book.hpp"
#include "monitor/history.hpp"
#include "monitor/limits.hpp"
#include "monitor/mark_table.hpp"
#include "monitor/stats.hpp"
#include "monitor/turns.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace tgpanel::monitor {

/// Accounts take turns (see Turns). A supergroup or channel is read by the account that saw the
/// hole, or else by any other member. In a basic group, whose ids count per mailbox, one elected
/// member (the lowest account that is active) reads for all: the others pass over holes since its
/// own history began. When the one that saw a hole is gone, the elected reads the last
/// kOtherMailbox messages of its own mailbox instead. Executor: the domain's; owned by a shared_ptr
/// that its coroutines keep.
class CatchUp : public std::enable_shared_from_this<CatchUp> {
 public:
  struct Parts {
    const AccountsView& accounts;
    const Clock& clock;
    ChatBook& book;
    MarkTable& marks;
    Stats& stats;
    Limits limits;
    /// Messages of a history, the oldest first.
    std::function<void(AccountId reader, const std::vector<telegram::Message>&)> on_missed;
    /// The newest message as the sweep saw it.
    std::function<void(AccountId reader, const telegram::Message&)> on_newest;
    /// The newest messages of a chat that was not watched for a time, the oldest first.
    std::function<void(AccountId reader, const std::vector<telegram::Message>&)> on_reread;
    /// The newest messages of another member's mailbox, missed or not, the oldest first.
    std::function<void(AccountId reader, const std::vector<telegram::Message>&)> on_other_mailbox;
    std::function<void(AccountId, Instant until)> on_flood_wait;
  };

  static constexpr std::size_t kOtherMailbox = 100;

  CatchUp(Executor executor, Parts parts);

  /// The account reports that the history has a hole, in or above which it saw a message (0: it saw
  /// none).
  void behind(HistoryKey key, AccountId reporter, MessageId seen);

  /// What is read of private chats counts no more.
  void forget_private();

  Turns& turns() { return turns_; }

  /// The call of an account that Turns gave has ended.
  void end_call(AccountId reader, ChatId chat, const Error* failure);

  /// The chat was watched in an earlier run.
  void knew(ChatId chat) { known_.insert(chat); }

  /// The newest messages of the chat are read, whether it was watched or not.
  void read_soon(ChatId chat);

  /// The account became active: what could not be read may be readable now.
  void account_ready(AccountId account);

  void account_gone(AccountId account);

  /// Before account_gone(): what the account's client had loaded is forgotten. TDLib tells of no
  /// edit of such a message, and nobody else need have loaded it.
  void forgets(AccountId account);

  /// Every Limits::tick.
  void tick();

  /// Nothing new is begun; what runs reports nothing any more.
  void stop();

 private:
  struct Pending {
    AccountId reporter = 0;  // that saw what is above the hole; 0: nobody who is known
    bool reporter_gone = false;
    std::set<AccountId> tried;
    Instant not_before{};  // after every member failed
    Millis pause{0};
  };

  /// A read, and what was known when it began.
  struct Reading {
    AccountId reader = 0;
    MessageId mark = 0;
    MessageId hole_top = 0;
    bool other_mailbox = false;
    bool saw_the_hole = false;
  };

  using Self = std::shared_ptr<CatchUp>;

  void pump();
  // The sweep (sweep.cpp)
  void begin_round();
  void sweep();
  std::optional<ChatId> next_of_round();
  /// False: every member that could is busy.
  bool begin_ask(ChatId chat);
  // Reading again (reread.cpp)
  void look_for_due();
  void reread();
  /// Who may read the chat again; nothing: nobody can. 0: not now.
  [[nodiscard]] std::optional<AccountId> rereader(ChatId chat) const;
  [[nodiscard]] std::optional<AccountId> reader_of(HistoryKey key, const Pending& pending) const;
  /// The active member with the lowest id; 0: none.
  [[nodiscard]] AccountId elected(ChatId chat) const;
  /// A hole in a mailbox that the elected member's own mailbox covers.
  [[nodiscard]] bool covered(HistoryKey key) const;
  /// When every member failed: tries again later.
  void put_off(HistoryKey key, Pending& pending) const;
  void note_failure(AccountId account, ChatId chat, const Error& error);
  void finish_read(HistoryKey key, const Reading& begun, const History& history);

  static Awaitable<> read(Self self, HistoryKey key, AccountId reader);
  static Awaitable<> ask(Self self, ChatId chat, AccountId reader);
  static Awaitable<> read_again(Self self, ChatId chat, AccountId reader);

  Executor executor_;
  Parts parts_;
  Turns turns_;
  std::map<HistoryKey, Pending> pending_;
  std::set<HistoryKey> reading_;
  bool stopped_ = false;

  std::set<ChatId> known_;    // watched once, so that there may be edits to find
  std::set<ChatId> watched_;  // by an active account; read again since that began
  std::deque<ChatId> due_;    // to be read again
  std::map<ChatId, int> reread_failures_;
  bool members_changed_ = false;

  ChatId sweep_at_ = 0;
  std::size_t sweep_left_ = 0;  // of this round
  std::size_t sweep_round_ = 0;
  std::deque<ChatId> sweep_later_;  // every member was busy
  Instant sweep_begun_{};
  double sweep_allowance_ = 0;
};

}  // namespace tgpanel::monitor
