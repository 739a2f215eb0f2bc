#pragma once
// What the tests of the monitor share: keywords, messages, alerts.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace e2e {

namespace words = support::words;

class MonitorTest : public Test {
 protected:
  void monitor_mode() {
    stage.say("/start");
    stage.wait_bot(words::kMainMenu);
    stage.press(words::kMonitorMode);
  }

  void add_keyword(std::string_view keyword) {
    monitor_mode();
    stage.press(words::kAddKeyword);
    stage.say(keyword);
    stage.wait_bot("Added the keyword");
  }

  void ignore(std::string_view who, std::string_view expected) {
    monitor_mode();
    stage.press(words::kIgnoredUsers);
    stage.press("Ignore somebody");
    stage.say(who);
    stage.wait_bot(expected);
  }

  std::int64_t write(std::string_view text, const testdc::ChatRef& chat = "Market") {
    return stage.world().write(stage.town().writer, chat, text);
  }

  /// Waits for the alert whose text has `text`.
  testdc::SeenMessage wait_alert(std::string_view text) {
    const auto fits = [&](const testdc::SeenMessage& post) {
      return !post.keyboard.empty() && post.text.find(text) != std::string::npos;
    };
    return stage.world().wait_message("Alerts", 0, fits, fmt::format("an alert with \"{}\"", text));
  }

  std::size_t alerts_with(std::string_view text) {
    const auto found = stage.alerts();
    return static_cast<std::size_t>(std::ranges::count_if(
        found, [&](const auto& post) { return post.text.find(text) != std::string::npos; }));
  }

  /// The numbers behind "match no. " in the channel, in the order in which they are read.
  std::vector<int> numbers_in_channel() {
    constexpr std::string_view kWord = "match no. ";
    std::vector<int> numbers;
    for (const auto& post : stage.alerts()) {
      auto at = post.text.find(kWord);
      for (; at != std::string::npos; at = post.text.find(kWord, at + 1)) {
        numbers.push_back(std::stoi(post.text.substr(at + kWord.size())));
      }
    }
    return numbers;
  }

  void write_numbers(int first, int last) {
    for (int i = first; i <= last; ++i) write(fmt::format("bicycle, match no. {} of many", i));
  }

  void wait_for_number(int number, std::chrono::milliseconds deadline) {
    const auto there = [&] {
      const auto numbers = numbers_in_channel();
      return std::ranges::find(numbers, number) != numbers.end();
    };
    stage.world().wait_until(fmt::format("the alert about match {}", number), there, deadline);
  }

  /// Posts that hold several alerts.
  std::vector<testdc::SeenMessage> digests() {
    auto posts = stage.alerts();
    std::erase_if(posts, [](const auto& post) { return post.text.find(" matches") > 10; });
    return posts;
  }
};

}  // namespace e2e
