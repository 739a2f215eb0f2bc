#include "bench/child.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string_view>

namespace bench {

namespace {
constexpr std::string_view kResult = "result: ";
}

void add_place_options(CLI::App& app, ClientPlace& place) {
  app.add_option("--socks", place.socks_port)->group("");
  app.add_option("--library", place.library)->group("");
  app.add_option("--folder", place.folder)->group("");
}

tgpanel::Json run_child(std::vector<std::string> arguments, const ClientPlace& place,
                        std::chrono::seconds deadline, support::Environment environment) {
  arguments.insert(arguments.end(), {"--socks", std::to_string(place.socks_port), "--library",
                                     place.library.string(), "--folder", place.folder.string()});
  environment.emplace("PATH", "/usr/bin:/bin");
  support::Process child(std::filesystem::read_symlink("/proc/self/exe"), arguments, environment,
                         place.folder.parent_path());
  const auto line = child.wait_line(kResult, deadline);
  auto result = tgpanel::Json::parse(line.substr(line.find(kResult) + kResult.size()));
  if (const int code = child.wait(deadline); code != 0) {
    throw std::runtime_error(
        fmt::format("{} ended with {}:\n{}", fmt::join(arguments, " "), code, child.err()));
  }
  return result;
}

}  // namespace bench
