#include "app/thread_stack.hpp"

#include "app/frame_names.hpp"

#include <execinfo.h>
#include <semaphore.h>
#include <sys/ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <iterator>
#include <mutex>
#include <span>
#include <system_error>

namespace tgpanel::app {

namespace {

constexpr std::size_t kMostFrames = 100;

enum class Step : int { idle, asked, reading, read };

static_assert(std::atomic<Step>::is_always_lock_free, "used in a signal handler");

// What the interrupted thread hands to the one that asks. It stays for ever: a signal may come
// after nobody waits for it any more.
struct Exchange {
  std::atomic<Step> step{Step::idle};
  std::array<void*, kMostFrames> frames{};
  int count = 0;
  std::uintptr_t interrupted = 0;
  ::sem_t done{};
};

Exchange exchange;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

int stack_signal() {
  return SIGRTMIN + 7;  // no library that we load takes one of these
}

// In the thread that is asked, between any two of its instructions: nothing here allocates or
// locks. backtrace() does neither once it has been called.
void hand_over_stack(int, siginfo_t*, void* context) {
  const int error = errno;
  Step asked = Step::asked;
  if (exchange.step.compare_exchange_strong(asked, Step::reading)) {
    exchange.count = ::backtrace(exchange.frames.data(), static_cast<int>(kMostFrames));
    const auto& registers = static_cast<const ::ucontext_t*>(context)->uc_mcontext.gregs;
    exchange.interrupted = static_cast<std::uintptr_t>(registers[REG_RIP]);
    exchange.step = Step::read;
    ::sem_post(&exchange.done);
  }
  errno = error;
}

// Whether the thread has handed its stack over.
bool wait_for_stack(Millis bound) {
  ::timespec until{};
  ::clock_gettime(CLOCK_REALTIME, &until);
  constexpr std::int64_t kNanos = 1'000'000'000;
  const std::int64_t nanos = until.tv_nsec + bound.count() * 1'000'000;
  until.tv_sec += nanos / kNanos;
  until.tv_nsec = nanos % kNanos;
  while (::sem_timedwait(&exchange.done, &until) != 0) {
    if (errno == EINTR) continue;
    Step asked = Step::asked;
    if (exchange.step.compare_exchange_strong(asked, Step::idle)) return false;
    // It has just begun: its end is near.
    while (::sem_wait(&exchange.done) != 0) {
    }
    break;
  }
  return exchange.step == Step::read;
}

std::vector<std::string> names_of_frames() {
  const std::span frames(exchange.frames.data(), static_cast<std::size_t>(exchange.count));
  std::vector<std::uintptr_t> addresses;
  addresses.reserve(frames.size());
  // Every address but the interrupted one is where a call returns to: the call is before it.
  for (void* frame : frames) addresses.push_back(reinterpret_cast<std::uintptr_t>(frame) - 1);
  const auto interrupted = std::ranges::find(addresses, exchange.interrupted - 1);
  if (interrupted != addresses.end()) {
    ++*interrupted;
    addresses.erase(addresses.begin(), interrupted);  // the handler
  }
  std::vector<std::string> names;
  for (const auto address : addresses)
    std::ranges::move(frame_names(address), std::back_inserter(names));
  return names;
}

void take_signal() {
  // The first call loads the unwinder: not in a handler.
  std::array<void*, 1> frame{};
  ::backtrace(frame.data(), 1);
  struct sigaction action{};
  action.sa_sigaction = hand_over_stack;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigfillset(&action.sa_mask);
  if (::sem_init(&exchange.done, 0, 0) != 0 || ::sigaction(stack_signal(), &action, nullptr) != 0) {
    throw std::system_error(errno, std::system_category(), "the signal for reading stacks");
  }
}

}  // namespace

void prepare_thread_stacks() {
  static std::once_flag once;
  std::call_once(once, take_signal);
}

std::vector<std::string> thread_stack(::pid_t thread, Millis bound) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  exchange.step = Step::asked;
  if (thread == 0 || ::tgkill(::getpid(), thread, stack_signal()) != 0 || !wait_for_stack(bound)) {
    exchange.step = Step::idle;
    return {};
  }
  auto names = names_of_frames();
  exchange.step = Step::idle;
  return names;
}

}  // namespace tgpanel::app
