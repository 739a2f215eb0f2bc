#include "base/crash_point.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

namespace tgpanel {
namespace {

struct Target {
  std::string name;
  int countdown = 1;
};

Target read_target() {
  const char* const value = std::getenv("TGPANEL_CRASH_AT");
  if (value == nullptr) return {};
  Target target{value, 1};
  if (const auto colon = target.name.rfind(':'); colon != std::string::npos) {
    target.countdown = std::atoi(target.name.c_str() + colon + 1);
    target.name.resize(colon);
  }
  return target;
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

/// The steps of the process; its end writes their number.
class Steps {
 public:
  Steps()
      : last_(std::strtoull(variable("TGPANEL_CRASH_STEP").c_str(), nullptr, 10)),
        file_(variable("TGPANEL_CRASH_COUNT")),
        watched_(last_ != 0 || !file_.empty()) {}

  Steps(const Steps&) = delete;
  Steps& operator=(const Steps&) = delete;

  ~Steps() {
    if (!file_.empty()) std::ofstream(file_) << taken_ << '\n';
  }

  void take() {
    if (watched_ && ++taken_ == last_) std::raise(SIGKILL);
  }

 private:
  std::uint64_t last_;
  std::string file_;
  bool watched_;
  std::atomic<std::uint64_t> taken_{0};
};

}  // namespace

void crash_step() {
  static Steps steps;
  steps.take();
}

void crash_point(std::string_view name) {
  // Reached on the executor only: no other thread takes durable steps of the domain.
  static Target target = read_target();
  if (target.name.empty() || target.name != name) return;
  if (--target.countdown == 0) std::raise(SIGKILL);
}

}  // namespace tgpanel
