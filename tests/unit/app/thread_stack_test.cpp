#include "app/thread_stack.hpp"

#include "unit/app/gate.hpp"

#include <gmock/gmock.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

namespace tgpanel::app {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto kDeadline = 30s;

TEST(WatchdogStack, OfAThreadThatIsNotThereIsEmpty) {
  prepare_thread_stacks();
  EXPECT_THAT(thread_stack(0, 1s), IsEmpty());
  std::atomic<::pid_t> ended{0};
  std::thread([&ended] { ended = ::gettid(); }).join();
  EXPECT_THAT(thread_stack(ended, 1s), IsEmpty());
}

TEST(WatchdogStack, OfAThreadThatTakesNoSignalIsEmptyAndALateSignalDoesNoHarm) {
  prepare_thread_stacks();
  Gate deaf;
  Gate hearing;
  std::atomic<::pid_t> number{0};
  std::thread thread([&] {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    number = ::gettid();
    deaf.stand_still_on_purpose();
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    hearing.stand_still_on_purpose();
  });
  deaf.wait_for_somebody();
  EXPECT_THAT(thread_stack(number, 50ms), IsEmpty());
  deaf.open();
  hearing.wait_for_somebody();
  EXPECT_THAT(thread_stack(number, kDeadline), Contains(HasSubstr("stand_still_on_purpose")));
  hearing.open();
  thread.join();
}

}  // namespace
}  // namespace tgpanel::app
