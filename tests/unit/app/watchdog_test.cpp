// The watchdog beside threads that stand still on purpose.

#include "app/watchdog.hpp"

#include "telegram/hub.hpp"
#include "unit/app/gate.hpp"
#include "unit/support/temp_dir.hpp"
#include "unit/telegram/fake_td_json.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <poll.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace tgpanel::app {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

constexpr auto kPatience = 30s;  // the first stack reads the debug information of the whole program

/// What is logged while it lives; from any thread.
class Log final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  /// The first line with all these words, "" if none came in time.
  std::string wait(const std::vector<std::string>& words) {
    std::unique_lock lock(mutex_);
    std::string found;
    changed_.wait_for(lock, kPatience, [&] {
      for (const auto& line : lines_) {
        if (std::ranges::all_of(words, [&](auto& word) { return line.contains(word); })) {
          found = line;
        }
      }
      return !found.empty();
    });
    return found;
  }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const auto level = spdlog::level::to_string_view(message.level);
    lines_.emplace_back(std::string(level.data(), level.size()) + " " +
                        std::string(message.payload.data(), message.payload.size()));
    changed_.notify_all();
  }

  void flush_() override {}

  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

/// An executor on a thread of its own.
class Loop {
 public:
  Loop() : thread_([this] { io_.run(); }) {}

  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  ~Loop() { end(); }

  Executor executor() { return io_.get_executor(); }

  void end() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  std::thread thread_;
};

struct WatchdogTest : testing::Test {
  void SetUp() override { spdlog::set_default_logger(std::make_shared<spdlog::logger>("", log)); }

  void TearDown() override { spdlog::set_default_logger(before); }

  std::shared_ptr<spdlog::logger> before = spdlog::default_logger();
  std::shared_ptr<Log> log = std::make_shared<Log>();
  WatchdogLimits limits{.silence = 300ms, .look_every = 20ms};
};

TEST_F(WatchdogTest, AStalledExecutorIsNamedWithItsStackAndItsReturnIsSaid) {
  Gate gate;
  const Pulse receiving;
  Loop loop;
  Watchdog watchdog(loop.executor(), receiving, limits);
  asio::post(loop.executor(), [&gate] { gate.stand_still_on_purpose(); });
  const auto stalled = log->wait({"executor has stood still", "stand_still_on_purpose"});
  EXPECT_THAT(stalled, AllOf(HasSubstr("error"), HasSubstr("watchdog_test.cpp:")));
  gate.open();
  EXPECT_THAT(log->wait({"executor goes on"}), HasSubstr("warning"));
  loop.end();
  EXPECT_TRUE(gate.passed());
}

/// A library whose receive() does not come back.
class SilentTdJson final : public telegram::TdJson {
 public:
  explicit SilentTdJson(Gate& gate) : gate_(gate) {}

  int create_client_id() override { return 1; }

  void send(int, const std::string&) override {}

  const char* receive(double) override {
    if (first_) {
      first_ = false;
      return nullptr;
    }
    gate_.stand_still_on_purpose();
    return nullptr;
  }

  std::string execute(const std::string&) override { return {}; }

 private:
  Gate& gate_;
  bool first_ = true;
};

TEST_F(WatchdogTest, ASilentLibraryIsNamedWithItsStackAndItsReturnIsSaid) {
  Gate gate;
  Loop loop;
  telegram::Hub hub(loop.executor(), std::make_unique<SilentTdJson>(gate));
  Watchdog watchdog(loop.executor(), hub.pulse(), limits);
  EXPECT_THAT(log->wait({"TDLib's receive thread has stood still"}),
              AllOf(HasSubstr("error"), HasSubstr("stand_still_on_purpose"),
                    HasSubstr("HubState::receive_one")));
  gate.open();
  EXPECT_THAT(log->wait({"TDLib's receive thread goes on"}), HasSubstr("warning"));
  loop.end();
}

TEST_F(WatchdogTest, EndsAtOnceHoweverRarelyItLooks) {
  const Pulse receiving;
  Loop loop;
  const auto begun = std::chrono::steady_clock::now();
  {
    Watchdog watchdog(loop.executor(), receiving, {.silence = 10h, .look_every = 1h});
    loop.end();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begun, kPatience);
}

TEST_F(WatchdogTest, MayEndBeforeTheExecutorHasRun) {
  asio::io_context io;
  const Pulse receiving;
  {
    Watchdog watchdog(io.get_executor(), receiving, limits);
  }
  io.run();  // nothing is left that would keep it, or that touches what is gone
}

/// Where systemd would listen, in the environment that it would give.
class Systemd {
 public:
  explicit Systemd(const std::string& within_us) : socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    if (socket_ < 0) throw std::runtime_error("socket failed");
    const std::string path = folder_ / "notify";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as bind() wants it
    const auto* plain = reinterpret_cast<const sockaddr*>(&address);
    if (::bind(socket_, plain, sizeof(address)) != 0) throw std::runtime_error("bind failed");
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    ::setenv("WATCHDOG_USEC", within_us.c_str(), 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  }

  Systemd(const Systemd&) = delete;
  Systemd& operator=(const Systemd&) = delete;

  ~Systemd() {
    for (const auto* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
    ::close(socket_);
  }

  std::string hear() const {
    pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(Millis{kPatience}.count())) != 1) return {};
    std::array<char, 100> text{};
    const auto size = ::recv(socket_, text.data(), text.size(), 0);
    return {text.data(), static_cast<std::size_t>(std::max<::ssize_t>(size, 0))};
  }

 private:
  test::TempDir folder_;
  int socket_;
};

TEST_F(WatchdogTest, SystemdIsToldThatThePanelLives) {
  const Systemd systemd("60000");
  telegram::test::FakeTdJson td;
  Loop loop;
  telegram::Hub hub(loop.executor(), std::make_unique<telegram::test::SharedTdJson>(td));
  Watchdog watchdog(loop.executor(), hub.pulse(), watchdog_limits());
  EXPECT_EQ(systemd.hear(), "WATCHDOG=1");
  EXPECT_EQ(systemd.hear(), "WATCHDOG=1");
  loop.end();
}

TEST_F(WatchdogTest, LimitsFollowSystemd) {
  EXPECT_EQ(watchdog_limits().tell_every, std::nullopt);
  {
    const Systemd systemd("30000000");
    EXPECT_EQ(watchdog_limits().tell_every, 10s);
    EXPECT_EQ(watchdog_limits().look_every, 1s);
  }
  const Systemd systemd("600000");
  EXPECT_EQ(watchdog_limits().tell_every, 200ms);
  EXPECT_EQ(watchdog_limits().look_every, 200ms);
}

}  // namespace
}  // namespace tgpanel::app
