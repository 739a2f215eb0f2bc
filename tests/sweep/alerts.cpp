// Keywords are added, and twenty messages meet them.

#include "support/words.hpp"
#include "sweep/part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace sweep {

namespace {

namespace words = support::words;

constexpr std::string_view kKeywords[] = {"bicycle", "lamp", "teapot"};
constexpr int kMessages = 20;
constexpr int kLast = kMessages + 1;  // alerts go out in order: its alert says that no other waits
constexpr std::string_view kNumber = "match no. ";

class Alerts final : public Part {
 public:
  void prepare(World& world) override { seed_members(world, 2); }

  void play(World& world, Findings& findings) override {
    add_keywords(world, findings);
    while (written_ < kMessages) write(world);
    wait_for_all(world);
    if (written_ < kLast) write(world);
    wait_for_all(world);
  }

  void check(World& world, Findings& findings) override {
    const auto times = alerted(world);
    for (int number = 1; number <= written_; ++number) {
      const auto found = times.find(number);
      const int count = found == times.end() ? 0 : found->second;
      if (count == 0) findings.lost.push_back(fmt::format("the alert about message {}", number));
      if (count > 1) {
        findings.twice.push_back(fmt::format("{} alerts about message {}", count, number));
      }
    }
    const auto list = keyword_list(world);
    for (const auto keyword : kKeywords) {
      if (!has_button(list, keyword)) {
        findings.lost.push_back(fmt::format("the keyword {}", keyword));
      }
    }
  }

 private:
  static testdc::SeenMessage keyword_list(World& world) {
    world.menu();
    world.press(words::kMonitorMode);
    world.wait(words::kMonitorMode);
    world.press(words::kListKeywords);
    return world.wait(words::kListKeywords);
  }

  void add_keywords(World& world, Findings& findings) {
    const auto list = keyword_list(world);
    for (const auto keyword : kKeywords) {
      if (has_button(list, keyword)) continue;
      const auto added = fmt::format("Added the keyword: \u2068{}\u2069", keyword);
      if (world.times_told(added) > 0) {
        findings.lost.push_back(fmt::format("the keyword {}, which was acknowledged", keyword));
      }
      world.menu();
      world.press(words::kMonitorMode);
      world.press(words::kAddKeyword);
      world.wait("Send the keyword");
      world.say(keyword);
      world.wait(added);
    }
  }

  void write(World& world) {
    const int number = written_ + 1;
    const auto keyword = kKeywords[static_cast<std::size_t>(number) % std::size(kKeywords)];
    world.watched().write(world.town().writer, "Market",
                          fmt::format("a {}, {}{} of many", keyword, kNumber, number));
    written_ = number;
  }

  void wait_for_all(World& world) const {
    world.wait_until("all alerts",
                     [&] { return alerted(world).size() >= static_cast<std::size_t>(written_); });
  }

  /// How often each message is in the channel; several of them may be in one post.
  static std::map<int, int> alerted(World& world) {
    std::map<int, int> times;
    for (const auto& post : world.stage().alerts()) {
      auto at = post.text.find(kNumber);
      for (; at != std::string::npos; at = post.text.find(kNumber, at + 1)) {
        ++times[std::stoi(post.text.substr(at + kNumber.size()))];
      }
    }
    return times;
  }

  int written_ = 0;
};

}  // namespace

std::unique_ptr<Part> make_alerts() {
  return std::make_unique<Alerts>();
}

}  // namespace sweep
