#pragma once
// The data centre and the panel as separate programs, for the tour.

#include "support/process.hpp"
#include "support/stage.hpp"
#include "testdc/control/driver.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace tour {

class TownHall {
 public:
  /// Starts `testdc`, waits until it listens and builds the town in it.
  TownHall();

  [[nodiscard]] testdc::Driver driver() const { return testdc::Driver::remote(control_port_); }

  [[nodiscard]] const support::Town& town() const { return town_; }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

  [[nodiscard]] std::uint16_t control_port() const { return control_port_; }

  /// Starts `tgpanel run` and returns the line with which it says that it is ready.
  std::string start_panel();

  /// SIGTERM; the exit code.
  int stop_panel() { return panel_->terminate(); }

  [[nodiscard]] support::Process& panel() { return *panel_; }

  /// How often a panel wanted to reach what is not on this machine.
  [[nodiscard]] std::size_t refused() const;

 private:
  support::TempFolder folder_;
  std::unique_ptr<support::Process> testdc_;
  std::uint16_t socks_port_ = 0;
  std::uint16_t control_port_ = 0;
  support::Town town_;
  std::unique_ptr<support::Process> panel_;
  std::string earlier_logs_;
};

}  // namespace tour
