// bench_double_start: how long a second `tgpanel run` takes to be refused while the first one has
// the data folder, from its start to its end. Fails when one takes longer than promised.

#include "support/process.hpp"
#include "support/stage.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr double kPromised_s = 0.2;
constexpr int kBusy = 75;

double refuse_once(support::Stage& stage) {
  const auto start = std::chrono::steady_clock::now();
  const auto second = stage.tgpanel({"run"});
  const int code = second->wait();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const bool named =
      second->err().find(fmt::format("pid {}", stage.panel().pid())) != std::string::npos;
  if (code != kBusy || !named) {
    throw std::runtime_error(fmt::format("it ended with {}:\n{}", code, second->err()));
  }
  return took.count();
}

bool measure(int starts) {
  support::Stage stage;
  stage.start();
  std::vector<double> times(static_cast<std::size_t>(starts));
  std::ranges::generate(times, [&stage] { return refuse_once(stage); });
  std::ranges::sort(times);
  fmt::print(
      "{} second starts, each refused with {} and the pid: median {:.3f} s, longest {:.3f} s"
      " (promised: {} s)\n",
      starts, kBusy, times[times.size() / 2], times.back(), kPromised_s);
  return stage.stop() == 0 && times.back() <= kPromised_s;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Starts the panel again and again on a data folder that is in use.");
  int starts = 20;
  app.add_option("--starts", starts, "Second starts")->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  try {
    return measure(starts) ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_double_start: {}\n", error.what());
    return 1;
  }
}
