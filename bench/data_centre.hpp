#pragma once
// The local data centre as a program of its own, so that what it uses can be told apart.

#include "support/process.hpp"
#include "support/stage.hpp"
#include "testdc/control/driver.hpp"

#include <cstdint>
#include <optional>

namespace bench {

class DataCentre {
 public:
  /// Returns when it takes connections. Throws std::runtime_error when it does not come up.
  DataCentre();

  [[nodiscard]] std::uint16_t socks_port() const { return socks_port_; }

  [[nodiscard]] std::uint16_t control_port() const { return control_port_; }

  [[nodiscard]] int pid() const { return process_.pid(); }

  [[nodiscard]] testdc::Driver& world() { return *world_; }

  /// Throws std::runtime_error, with what it wrote, when it does not end as it should.
  void stop();

 private:
  support::TempFolder folder_;
  support::Process process_;
  std::uint16_t socks_port_ = 0;
  std::uint16_t control_port_ = 0;
  std::optional<testdc::Driver> world_;
};

}  // namespace bench
