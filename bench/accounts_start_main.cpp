// bench_accounts_start: many saved sessions opened by the panel's own manager and by the whole
// panel, beside the same number opened by a bare loop over TDLib, against one local data centre, in
// one run. Fails when the whole panel takes longer than promised to start after a kill or to stop.

#include "base/json.hpp"
#include "bench/child.hpp"
#include "bench/data_centre.hpp"
#include "bench/start_measure.hpp"
#include "support/stage.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

namespace {

using tgpanel::Json;

constexpr std::chrono::seconds kDeadline{300};

// Promised (docs/guarantees.md): a start after a kill, by the time of TDLib alone, and a stop.
constexpr double kTimesBare = 1.2;
constexpr double kBesideBare_s = 0.5;
constexpr double kStop_s = 3;

// One measurement in a process of its own: this program with --child.
bench::StartResult run_child(const std::string& what, const bench::StartTask& task) {
  const auto json = bench::run_child({"--child", what, "--accounts", std::to_string(task.accounts)},
                                     task.place, kDeadline);
  return {json.at("ready"), json.at("loaded"), json.at("before"), json.at("after")};
}

int be_child(const std::string& what, const bench::StartTask& task) {
  bench::StartResult result;
  if (what == "log-in-panel") {
    log_in_panel(task);
  } else if (what == "log-in-bare") {
    log_in_bare(task);
  } else if (what == "start-panel") {
    result = start_panel(task);
  } else {
    result = start_bare(task);
  }
  const Json json = {{"ready", result.all_ready_s},
                     {"loaded", result.all_loaded_s},
                     {"before", result.memory_before_mb},
                     {"after", result.memory_after_mb}};
  fmt::print("result: {}\n", json.dump());
  return 0;
}

void print_row(const char* what, const bench::StartResult& result, int accounts) {
  fmt::print("{:<22} {:>9.2f} s {:>12.2f} s {:>10.0f} MB {:>12.2f} MB\n", what, result.all_ready_s,
             result.all_loaded_s, result.memory_after_mb,
             (result.memory_after_mb - result.memory_before_mb) / accounts);
}

double median(std::vector<double> of) {
  std::ranges::sort(of);
  return of[of.size() / 2];
}

/// Whether the medians are within what is promised.
bool judge(const std::vector<double>& bare, const std::vector<double>& killed,
           const std::vector<double>& stops) {
  const auto limit = kTimesBare * median(bare) + kBesideBare_s;
  fmt::print(
      "medians of {}: TDLib alone {:.2f} s; tgpanel run after a kill {:.2f} s (promised: {:.2f} s);"
      " SIGTERM to exit {:.2f} s (promised: {} s)\n",
      bare.size(), median(bare), median(killed), limit, median(stops), kStop_s);
  return median(killed) <= limit && median(stops) <= kStop_s;
}

bool measure(int accounts, int groups, int runs, const std::string& heap) {
  const support::TempFolder folder;
  bench::DataCentre centre;
  auto& world = centre.world();
  const auto town = support::build_town(world);
  bench::add_people(world, accounts, groups);

  const bench::StartTask panel{
      accounts, {centre.socks_port(), support::programs().library, folder.path() / "panel"}};
  bench::StartTask bare = panel;
  bare.place.folder = folder.path() / "bare";
  std::filesystem::create_directories(panel.place.folder);
  std::filesystem::create_directories(bare.place.folder);
  auto environment = support::panel_environment(town, panel.place.socks_port, folder.path());
  if (!heap.empty()) environment["GLIBC_TUNABLES"] = heap;
  run_child("log-in-panel", panel);
  run_child("log-in-bare", bare);
  fmt::print("{} saved sessions, {} groups each\n", accounts, groups);
  fmt::print("{:<22} {:>11} {:>14} {:>13} {:>15}\n", "", "all ready", "chats loaded", "memory",
             "per account");
  std::vector<double> alone;
  std::vector<double> killed;
  std::vector<double> stops;
  for (int run = 0; run < runs; ++run) {
    const auto tdlib = run_child("start-bare", bare);
    print_row("TDLib alone", tdlib, accounts);
    print_row("the panel's manager", run_child("start-panel", panel), accounts);
    const auto whole = bench::start_whole(panel, environment);
    print_row("tgpanel run", whole.saved, accounts);
    fmt::print("{:<22} {:>9.2f} s {:>32.2f} s from SIGTERM to exit\n", "  after SIGKILL",
               whole.after_kill_s, whole.stop_s);
    std::fflush(stdout);
    alone.push_back(tdlib.all_loaded_s);
    killed.push_back(whole.after_kill_s);
    stops.push_back(whole.stop_s);
  }
  return judge(alone, killed, stops);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Opens many saved sessions by the panel and by TDLib alone.");
  bench::StartTask task;
  task.accounts = 200;
  int groups = 5;
  int runs = 5;
  std::string heap;
  std::string child;
  app.add_option("--accounts", task.accounts, "Accounts")->check(CLI::Range(1, 2000));
  app.add_option("--groups", groups, "Groups that all of them are in")->check(CLI::Range(0, 100));
  app.add_option("--runs", runs, "Starts of each")->check(CLI::Range(1, 100));
  app.add_option("--heap", heap, "GLIBC_TUNABLES of the panel, instead of its own bounds");
  app.add_option("--child", child)->group("");
  bench::add_place_options(app, task.place);
  CLI11_PARSE(app, argc, argv);
  try {
    if (!child.empty()) return be_child(child, task);
    return measure(task.accounts, groups, runs, heap) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_accounts_start: {}\n", error.what());
    return 1;
  }
}
