// bench_reopening: what memory does when clients of TDLib alone are closed and opened again and
// again, as the panel's are; with as many arenas as malloc takes by itself, and with few. Each in a
// process of its own, against one local data centre.

#include "base/json.hpp"
#include "bench/child.hpp"
#include "bench/data_centre.hpp"
#include "bench/start_measure.hpp"
#include "support/stage.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using tgpanel::Json;

constexpr std::chrono::seconds kDeadline{1'800};

struct Result {
  std::vector<double> memory_mb;
  double took_s = 0;
};

// This program with --child.
Result run_child(std::string_view arenas, const bench::StartTask& task, int times) {
  support::Environment environment;
  if (!arenas.empty()) environment["MALLOC_ARENA_MAX"] = arenas;
  const auto start = std::chrono::steady_clock::now();
  auto memory_mb = bench::run_child(
      {"--child", "--accounts", std::to_string(task.accounts), "--times", std::to_string(times)},
      task.place, kDeadline, std::move(environment));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return {.memory_mb = std::move(memory_mb), .took_s = took.count()};
}

void measure(bench::StartTask task, int times) {
  const support::TempFolder folder;
  bench::DataCentre centre;
  bench::add_people(centre.world(), task.accounts, 5);
  task.place.socks_port = centre.socks_port();
  task.place.library = support::programs().library;
  task.place.folder = folder.path() / "clients";
  std::filesystem::create_directories(task.place.folder);
  bench::log_in_bare(task);
  fmt::print("{} clients, opened {} times; resident memory in MB while all are open\n",
             task.accounts, times);
  fmt::print("{:<14} {:>8} {:>14} {:>8} {:>22} {:>8}\n", "arenas", "first", "half way", "last",
             "an opening, 2nd half", "time");
  for (const std::string_view arenas : {"", "4", "2", "1"}) {
    const auto result = run_child(arenas, task, times);
    const auto& mb = result.memory_mb;
    const auto half = mb.size() / 2;
    const auto openings = static_cast<double>(mb.size() - half) * task.accounts;
    fmt::print("{:<14} {:>8.1f} {:>14.1f} {:>8.1f} {:>19.2f} kB {:>6.1f} s\n",
               arenas.empty() ? "malloc's own" : arenas, mb.front(), mb[half], mb.back(),
               (mb.back() - mb[half]) * 1024 / openings, result.took_s);
    std::fflush(stdout);
  }
  centre.stop();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Closes clients of TDLib and opens them again, by malloc's number of arenas.");
  bench::StartTask task;
  task.accounts = 20;
  int times = 100;
  bool child = false;
  app.add_option("--accounts", task.accounts, "Clients")->check(CLI::Range(1, 2000));
  app.add_option("--times", times, "Openings of each")->check(CLI::Range(2, 100'000));
  app.add_flag("--child", child)->group("");
  bench::add_place_options(app, task.place);
  CLI11_PARSE(app, argc, argv);
  try {
    if (!child) {
      measure(std::move(task), times);
    } else {
      const Json memory_mb = bench::reopen_bare(task, times);
      fmt::print("result: {}\n", memory_mb.dump());
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_reopening: {}\n", error.what());
    return 1;
  }
  return 0;
}
