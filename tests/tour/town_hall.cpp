#include "tour/town_hall.hpp"

#include <fstream>
#include <string_view>

namespace tour {

TownHall::TownHall() {
  const auto here = support::programs();
  const auto ports = folder_.path() / "ports.json";
  testdc_ = std::make_unique<support::Process>(
      here.testdc,
      std::vector<std::string>{"--key", here.key.string(), "--schema", here.schema.string(),
                               "--port-file", ports.string()},
      support::Environment{{"PATH", "/usr/bin:/bin"}}, folder_.path());
  testdc_->wait_line("ready");
  const auto listening = testdc::Json::parse(std::ifstream(ports));
  socks_port_ = listening.at("socks").get<std::uint16_t>();
  control_port_ = listening.at("control").get<std::uint16_t>();
  auto world = driver();
  town_ = support::build_town(world);
}

std::string TownHall::start_panel() {
  auto environment = support::panel_environment(town_, socks_port_, folder_.path());
  environment["TGPANEL_LOG_LEVEL"] = "info";
  if (panel_) earlier_logs_ += panel_->err();
  panel_ = std::make_unique<support::Process>(
      support::programs().tgpanel, std::vector<std::string>{"run"}, environment, folder_.path());
  return panel_->wait_line("tgpanel: ready");
}

std::size_t TownHall::refused() const {
  const std::string log = earlier_logs_ + panel_->err();
  constexpr std::string_view refusal = "loopback_only: refused";
  std::size_t times = 0;
  for (auto at = log.find(refusal); at != std::string::npos; at = log.find(refusal, at + 1)) {
    ++times;
  }
  return times;
}

}  // namespace tour
