#pragma once
// What systemd is told where it started the program (Type=notify); nothing happens elsewhere.

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace tgpanel::app {

void tell_systemd_ready(std::string_view status);
void tell_systemd_status(std::string_view status);
void tell_systemd_stopping();
/// Any thread.
void tell_systemd_alive();
/// Within what time systemd wants signs of life (WatchdogSec=), if it does.
[[nodiscard]] std::optional<Millis> systemd_watchdog_bound();

}  // namespace tgpanel::app
