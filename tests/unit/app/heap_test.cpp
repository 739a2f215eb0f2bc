#include "app/heap.hpp"

#include <gtest/gtest.h>
#include <malloc.h>

#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

// The sanitizers have an allocator of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace tgpanel::app {
namespace {

constexpr int kThreads = 4;

/// The arenas that malloc has after so many threads have used it at once (malloc_info(3)).
int arenas() {
  std::barrier all(kThreads);
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&all] {
      const auto block = std::make_unique<std::vector<char>>(1000);
      all.arrive_and_wait();
    });
  }
  threads.clear();
  char* text = nullptr;
  std::size_t size = 0;
  {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(::open_memstream(&text, &size),
                                                               &std::fclose);
    ::malloc_info(0, file.get());
  }
  const std::unique_ptr<char, void (*)(void*)> owned(text, &std::free);
  int count = 0;
  const std::string_view info(text, size);
  for (auto at = info.find("<heap "); at != info.npos; at = info.find("<heap ", at + 1)) ++count;
  return count;
}

// In a process of its own: what is set before there are threads is set for good.
TEST(HeapDeathTest, AllThreadsShareOneArena) {
  const auto with_one = [] {
    bound_heap();
    std::exit(arenas());
  };
  EXPECT_EXIT(with_one(), testing::ExitedWithCode(1), "");
}

TEST(HeapDeathTest, WhatTheEnvironmentSaysComesFirst) {
  const auto as_told = [] {
    ::setenv("MALLOC_ARENA_MAX", "8", 1);
    bound_heap();
    std::exit(arenas() > 1 ? 1 : 0);
  };
  EXPECT_EXIT(as_told(), testing::ExitedWithCode(1), "");
}

}  // namespace
}  // namespace tgpanel::app

#endif
