#pragma once
// A bot that serves a fake panel over a fake Telegram.

#include "bot/bot.hpp"
#include "fake_panel.hpp"
#include "fake_telegram.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::bot {

inline constexpr UserId kAdmin = 500;
inline constexpr UserId kOther = 501;  // an admin too
inline constexpr UserId kStranger = 666;
inline constexpr ChatId kChannel = -1001;

class BotTest : public testing::Test {
 protected:
  BotTest();
  BotTest(const BotTest&) = delete;
  BotTest& operator=(const BotTest&) = delete;
  ~BotTest() override;

  /// Runs everything that can run now.
  void settle();
  Result<void> start();

  void serve() {
    bot->serve(panel);
    settle();
  }

  void start_and_serve() {
    ASSERT_TRUE(start());
    serve();
  }

  void stop();

  void say(const std::string& text, UserId from = kAdmin) {
    telegram.say(from, text);
    settle();
  }

  void sticker() {
    telegram.say(kAdmin, std::nullopt);
    settle();
  }

  /// The admin sends a text file; Telegram says that it has `size` bytes (0: as many as it has).
  void send_file(std::string_view content, std::int64_t size = 0);

  /// Presses a button of the newest message that has it; fails the test when there is none.
  void press(const std::string& label, UserId who = kAdmin);

  /// The newest message of the bot, drawn.
  [[nodiscard]] std::string shown(ChatId chat = kAdmin) const {
    return FakeTelegram::draw(telegram.last(chat));
  }

  [[nodiscard]] MessageId shown_id(ChatId chat = kAdmin) const { return telegram.last(chat).id; }

  [[nodiscard]] std::string toast() const {
    return telegram.toasts.empty() ? "none" : telegram.toasts.back();
  }

  template <class T>
  T run(Awaitable<T> work) {
    std::optional<T> value;
    asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& error, T result) {
      if (error) std::rethrow_exception(error);
      value.emplace(std::move(result));
    });
    settle();
    if (!value) throw std::runtime_error("it did not end");
    return std::move(*value);
  }

  asio::io_context io;
  ManualClock clock{from_unix_ms(1'500'000)};
  FakeTelegram telegram{io.get_executor()};
  FakePanel panel;
  std::filesystem::path folder;
  BotOptions options;
  std::unique_ptr<Bot> bot;
};

}  // namespace tgpanel::bot
