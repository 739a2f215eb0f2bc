#include "bench/process_times.hpp"
#include "bench/start_measure.hpp"
#include "support/process.hpp"
#include "support/stage.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

support::Environment settings(support::Environment environment, const std::string& folder) {
  environment["TGPANEL_DATA_DIR"] = folder;
  environment["TGPANEL_LOG_LEVEL"] = "info";
  // As it is run: a preloaded library changes how TDLib is loaded (telegram/library.hpp).
  environment.erase("LD_PRELOAD");
  return environment;
}

class Run {
 public:
  Run(const StartTask& task, const support::Environment& environment, const std::string& folder,
      const std::string& expected)
      : start_(Clock::now()),
        panel_(support::programs().tgpanel, {"run"}, settings(environment, folder),
               task.place.folder.parent_path()) {
    const auto line = panel_.wait_line("tgpanel: ready", std::chrono::seconds(300));
    ready_s = seconds_since(start_);
    if (!line.ends_with(expected)) throw std::runtime_error(line);
    memory_mb = resident_mb(panel_.pid());
  }

  /// Seconds from SIGTERM to the end.
  double stop() {
    const auto start = Clock::now();
    const int code = panel_.terminate();
    const auto took = seconds_since(start);
    if (code != 0) {
      throw std::runtime_error(fmt::format("tgpanel run ended with {}:\n{}", code, panel_.err()));
    }
    return took;
  }

  void kill() { panel_.kill(); }

  double ready_s = 0;
  double memory_mb = 0;

 private:
  Clock::time_point start_;
  support::Process panel_;
};

}  // namespace

WholeResult start_whole(const StartTask& task, support::Environment environment) {
  Run empty(task, environment, task.place.folder.string() + "-empty", "0 accounts");
  empty.stop();
  environment["TGPANEL_KEY_FILE"] = task.place.folder.string() + "-key/master.key";
  const auto folder = task.place.folder.string();
  const auto all = fmt::format("{0} accounts ({0} active)", task.accounts);
  Run saved(task, environment, folder, all);
  saved.kill();
  Run killed(task, environment, folder, all);
  return {.saved = {.all_ready_s = saved.ready_s,
                    .all_loaded_s = saved.ready_s,
                    .memory_before_mb = empty.memory_mb,
                    .memory_after_mb = saved.memory_mb},
          .after_kill_s = killed.ready_s,
          .stop_s = killed.stop()};
}

}  // namespace bench
