#include "bench/process_times.hpp"
#include "bench/start_measure.hpp"
#include "support/process.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace bench {

namespace {

struct Run {
  double ready_s = 0;
  double memory_mb = 0;
};

Run run(const StartTask& task, support::Environment environment, const std::string& folder,
        const std::string& expected) {
  environment["TGPANEL_DATA_DIR"] = folder;
  environment["TGPANEL_LOG_LEVEL"] = "info";
  const auto start = std::chrono::steady_clock::now();
  support::Process panel(support::programs().tgpanel, {"run"}, environment,
                         task.folder.parent_path());
  const auto line = panel.wait_line("tgpanel: ready", std::chrono::seconds(300));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  if (!line.ends_with(expected)) throw std::runtime_error(line);
  const Run result{.ready_s = took.count(), .memory_mb = resident_mb(panel.pid())};
  if (const int code = panel.terminate(); code != 0) {
    throw std::runtime_error(fmt::format("tgpanel run ended with {}:\n{}", code, panel.err()));
  }
  return result;
}

}  // namespace

StartResult start_whole(const StartTask& task, support::Environment environment) {
  const auto empty = run(task, environment, task.folder.string() + "-empty", "0 accounts");
  environment["TGPANEL_KEY_FILE"] = task.folder.string() + "-key/master.key";
  const auto full = run(task, environment, task.folder.string(),
                        fmt::format("{0} accounts ({0} active)", task.accounts));
  return {.all_ready_s = full.ready_s,
          .all_loaded_s = full.ready_s,
          .memory_before_mb = empty.memory_mb,
          .memory_after_mb = full.memory_mb};
}

}  // namespace bench
