#include "app/heap.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <malloc.h>

#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
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

std::size_t resident_pages() {
  std::size_t size = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return resident;
}

TEST(HeapDeathTest, WhatIsFreeBetweenWhatIsHeldIsGivenBack) {
  const auto trimmed = [] {
    constexpr std::size_t kBlock = 16 << 10;
    constexpr std::size_t kBlocks = 4000;
    bound_heap();
    std::vector<std::string> blocks;
    for (std::size_t i = 0; i < kBlocks; ++i) blocks.emplace_back(kBlock, 'x');
    const auto full = resident_pages();
    for (std::size_t i = 0; i < kBlocks; i += 2) std::string().swap(blocks[i]);
    boost::asio::io_context io(1);
    HeapTrimmer trimmer(io.get_executor(), Millis{1});
    trimmer.start();
    io.run_one();
    trimmer.stop();
    io.run();
    // Half of the blocks, but for the pages that they share with others.
    constexpr std::size_t kLeast = kBlocks / 2 * (kBlock / 4096) / 2;
    std::exit(full > resident_pages() + kLeast ? 1 : 0);
  };
  EXPECT_EXIT(trimmed(), testing::ExitedWithCode(1), "");
}

}  // namespace
}  // namespace tgpanel::app

#endif
