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
    Seen seen{it->at("id"), it->at("text"), it->at("media"), it->at("edit_count"), {}};
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

void Hand::remember() {
  edits_before_.clear();
  for (const auto& message : newest()) edits_before_[message.id] = message.edits;
  toast_.clear();
}

bool Hand::answers(const Seen& message) const {
  const auto before = edits_before_.find(message.id);
  if (before != edits_before_.end()) return before->second != message.edits;
  return edits_before_.empty() || message.id > edits_before_.rbegin()->first;
}

bool Hand::wait(std::string_view what, const std::function<bool()>& done) {
  try {
    world_.wait_until(what, done, kDeadline);
  } catch (const std::runtime_error&) {
    return false;
  }
  return true;
}

void Hand::press(const Place& place) {
  ++acts_;
  remember();
  try {
    toast_ =
        world_.press_data(admin_, kChat, place.message, place.button.data, std::chrono::seconds(30))
            .text;
  } catch (const std::runtime_error& error) {
    // A message that the bot has deleted meanwhile takes no presses.
    if (std::string_view(error.what()).find("no message") == std::string_view::npos) {
      unanswered_.push_back(place.button.text + ": " + error.what());
    }
  }
}

bool Hand::press(const Wanted& wanted) {
  std::optional<Place> place;
  const auto comes = [&] {
    place = find(wanted);
    return place.has_value();
  };
  if (!wait("a button", comes)) return false;
  press(*place);
  return true;
}

bool Hand::press(std::string_view text) {
  return press([text](const Button& button) { return button.text == text; });
}

void Hand::say(std::string_view text) {
  ++acts_;
  remember();
  world_.write(admin_, kChat, text);
}

bool Hand::sees(std::initializer_list<std::string_view> texts) {
  const auto has_one = [&](const std::string& said) {
    return std::ranges::any_of(
        texts, [&](std::string_view text) { return said.find(text) != std::string::npos; });
  };
  if (!toast_.empty() && has_one(toast_)) {
    seen_ = toast_;
    return true;
  }
  return wait("a text", [&] {
    const auto messages = newest();
    const auto found = std::ranges::find_if(
        messages, [&](const Seen& message) { return answers(message) && has_one(message.text); });
    if (found == messages.end()) return false;
    seen_ = found->text;
    return true;
  });
}

bool Hand::sees_picture() {
  return wait("a picture", [&] {
    return std::ranges::any_of(newest(), [&](const Seen& message) {
      return message.media == "photo" && answers(message);
    });
  });
}

bool Hand::open(std::initializer_list<std::string_view> buttons) {
  say("/start");
  return std::ranges::all_of(buttons, [this](std::string_view text) { return press(text); });
}

bool Hand::press_stale(const Wanted& fits) {
  std::vector<Place> fitting;
  std::ranges::copy_if(known_, std::back_inserter(fitting),
                       [&](const Place& place) { return fits(place.button); });
  if (fitting.empty()) return false;
  press(fitting[below(fitting.size())]);
  return true;
}

}  // namespace support
