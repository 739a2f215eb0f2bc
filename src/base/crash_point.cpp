#include "base/crash_point.hpp"

#include <csignal>
#include <cstdlib>
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

}  // namespace

void crash_point(std::string_view name) {
  // Reached on the executor only: no other thread takes durable steps of the domain.
  static Target target = read_target();
  if (target.name.empty() || target.name != name) return;
  if (--target.countdown == 0) std::raise(SIGKILL);
}

}  // namespace tgpanel
