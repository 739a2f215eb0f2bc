#pragma once
// A monitor on a real database in a folder of its own, beside fake accounts and a fake channel.

#include "fakes.hpp"
#include "monitor/monitor.hpp"
#include "storage/database.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace tgpanel::monitor::fakes {

class MonitorTest : public testing::Test {
 protected:
  static constexpr ChatId kGroup = -1'001'000'000'001;
  static constexpr ChatId kOther = -1'001'000'000'002;
  static constexpr ChatId kAlerts = -1'001'999'999'999;
  static constexpr ChatId kBasic = -4'711;

  MonitorTest() {
    std::string name = (std::filesystem::temp_directory_path() / "tgpanel-monitor-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = name;
    limits.send = {.interval = Millis{0},
                   .per_window = 1'000,
                   .window = Millis{1},
                   .first_retry = Millis{1},
                   .longest_retry = Millis{5},
                   .settle = Millis{1}};
    limits.tick = Millis{5};
    limits.save_marks = Millis{1};
    limits.sweep_period = Millis{3'600'000};
  }

  MonitorTest(const MonitorTest&) = delete;
  MonitorTest& operator=(const MonitorTest&) = delete;

  ~MonitorTest() override {
    if (monitor) stop();
    database.reset();
    std::filesystem::remove_all(folder);
  }

  void start(bool forwarding = true, bool private_chats = false) {
    auto opened = storage::Database::open(folder / "panel.db", io.get_executor());
    if (!opened) throw std::runtime_error(opened.error().message);
    database = std::move(*opened);
    monitor = std::make_unique<Monitor>(io.get_executor(), *database, clock, accounts, limits);
    monitor->set_alert_channel(forwarding ? kAlerts : 0);
    monitor->set_sink(&channel);
    monitor->set_private_chats(private_chats);
    const auto started = await(io, monitor->start());
    if (!started) throw std::runtime_error(started.error().message);
  }

  void start_with_private_chats() { start(true, true); }

  void stop(Millis bound = Millis{2'000}) {
    await(io, monitor->stop(bound));
    monitor.reset();
    database.reset();
  }

  void restart() {
    stop();
    start();
  }

  Keyword add(const std::string& text) {
    auto added = await(io, monitor->add_keyword(text));
    if (!added) throw std::runtime_error(added.error().message);
    return *added;
  }

  void push(AccountId account, const Text& text) { monitor->feed(account, new_message(text)); }

  /// Everything that was found is stored, sent and recorded.
  void settle() {
    ASSERT_TRUE(run_until(io,
                          [&] {
                            const auto stats = monitor->stats();
                            return stats.alerts_stored + duplicates >= stats.matches &&
                                   stats.alerts_waiting == 0;
                          }))
        << "stored " << monitor->stats().alerts_stored << " of " << monitor->stats().matches;
  }

  asio::io_context io{1};
  SystemClock clock;
  std::filesystem::path folder;
  Limits limits;
  Accounts accounts;
  Channel channel;
  std::uint64_t duplicates = 0;  // matches that are expected to be known already
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<Monitor> monitor;
};

}  // namespace tgpanel::monitor::fakes
