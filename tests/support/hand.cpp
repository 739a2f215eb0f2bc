#include "support/hand.hpp"

#include "support/words.hpp"
#include "testdc/control/hex.hpp"

#include <algorithm>
#include <stdexcept>

namespace support {

namespace {

const std::string kChat(words::kBotName);
constexpr std::size_t kLooked = 6;  // newest messages
constexpr std::size_t kRemembered = 500;
constexpr std::chrono::seconds kDeadline{10};

}  // namespace

std::vector<Hand::Seen> Hand::newest() {
  const auto messages =
      world_.call("messages", {{"chat", kChat}, {"viewer", admin_}, {"newest", kLooked}});
  std::vector<Seen> out;
  for (auto it = messages.rbegin(); it != messages.rend(); ++it) {
    if (it->at("deleted").get<bool>() || it->at("sender_id") != bot_) continue;
    Seen seen{it->at("id"), it->at("text"), {}};
    for (const auto& row : it->at("keyboard")) {
      for (const auto& button : row) {
        const auto data = testdc::from_hex(button.at("data").get_ref<const std::string&>());
        if (!data.empty()) seen.buttons.push_back({button.at("text"), {data.begin(), data.end()}});
      }
    }
    out.push_back(std::move(seen));
  }
  return out;
}

std::optional<Hand::Place> Hand::find(const Wanted& wanted) {
  for (const auto& message : newest()) {
    std::vector<Place> fitting;
    for (const auto& button : message.buttons) {
      if (known_.size() < kRemembered) known_.push_back({message.id, button});
      if (wanted(button)) fitting.push_back({message.id, button});
    }
    if (!fitting.empty()) return fitting[below(fitting.size())];
  }
  return std::nullopt;
}

void Hand::press(const Place& place) {
  ++acts_;
  try {
    world_.press_data(admin_, kChat, place.message, place.button.data, std::chrono::seconds(30));
  } catch (const std::runtime_error& error) {
    // A message that the bot has deleted meanwhile takes no presses.
    if (std::string_view(error.what()).find("no message") == std::string_view::npos) {
      unanswered_.push_back(place.button.text + ": " + error.what());
    }
  }
}

bool Hand::press(const Wanted& wanted) {
  std::optional<Place> place;
  try {
    world_.wait_until(
        "a button",
        [&] {
          place = find(wanted);
          return place.has_value();
        },
        kDeadline);
  } catch (const std::runtime_error&) {
    return false;
  }
  press(*place);
  return true;
}

bool Hand::press(std::string_view text) {
  return press([text](const Button& button) { return button.text == text; });
}

void Hand::say(std::string_view text) {
  ++acts_;
  world_.write(admin_, kChat, text);
}

bool Hand::sees(std::string_view text) {
  try {
    world_.wait_until(
        "a text",
        [&] {
          return std::ranges::any_of(newest(), [text](const auto& message) {
            return message.text.find(text) != std::string::npos;
          });
        },
        kDeadline);
  } catch (const std::runtime_error&) {
    return false;
  }
  return true;
}

bool Hand::open(std::initializer_list<std::string_view> buttons) {
  say("/start");
  return std::ranges::all_of(buttons, [this](std::string_view text) { return press(text); });
}

void Hand::press_stale(const Wanted& fits) {
  std::vector<Place> fitting;
  std::ranges::copy_if(known_, std::back_inserter(fitting),
                       [&](const Place& place) { return fits(place.button); });
  if (!fitting.empty()) press(fitting[below(fitting.size())]);
}

}  // namespace support
