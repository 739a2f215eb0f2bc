#pragma once
// Who may write to a chat, and when: one writer at a time per chat, replies before cards, within
// the rates.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "bot/kept_waits.hpp"
#include "bot/rates.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace tgpanel::bot {

/// Counts grants against allowances. Pure.
class Limiter {
 public:
  explicit Limiter(const std::vector<Allowance>& allowances);

  /// The earliest instant, not before `now`, at which another grant fits.
  [[nodiscard]] Instant allowed_at(Instant now) const;
  void granted(Instant now);

 private:
  struct Bucket {
    Millis interval{0};  // after which one more is allowed
    Millis burst{0};     // how far ahead of `full` a grant may be: (count - 1) * interval
    Instant full{};      // when the whole allowance is there again
  };

  std::vector<Bucket> buckets_;
};

enum class Priority : std::uint8_t { reply, card };

/// The waiting line of one chat. Pure: ids instead of waiters, time passed in.
class Line {
 public:
  explicit Line(const std::vector<Allowance>& allowances) : limiter_(allowances) {}

  void wait(std::uint64_t ticket, Priority priority, Instant not_before);

  /// Nobody before `instant` (Telegram asked to wait).
  void hold_until(Instant instant) { held_until_ = std::max(held_until_, instant); }

  /// The ticket whose turn it is; it is then being served until done().
  std::optional<std::uint64_t> next(Instant now);

  void done() { serving_ = false; }

  /// When next() may have somebody; nothing when no one waits or one is being served.
  [[nodiscard]] std::optional<Instant> next_at(Instant now) const;

  [[nodiscard]] bool idle() const { return waiting_.empty() && !serving_; }

 private:
  struct Waiter {
    std::uint64_t ticket = 0;
    Priority priority = Priority::reply;
    Instant not_before{};
  };

  Limiter limiter_;
  std::vector<Waiter> waiting_;  // in order of arrival
  Instant held_until_{};
  bool serving_ = false;
};

/// Lines of all chats, on a clock. Executor: the domain's.
class Gate {
 public:
  /// The right to write to one chat until it goes away.
  class Turn {
   public:
    Turn() = default;

    Turn(Turn&& other) noexcept { swap(other); }

    Turn& operator=(Turn&& other) noexcept {
      if (this != &other) {
        release();
        swap(other);
      }
      return *this;
    }

    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    ~Turn() { release(); }

    /// False when the gate was closed instead.
    [[nodiscard]] bool granted() const { return static_cast<bool>(release_); }

    /// Nobody writes to this chat for `wait` after the turn (Telegram asked for it).
    void hold_for(Millis wait) { hold_ = wait; }

    void release();

   private:
    friend class Gate;

    void swap(Turn& other) noexcept {
      release_.swap(other.release_);
      std::swap(hold_, other.hold_);
    }

    std::move_only_function<void(Millis hold)> release_;
    Millis hold_{0};
  };

  Gate(const Executor& executor, const Clock& clock, Rates rates, KeptWaits waits = {});
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate();

  /// Waits for the turn. Chats with ids below 0 (groups, channels) have rates of their own.
  Awaitable<Turn> enter(ChatId chat, Priority priority, Instant not_before = {});
  /// Everybody who waits, and who comes later, gets a turn that is not granted.
  void close();
  /// Looks at the clock again: for tests whose clock was moved by hand.
  void poke();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tgpanel::bot
