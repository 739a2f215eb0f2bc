#pragma once
// A measurement in a process of its own, so that memory can be told apart: the benchmark starts
// itself again.

#include "base/json.hpp"
#include "support/process.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

/// What clients in a child need.
struct ClientPlace {
  std::uint16_t socks_port = 0;   // of the data centre
  std::filesystem::path library;  // TDLib
  std::filesystem::path folder;   // sessions stay in it from child to child
};

/// The options by which run_child() hands a place over; --help does not show them.
void add_place_options(CLI::App& app, ClientPlace& place);

/// Runs this program with the arguments and the place's options in the folder above the place's,
/// until it has printed "result: " and JSON, which is returned. `deadline` bounds the result, and
/// the end behind it. Throws std::runtime_error when it ends with anything but 0.
tgpanel::Json run_child(std::vector<std::string> arguments, const ClientPlace& place,
                        std::chrono::seconds deadline, support::Environment environment = {});

}  // namespace bench
