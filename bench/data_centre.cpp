#include "bench/data_centre.hpp"

#include "base/json.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace bench {

namespace {

std::filesystem::path ports_file(const support::TempFolder& folder) {
  return folder.path() / "ports.json";
}

}  // namespace

DataCentre::DataCentre()
    : process_(support::programs().testdc,
               {"--schema", support::programs().schema.string(), "--key",
                support::programs().key.string(), "--port-file", ports_file(folder_).string()},
               {{"PATH", "/usr/bin:/bin"}}, folder_.path()) {
  process_.wait_line("testdc: ready");
  tgpanel::Json ports;
  std::ifstream(ports_file(folder_)) >> ports;
  socks_port_ = ports.at("socks");
  control_port_ = ports.at("control");
  world_ = testdc::Driver::remote(control_port_);
}

void DataCentre::stop() {
  if (const int code = process_.terminate(); code != 0) {
    throw std::runtime_error(fmt::format("testdc ended with {}:\n{}", code, process_.err()));
  }
}

}  // namespace bench
