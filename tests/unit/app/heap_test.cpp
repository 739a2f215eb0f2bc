#include "app/heap.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace tgpanel::app {
namespace {

using ::testing::ExitedWithCode;

constexpr int kReturned = 43;

std::string tunables() {
  const char* const value = std::getenv("GLIBC_TUNABLES");
  return value == nullptr ? "none" : value;
}

/// Also what the first test below starts anew: it tells that one what it was started with.
TEST(Heap, IsNotBoundTwice) {
  fmt::print(stderr, "started with {}\n", tunables());
  ::setenv("GLIBC_TUNABLES", kHeapTunables, 1);
  std::array<char*, 1> arguments{};
  bound_heap(arguments);
  EXPECT_EQ(tunables(), kHeapTunables);
}

[[noreturn]] void bound_and_leave() {
  std::string name = "unit_app";
  std::string filter = "--gtest_filter=Heap.IsNotBoundTwice";
  std::array<char*, 2> arguments{name.data(), filter.data()};
  bound_heap(arguments);
  std::_Exit(kReturned);
}

TEST(HeapDeathTest, IsBoundByStartingTheProgramAnewOnce) {
  EXPECT_EXIT(
      {
        ::unsetenv("GLIBC_TUNABLES");
        bound_and_leave();
      },
      ExitedWithCode(0), std::string("started with ") + kHeapTunables);
}

TEST(HeapDeathTest, IsLeftToWhoeverSetsItsTunables) {
  EXPECT_EXIT(
      {
        ::setenv("GLIBC_TUNABLES", "glibc.malloc.tcache_count=7", 1);
        bound_and_leave();
      },
      ExitedWithCode(kReturned), "");
}

}  // namespace
}  // namespace tgpanel::app
