#include "app/systemd.hpp"

#include <fmt/core.h>
#include <systemd/sd-daemon.h>

#include <cstdint>

namespace tgpanel::app {

void tell_systemd_ready(std::string_view status) {
  sd_notify(0, fmt::format("READY=1\nSTATUS={}", status).c_str());
}

void tell_systemd_status(std::string_view status) {
  sd_notify(0, fmt::format("STATUS={}", status).c_str());
}

void tell_systemd_stopping() {
  sd_notify(0, "STOPPING=1");
}

void tell_systemd_alive() {
  sd_notify(0, "WATCHDOG=1");
}

std::optional<Millis> systemd_watchdog_bound() {
  std::uint64_t micros = 0;
  if (sd_watchdog_enabled(0, &micros) <= 0) return std::nullopt;
  return std::chrono::duration_cast<Millis>(std::chrono::microseconds(micros));
}

}  // namespace tgpanel::app
