// What systemd hears of the panel that it has started (Type=notify).

#include "e2e_test.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace e2e {
namespace {

using testing::Contains;
using testing::Not;

/// The lines of one datagram.
using Told = std::vector<std::string>;

/// The place of systemd.
class NotifySocket {
 public:
  explicit NotifySocket(const std::filesystem::path& path)
      : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("no socket for the notices");
    }
  }

  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  ~NotifySocket() { ::close(socket_); }

  /// The first datagram that has this line.
  Told wait(const std::string& line) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    for (std::size_t at = 0;; ++at) {
      while (at == told_.size()) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left <= 0ms || !receive(left)) {
          throw std::runtime_error(fmt::format("systemd was not told {}", line));
        }
      }
      if (std::ranges::find(told_[at], line) != told_[at].end()) return told_[at];
    }
  }

  /// All lines so far.
  Told all() {
    while (receive(0ms)) {
    }
    Told lines;
    for (const auto& told : told_) lines.insert(lines.end(), told.begin(), told.end());
    return lines;
  }

 private:
  bool receive(std::chrono::milliseconds wait) {
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(wait.count())) <= 0) return false;
    std::array<char, 4096> block{};
    const auto size = ::recv(socket_, block.data(), block.size(), 0);
    if (size < 0) return false;
    std::istringstream text(std::string(block.data(), static_cast<std::size_t>(size)));
    auto& lines = told_.emplace_back();
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return true;
  }

  int socket_;
  std::vector<Told> told_;
};

class Systemd : public Test {
 protected:
  Systemd() { stage.environment()["NOTIFY_SOCKET"] = path.string(); }

  std::filesystem::path path = stage.folder() / "notify";
  NotifySocket systemd{path};
};

TEST_F(Systemd, IsToldWhenThePanelIsReadyAndWhenItStops) {
  start();
  const std::string ready = "tgpanel: ready: ";
  const auto line = stage.panel().wait_line(ready);
  EXPECT_THAT(systemd.wait("READY=1"), Contains("STATUS=" + line.substr(ready.size())));
  EXPECT_THAT(systemd.all(), Not(Contains("STOPPING=1")));
  EXPECT_EQ(stage.stop(), 0);
  EXPECT_THAT(systemd.all(), Contains("STOPPING=1"));
}

TEST_F(Systemd, IsNotToldReadyByAStartThatStillWaits) {
  stage.add_accounts(1);
  stage.add_account(2);
  stage.world().fault(
      {{"method", "*"}, {"user_id", stage.town().accounts[0]}, {"times", -1}, {"drop", true}});
  const auto early = stage.tgpanel({"run"});
  early->wait_line("account 2: active");
  EXPECT_EQ(early->terminate(), 0) << early->err();
  EXPECT_THAT(systemd.all(), Contains("STOPPING=1"));
  EXPECT_THAT(systemd.all(), Not(Contains("READY=1")));
}

}  // namespace
}  // namespace e2e
