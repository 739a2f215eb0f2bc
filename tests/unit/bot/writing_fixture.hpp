#pragma once
// The way from a screen to Telegram, with a manual clock: one message a second in each chat.

#include "bot/gate.hpp"
#include "bot/sender.hpp"
#include "bot/works.hpp"
#include "fake_telegram.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <memory>

namespace tgpanel::bot {

class WritingFixture : public testing::Test {
 protected:
  WritingFixture() {
    client = telegram.create([this](const Json& update) { tracker->observe(update); });
    tracker = std::make_shared<telegram::SendTracker>(client);
    sender = std::make_shared<Sender>(client, tracker, gate, clock);
  }

  void settle() {
    gate->poke();
    io.restart();
    while (io.poll() > 0) {
    }
  }

  asio::io_context io;
  ManualClock clock{from_unix_ms(1'000'000)};
  FakeTelegram telegram{io.get_executor()};
  Works works{io.get_executor()};
  std::shared_ptr<Gate> gate = std::make_shared<Gate>(
      io.get_executor(), clock,
      Rates{.private_chat = {{.count = 1, .period = Millis{1'000}}}, .channel = {}, .total = {}});
  std::shared_ptr<telegram::Client> client;
  std::shared_ptr<telegram::SendTracker> tracker;
  std::shared_ptr<Sender> sender;
};

}  // namespace tgpanel::bot
