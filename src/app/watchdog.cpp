#include "app/watchdog.hpp"

#include "app/systemd.hpp"
#include "app/thread_stack.hpp"

#include <boost/asio/steady_timer.hpp>
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tgpanel::app {

namespace {

constexpr std::array<std::string_view, 2> kThreads = {"the executor", "TDLib's receive thread"};
constexpr Millis kStackBound{1'000};

double seconds(Millis time) {
  return std::chrono::duration<double>(time).count();
}

std::string stack_text(::pid_t thread) {
  const auto calls = thread_stack(thread, kStackBound);
  if (calls.empty()) return " Its stack cannot be read: it is held by the kernel, or gone";
  std::string text = fmt::format(" Thread {} is in:", thread);
  for (std::size_t index = 0; index < calls.size(); ++index) {
    text += fmt::format("\n  #{} {}", index, calls[index]);
  }
  return text;
}

}  // namespace

// Shared with the timer's handler, which may come after the watchdog is gone.
struct Watchdog::Heart : std::enable_shared_from_this<Heart> {
  Heart(const Executor& executor, Millis interval) : timer(executor), every(interval) {}

  void beat() {
    if (stopped) return;
    pulse.beat();
    timer.expires_after(every);
    timer.async_wait(
        [self = shared_from_this()](const boost::system::error_code&) { self->beat(); });
  }

  Pulse pulse;
  asio::steady_timer timer;
  Millis every;
  bool stopped = false;
};

Watchdog::Watchdog(const Executor& executor, const Pulse& receiving, const WatchdogLimits& limits)
    : receiving_(receiving),
      limits_(limits),
      heart_(std::make_shared<Heart>(executor, limits.look_every)) {
  prepare_thread_stacks();
  asio::post(executor, [heart = heart_] { heart->beat(); });
  thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

Watchdog::~Watchdog() {
  stop();
}

void Watchdog::stop() {
  heart_->stopped = true;
  heart_->timer.cancel();
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Watchdog::watch(const std::stop_token& stop) {
  WatchdogRule rule(kThreads.size(), limits_, std::chrono::steady_clock::now());
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, limits_.look_every, [] { return false; });
    }
    if (!stop.stop_requested()) look(rule);
  }
}

void Watchdog::look(WatchdogRule& rule) {
  const std::array<std::uint64_t, kThreads.size()> beats = {pulse(0).beats(), pulse(1).beats()};
  const auto verdict = rule.look(beats, std::chrono::steady_clock::now());
  for (const auto& turn : verdict.turns) report(turn);
  if (verdict.tell) tell_systemd_alive();
}

void Watchdog::report(const WatchdogVerdict::Turn& turn) {
  const auto name = kThreads[turn.thread];
  if (turn.stalled) {
    spdlog::error("watchdog: {} has stood still for {:.1f} s.{}", name, seconds(turn.silent),
                  stack_text(pulse(turn.thread).thread()));
  } else {
    spdlog::warn("watchdog: {} goes on, after {:.1f} s", name, seconds(turn.silent));
  }
}

const Pulse& Watchdog::pulse(std::size_t thread) const {
  return thread == 0 ? heart_->pulse : receiving_;
}

WatchdogLimits watchdog_limits() {
  WatchdogLimits limits;
  if (const auto bound = systemd_watchdog_bound()) {
    limits.tell_every = *bound / 3;
    limits.look_every = std::clamp(*limits.tell_every, Millis{1}, limits.look_every);
  }
  return limits;
}

}  // namespace tgpanel::app
