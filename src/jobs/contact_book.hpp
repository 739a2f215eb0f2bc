#pragma once
// The limits that protect people: who may be written to, how often, and by which account.

#include "actions/send_message.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "storage/contact_repository.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::jobs {

/// An unsolicited message: to somebody who has not written to the account before.
struct ContactLimits {
  int per_recipient = 3;  // unsolicited messages to one person, of all accounts together
  int per_account = 20;   // unsolicited messages of one account
  Millis window = std::chrono::hours{24};  // of both: the last so much time, not a calendar day
  std::chrono::hours stop{24};             // after PEER_FLOOD; an admin may end it earlier
};

// What set_limits() takes.
inline constexpr int kMostPerRecipient = 100;
inline constexpr int kMostPerAccount = 1'000;
inline constexpr std::chrono::hours kShortestStop{1};
inline constexpr std::chrono::hours kLongestStop{720};

/// Somebody to whom no account writes.
struct DoNotContact {
  std::int64_t id = 0;
  UserId user_id = 0;    // 0: known by the name alone
  std::string username;  // lower case, without @; may be empty
  std::string name;      // may be empty
  Instant added{};
  friend bool operator==(const DoNotContact&, const DoNotContact&) = default;
};

/// An account to which Telegram said PEER_FLOOD: it writes to nobody who has not written first.
struct ContactStop {
  AccountId account_id = 0;
  Instant since{};
  Instant until{};
  Millis left{};  // until it ends by itself
};

/// Executor: the domain's. What it holds in memory is what is on disk, or is being written there in
/// one transaction with the step of the item that it belongs to (storage::JobChange).
class ContactBook {
 public:
  /// `database` and `clock` must outlive it.
  ContactBook(storage::Database& database, const Clock& clock, ContactLimits limits);

  /// Reads what is on disk; before anything else.
  Awaitable<Result<void>> load();

  [[nodiscard]] const ContactLimits& limits() const { return limits_; }

  /// From now on, over what was sent already; not stored. 0: nobody is written to unasked. A stop
  /// that runs keeps its end. invalid, and nothing changes: below 0, above kMostPerRecipient or
  /// kMostPerAccount, or not between kShortestStop and kLongestStop.
  Result<void> set_limits(int per_recipient, int per_account, std::chrono::hours stop);

  // Rules. invalid: a sentence that says which limit, and when it ends.
  /// Whether anybody may write to this person at all.
  [[nodiscard]] Result<void> may_be_written_to(const actions::Person& person) const;
  /// Whether this account may write to this person now.
  [[nodiscard]] Result<void> may_write(AccountId account, const actions::Person& person,
                                       bool unsolicited) const;
  /// The limits and what is left of them, for the preview of a message to this person.
  [[nodiscard]] std::vector<Sentence> remarks(const actions::Person& person) const;
  /// Why the account writes to nobody unasked now; empty when it may.
  [[nodiscard]] Sentence why_not_unasked(AccountId account) const;

  // Steps of items; the rows go into the same transaction.
  storage::ContactRow reserve(JobId job, std::size_t position, AccountId account, UserId recipient);
  void release(JobId job, std::size_t position);
  /// Never ends before a stop that runs already.
  storage::ContactStopRow stop(AccountId account);

  /// Called after each stop, once it and the notices of it are on disk.
  void on_stop(std::function<void()> observer) { observer_ = std::move(observer); }

  void stop_is_stored() const;

  // Stops
  [[nodiscard]] std::vector<ContactStop> stops() const;
  /// not_found: there is none any more.
  Awaitable<Result<void>> clear_stop(AccountId account);

  // Do not contact
  [[nodiscard]] const std::vector<DoNotContact>& do_not_contact() const { return listed_; }

  /// exists: on the list already.
  Awaitable<Result<DoNotContact>> add(DoNotContact person, UserId admin);
  /// not_found: removed already.
  Awaitable<Result<DoNotContact>> remove(std::int64_t id);

 private:
  using Place = std::pair<JobId, std::size_t>;

  struct Contact {
    AccountId account = 0;
    UserId recipient = 0;
    Instant at{};
  };

  struct Stop {
    Instant since{};
    Instant until{};
  };

  using Times = std::vector<Instant>;  // of those that count, the oldest first

  template <class Fits>
  [[nodiscard]] Times times(const Fits& fits) const;
  [[nodiscard]] Times to_person(UserId recipient) const;
  [[nodiscard]] Times of_account(AccountId account) const;
  /// When one more may go; `times` has at least `limit`, which is above 0.
  [[nodiscard]] Instant next_after(const Times& times, int limit) const;
  [[nodiscard]] Sentence left(Instant until) const;

  storage::ContactRepository repository_;
  const Clock& clock_;
  ContactLimits limits_;
  std::map<Place, Contact> contacts_;
  std::map<AccountId, Stop> stops_;
  std::vector<DoNotContact> listed_;
  std::function<void()> observer_;
};

}  // namespace tgpanel::jobs
