#pragma once
// What systemd is told where it started the program (Type=notify); nothing happens elsewhere.

#include <string_view>

namespace tgpanel::app {

void tell_systemd_ready(std::string_view status);
void tell_systemd_status(std::string_view status);
void tell_systemd_stopping();

}  // namespace tgpanel::app
