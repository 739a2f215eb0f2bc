#pragma once
// The inside of Limiter: the waits, and the calls under way. Private to src/jobs.

#include "jobs/limiter.hpp"
#include "jobs/waits.hpp"

#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::jobs {

class Limiter::State : public std::enable_shared_from_this<Limiter::State> {
 public:
  using Timer = asio::steady_timer;
  using ClientPtr = std::shared_ptr<telegram::Client>;
  using MessageKey = std::pair<ChatId, MessageId>;  // the temporary id

  /// How a call has ended.
  struct Outcome {
    bool answered = false;    // by Telegram; else nobody knows
    std::int64_t wait_s = 0;  // what Telegram asked for
  };

  /// A call under way.
  struct Flight {
    Flight(const Executor& executor, ClientPtr by) : timer(executor), client(std::move(by)) {}

    Timer timer;  // its silence, then the end of TDLib's longest sleep
    ClientPtr client;
    Instant slept{};  // TDLib sleeps no longer
    bool over = false;
    // Of sendMessage
    std::optional<MessageKey> message{};                  // once TDLib has named it
    std::vector<std::pair<MessageKey, Outcome>> early{};  // told before that
  };

  /// Calls of one account and method, one after the other.
  struct Lane {
    std::shared_ptr<Flight> flight;
    std::list<std::shared_ptr<Timer>> line;  // who waits, in order, each until its own deadline

    [[nodiscard]] bool taken() const { return flight && flight->client->open(); }

    /// All look again, in order: the first may take its turn.
    void wake() const {
      for (const auto& waiting : line) waiting->cancel();
    }
  };

  State(storage::JobRepository& repository, const Clock& clock, Executor executor,
        LimiterSettings settings)
      : repository_(repository),
        clock_(clock),
        executor_(std::move(executor)),
        settings_(settings) {}

  static Awaitable<Result<void>> load(std::shared_ptr<State> self);

  [[nodiscard]] const Executor& executor() const { return executor_; }

  [[nodiscard]] Instant now() const { return clock_.now(); }

  [[nodiscard]] const Waits& waits() const { return waits_; }

  [[nodiscard]] bool stopped() const { return stopped_; }

  void stop();

  std::shared_ptr<Lane> lane(AccountId account, const std::string& method);

  /// Takes the lane of `key`, whose chat is 0.
  std::shared_ptr<Flight> begin(const WaitKey& key, ClientPtr client);
  /// Gives it back. True: store() has something to write.
  bool finish(const WaitKey& key, Flight& flight, Outcome outcome);
  /// TDLib has the message under this name: the flight goes on until it is known what became of it.
  void follow(const WaitKey& key, const std::shared_ptr<Flight>& flight, MessageKey message);
  /// What became of a message that the account sends.
  void told(AccountId account, MessageKey message, Outcome outcome);
  /// TDLib was told to forget these messages.
  void forgotten(AccountId account, const Json& delete_messages);

  static Awaitable<> tell(std::shared_ptr<State> self, WaitKey key, Instant until);
  static Awaitable<> arrived(std::shared_ptr<State> self, AccountId account);
  static Awaitable<> narrow(std::shared_ptr<State> self, WaitKey key);
  /// Brings the disk to what memory says now; writes go out in the order of these calls. A wait
  /// holds in memory even when the disk fails: after a restart the next 429 tells it again.
  static Awaitable<> store(std::shared_ptr<State> self, WaitKey key);

 private:
  void watch(const WaitKey& key, const std::shared_ptr<Flight>& flight);
  static Awaitable<> store_inferred(std::shared_ptr<State> self, WaitKey key);
  /// The flight of the account's sendMessage; nullptr: none.
  [[nodiscard]] std::shared_ptr<Flight> sending(AccountId account) const;
  void finish_send(AccountId account, Flight& flight, Outcome outcome);

  storage::JobRepository& repository_;
  const Clock& clock_;
  Executor executor_;
  LimiterSettings settings_;
  bool stopped_ = false;
  Waits waits_;
  std::map<std::pair<AccountId, std::string>, std::shared_ptr<Lane>> lanes_;
};

}  // namespace tgpanel::jobs
