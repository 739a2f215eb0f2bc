#include "support/menu_walk.hpp"

#include "support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <utility>

namespace support {

namespace {

const std::string kChat(words::kBotName);

// Of "m:<menu>:<fingerprint>:g.<target>".
std::optional<std::string> target_of(std::string_view data) {
  const auto action = data.rfind(":g.");
  if (!data.starts_with("m:") || action == std::string_view::npos) return std::nullopt;
  return std::string(data.substr(action + 3));
}

bool shows(const testdc::SeenMessage& message, std::string_view prefix) {
  return std::ranges::any_of(message.keyboard, [&](const auto& row) {
    return std::ranges::any_of(row, [&](const auto& one) { return one.data.starts_with(prefix); });
  });
}

}  // namespace

testdc::SeenMessage MenuWalk::shown(std::string_view menu) {
  const auto prefix = fmt::format("m:{}:", menu);
  return world_.wait_message(
      kChat, admin_,
      [&](const testdc::SeenMessage& message) {
        return message.id > start_ && message.sender_id == bot_ && !message.deleted &&
               shows(message, prefix);
      },
      fmt::format("the menu {}", menu));
}

std::map<std::string, testdc::SeenMessage> MenuWalk::walk(const Accept& accept) {
  std::map<std::string, testdc::SeenMessage> menus;
  std::deque<std::pair<std::string, std::string>> ahead;  // a menu, and the button that leads to it
  std::set<std::string> known{"m0"};
  const auto look = [&](const std::string& menu) {
    const auto message = shown(menu);
    for (const auto& row : message.keyboard) {
      for (const auto& one : row) {
        const auto target = target_of(one.data);
        if (!target || !accept(*target) || !known.insert(*target).second) continue;
        ahead.emplace_back(*target, one.data);
      }
    }
    menus.emplace(menu, message);
    return message.id;
  };
  start_ = world_.write(admin_, kChat, "/start");
  auto message = look("m0");
  while (!ahead.empty()) {
    const auto [menu, data] = ahead.front();
    ahead.pop_front();
    world_.press_data(admin_, kChat, message, data);
    message = look(menu);
  }
  return menus;
}

}  // namespace support
