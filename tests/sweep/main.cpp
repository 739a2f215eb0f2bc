// sweep: kills the panel at step 1, 2, 3 … of each part of a scenario, starts it again, and checks
// what it promises against the records of the data centre.

#include "sweep/point.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace sweep;

struct Order {
  std::string part;  // empty: all
  std::uint64_t from = 1;
  std::uint64_t to = 1'000'000;
  std::uint64_t every = 1;
  int jobs = 2;
  std::filesystem::path out = std::filesystem::path(TGPANEL_BUILD_DIR) / "sweep";
};

struct Total {
  int points = 0;
  std::size_t lost = 0;
  std::size_t twice = 0;
  std::size_t unclear = 0;
  std::size_t died = 0;
  std::size_t other = 0;
  int unknown = 0;
};

/// Hands out the points part by part, and gathers what came of them. Any thread.
class Sweep {
 public:
  explicit Sweep(Order order) : order_(std::move(order)) {
    for (const auto& part : parts()) {
      if (order_.part.empty() || order_.part == part.name) parts_.push_back(&part);
    }
  }

  void work() {
    const PartRow* part = nullptr;
    std::uint64_t point = 0;
    while (take(part, point)) {
      const auto folder = order_.out / fmt::format("{}-{}", part->name, point);
      note(*part, point, run_point(*part, point, folder), folder);
    }
  }

  /// The table; whether all held.
  bool print() {
    fmt::print("\n{:<10} | {:>6} | {:>4} | {:>5} | {:>7} | {:>7} | {:>4} | {:>5}\n", "part",
               "points", "lost", "twice", "unknown", "unclear", "died", "other");
    Total all;
    for (const auto* part : parts_) {
      const Total& one = totals_[part->name];
      print_row(part->name, one);
      all.points += one.points;
      all.lost += one.lost;
      all.twice += one.twice;
      all.unknown += one.unknown;
      all.unclear += one.unclear;
      all.died += one.died;
      all.other += one.other;
    }
    print_row("all", all);
    return all.points > 0 && broken(all) == 0;
  }

 private:
  bool take(const PartRow*& part, std::uint64_t& point) {
    const std::lock_guard lock(mutex_);
    for (; part_ < parts_.size(); ++part_, next_ = 0) {
      if (next_ == 0) next_ = order_.from;
      if (ended_.contains(parts_[part_]->name) || next_ > order_.to) continue;
      part = parts_[part_];
      point = next_;
      next_ += order_.every;
      return true;
    }
    return false;
  }

  void note(const PartRow& part, std::uint64_t point, const Outcome& outcome,
            const std::filesystem::path& folder) {
    const std::lock_guard lock(mutex_);
    const auto& found = outcome.findings;
    Total& total = totals_[part.name];
    if (outcome.killed) {
      ++total.points;
      if (total.points % 25 == 0) fmt::print("{}: {} points\n", part.name, total.points);
    } else {
      ended_[part.name] = true;
    }
    total.lost += found.lost.size();
    total.twice += found.twice.size();
    total.unclear += found.unclear.size();
    total.died += found.died.size();
    total.other += found.other.size();
    for (const auto& [account, times] : found.unknown) total.unknown += times;
    say(part, point, "lost", found.lost);
    say(part, point, "twice", found.twice);
    say(part, point, "unclear", found.unclear);
    say(part, point, "died", found.died);
    say(part, point, "other", found.other);
    if (!found.good()) explain(part, point, outcome, folder);
    std::fflush(stdout);
  }

  static void say(const PartRow& part, std::uint64_t point, std::string_view kind,
                  const std::vector<std::string>& list) {
    for (const auto& one : list) fmt::print("{} {} {}: {}\n", part.name, point, kind, one);
  }

  static void explain(const PartRow& part, std::uint64_t point, const Outcome& outcome,
                      const std::filesystem::path& folder) {
    if (!outcome.findings.died.empty() || !outcome.findings.other.empty()) {
      fmt::print("{} {}: the panel's log ended with\n{}\n", part.name, point, outcome.log_end);
    }
    fmt::print("{} {}: see {}\n", part.name, point, folder.string());
    if (!outcome.killed) fmt::print("{} {}: not killed, so the last one\n", part.name, point);
  }

  static std::size_t broken(const Total& total) {
    return total.lost + total.twice + total.unclear + total.died + total.other;
  }

  static void print_row(std::string_view name, const Total& total) {
    fmt::print("{:<10} | {:>6} | {:>4} | {:>5} | {:>7} | {:>7} | {:>4} | {:>5}\n", name,
               total.points, total.lost, total.twice, total.unknown, total.unclear, total.died,
               total.other);
  }

  Order order_;
  std::vector<const PartRow*> parts_;
  std::mutex mutex_;
  std::size_t part_ = 0;
  std::uint64_t next_ = 0;
  std::map<std::string_view, bool> ended_;  // a run that was not killed was past the last point
  std::map<std::string_view, Total> totals_;
};

int list() {
  for (const auto& part : parts()) fmt::print("{}: {} points\n", part.name, count_points(part));
  return 0;
}

int run(const Order& order) {
  Sweep sweep(order);
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < order.jobs; ++i) workers.emplace_back([&sweep] { sweep.work(); });
  }
  return sweep.print() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Kills the panel at every step of a scenario and checks what it promises.");
  Order order;
  std::vector<std::string> names;
  for (const auto& part : parts()) names.emplace_back(part.name);
  bool only_list = false;
  app.add_option("--part", order.part, "One part of the scenario")->check(CLI::IsMember(names));
  app.add_option("--from", order.from, "The first point")->check(CLI::PositiveNumber);
  app.add_option("--to", order.to, "The last point")->check(CLI::PositiveNumber);
  app.add_option("--every", order.every, "One point in so many")->check(CLI::PositiveNumber);
  app.add_option("--jobs", order.jobs, "Worlds side by side")->check(CLI::Range(1, 64));
  app.add_option("--out", order.out, "Where the logs of what failed are kept");
  app.add_flag("--list", only_list, "Only say how many points each part has");
  CLI11_PARSE(app, argc, argv);
  try {
    return only_list ? list() : run(order);
  } catch (const std::exception& error) {
    fmt::print(stderr, "sweep: {}\n", error.what());
    return 1;
  }
}
