#include "app/systemd.hpp"

#include <fmt/core.h>
#include <systemd/sd-daemon.h>

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

}  // namespace tgpanel::app
