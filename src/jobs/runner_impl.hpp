#pragma once
// Runner's state, shared with the coroutines it has under way. Private to src/jobs.

#include "jobs/deeds.hpp"
#include "jobs/item_machine.hpp"
#include "jobs/job_machine.hpp"
#include "jobs/pace_keeper.hpp"
#include "jobs/runner.hpp"
#include "storage/job_repository.hpp"

#include <boost/asio/steady_timer.hpp>

#include <map>
#include <optional>
#include <set>
#include <utility>

namespace tgpanel::jobs {

/// Coroutines are static with the object as a parameter, so that it lives as long as they do.
class Runner::Impl : public std::enable_shared_from_this<Runner::Impl> {
 public:
  using Self = std::shared_ptr<Impl>;

  explicit Impl(RunnerParts parts);

  static Awaitable<Result<void>> resume(Self self);
  static Awaitable<> stop(Self self, Millis patience);
  static Awaitable<Result<JobId>> start(Self self, NewJob wish);
  /// `round`: of a retry, how often there was one before.
  static Awaitable<Result<void>> control(Self self, JobId id, JobEvent event, int round);

  [[nodiscard]] Result<Job> job(JobId id) const;
  [[nodiscard]] std::vector<Job> recent(std::size_t limit) const;

  [[nodiscard]] const Pace& pace() const { return pace_.pace(); }

  Result<void> set_pace(const Pace& pace);

  [[nodiscard]] std::optional<Instant> wait_of(AccountId account, const ActionSpec& action,
                                               ChatId chat) const;
  [[nodiscard]] Millis expected_time(std::size_t items, Instant latest_wait, JobId but) const;
  [[nodiscard]] std::optional<Millis> time_left(JobId id) const;

  [[nodiscard]] Deeds& deeds() const { return parts_.deeds; }

  [[nodiscard]] std::shared_ptr<void> watch(Observer observer);
  [[nodiscard]] Result<std::shared_ptr<telegram::Client>> client(AccountId account) const;
  static Awaitable<Result<std::shared_ptr<telegram::Client>>> client_soon(Self self,
                                                                          AccountId account);

  void feed(AccountId account, const Json& update);

  [[nodiscard]] ContactBook& contacts() { return contacts_; }

  void hold(bool held);

  /// Begins every item whose turn it is, and sets the alarm for the next.
  void schedule();
  /// Coroutines that still run touch nothing of `parts` any more.
  void let_go();

 private:
  using Timer = asio::steady_timer;

  struct Entry {
    Job job;
    bool cancelling = false;           // on disk
    bool pausing = false;              // asked for, or a cancel is; on disk once job.state says so
    bool changing = false;             // an admin's change is being written
    bool finishing = false;            // its end is being written
    std::set<std::size_t> unverified;  // handed by an earlier run, not read back yet
  };

  struct Place {
    JobId job = 0;
    std::size_t position = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
  };

  /// What goes into the transaction of a step besides the item.
  struct Beside {
    std::optional<storage::ContactRow> reserved{};
    bool released = false;  // Telegram certainly did not take the message
    std::optional<storage::ContactStopRow> stopped{};
  };

  using Tracker = std::shared_ptr<telegram::SendTracker>;
  using ClientPtr = std::shared_ptr<telegram::Client>;
  using Observers = std::map<std::uint64_t, std::shared_ptr<Observer>>;

  // One item, begun by schedule(); its account is busy meanwhile.
  static Awaitable<> settle(Self self, Place place, ItemEvent event);
  static Awaitable<> perform(Self self, Place place);
  static Awaitable<> verify(Self self, Place place);

  /// Takes the step, writes it (again and again while the disk fails), then shows it.
  static Awaitable<ItemAct> apply(Self self, Place place, ItemEvent event) {
    return apply_with(std::move(self), place, std::move(event), {});
  }

  static Awaitable<ItemAct> apply_with(Self self, Place place, ItemEvent event, Beside beside);
  // Of a deed that is done at most once (runner_once.cpp).
  static Awaitable<> send_once(Self self, Place place, ClientPtr client);
  static Awaitable<> hand_over(Self self, Place place, ClientPtr client, Aim aim);
  static Awaitable<> take_refusal(Self self, Place place, ClientPtr client, ChatId chat,
                                  Error error);
  static Awaitable<> look_for(Self self, Place place, ClientPtr client, Tracker tracker);
  [[nodiscard]] ItemEvent not_aimed(const Error& error) const;
  static Awaitable<> leave(Self self, Place place);
  static Awaitable<> finish_if_over(Self self, JobId id);
  /// Writes until it is on disk; false: the runner was let go meanwhile.
  static Awaitable<bool> write(Self self, storage::JobChange change);

  /// What is asked for is what job.state says.
  static void follow_state(Entry& entry);
  /// The items that the event changes, but for those under way.
  [[nodiscard]] std::map<std::size_t, Item> changed_by(JobId id, const Entry& entry,
                                                       const ItemEvent& event) const;
  template <class Coroutine>
  void begin(Place place, Coroutine coroutine);
  /// What can be done about one item now; the earliest instant to look again.
  Instant consider(Place place, const Entry& entry, Instant now);
  /// An at-most-once item of the account is not read back yet: another text of it that went out
  /// meanwhile might be taken for that one.
  [[nodiscard]] bool looks_for_text(AccountId account) const;
  /// `chat`: 0 while it is not known.
  [[nodiscard]] std::optional<ItemEvent> known_wait(AccountId account, const ActionSpec& action,
                                                    ChatId chat) const;
  [[nodiscard]] ItemEvent event_of(const Error& error) const;
  /// Who is told that Telegram calls the messages of the item's account unwanted.
  [[nodiscard]] std::vector<storage::NoticeRow> notices_of(const Item& item) const;
  [[nodiscard]] ItemContext context(const Entry& entry) const;
  void notify(const Job& job);
  void forget_oldest();
  void set_alarm(Instant at, Instant now);

  RunnerParts parts_;
  PaceKeeper pace_;
  ContactBook contacts_;
  std::map<AccountId, Tracker> trackers_;  // of the texts under way
  std::int64_t epoch_ = 0;
  std::map<JobId, Entry> jobs_;
  JobId last_served_ = 0;
  std::map<AccountId, Place> busy_;
  bool held_ = false;
  bool resumed_ = false;
  bool stopping_ = false;  // nothing new begins
  bool let_go_ = false;    // nothing is touched any more
  Timer alarm_;
  Timer drained_;
  std::shared_ptr<Observers> observers_ = std::make_shared<Observers>();
  std::uint64_t next_observer_ = 0;
};

}  // namespace tgpanel::jobs
