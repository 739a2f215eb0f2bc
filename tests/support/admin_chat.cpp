#include "support/admin_chat.hpp"

#include "support/qr_reader.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace support {

namespace {
constexpr std::string_view kChat = words::kBotName;
}

AdminChat::AdminChat(testdc::Driver world, std::int64_t admin, std::int64_t bot)
    : world_(std::move(world)), admin_(admin), bot_(bot) {}

void AdminChat::remember() {
  edits_before_.clear();
  for (const auto& message : world_.messages(std::string(kChat), admin_)) {
    edits_before_[message.id] = message.edit_count;
  }
}

void AdminChat::say(std::string_view text) {
  remember();
  world_.write(admin_, std::string(kChat), text);
}

void AdminChat::send(testdc::Json what) {
  remember();
  what["user"] = admin_;
  what["chat"] = kChat;
  world_.call("write", what);
}

testdc::PressAnswer AdminChat::press(std::string_view button, std::chrono::milliseconds deadline) {
  const auto has_button = [&](const testdc::SeenMessage& message) {
    return !message.deleted && std::ranges::any_of(message.keyboard, [&](const auto& row) {
      return std::ranges::any_of(row, [&](const auto& one) { return one.text == button; });
    });
  };
  const auto message = world_.wait_message(std::string(kChat), admin_, has_button,
                                           fmt::format("a button \"{}\"", button));
  remember();
  return world_.press(admin_, std::string(kChat), button, message.id, deadline);
}

testdc::SeenMessage AdminChat::wait(std::string_view text, std::chrono::milliseconds deadline) {
  const auto fits = [&](const testdc::SeenMessage& message) {
    const auto before = edits_before_.find(message.id);
    const bool changed = before == edits_before_.end() || before->second != message.edit_count;
    return changed && message.sender_id == bot_ && !message.deleted &&
           message.text.find(text) != std::string::npos;
  };
  return world_.wait_message(std::string(kChat), admin_, fits,
                             fmt::format("a message of the bot with \"{}\"", text), deadline);
}

void AdminChat::scan_qr(std::int64_t user) {
  const auto picture = world_.wait_message(
      std::string(kChat), admin_,
      [this](const testdc::SeenMessage& message) {
        return message.media == "photo" && message.sender_id == bot_ && !message.deleted;
      },
      "a picture");
  world_.scan_qr(user, read_qr(world_.photo(std::string(kChat), picture.id, admin_)));
}

}  // namespace support
