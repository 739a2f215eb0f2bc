#include "bot/conversation.hpp"

#include "bot/catalogue.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <utility>

namespace tgpanel::bot {

namespace {

std::atomic<int> count{0};

}  // namespace

Conversation::Conversation(Stage& stage)
    : stage_(&stage), name_(fmt::format("{:08x}", stage.random())) {
  ++count;
}

Conversation::~Conversation() {
  spdlog::debug("bot: a conversation is released; {} left", --count);
}

int Conversation::alive() {
  return count;
}

void Conversation::end() {
  if (stage_ == nullptr) return;
  release();
  stage_ = nullptr;
}

Button Conversation::button(std::string_view label, std::string_view action) const {
  return {shorten(label, kMaxButtonText),
          encode(ConversationPress{name_, step_, std::string(action)})};
}

Row Conversation::back_and_cancel() const {
  return {button(text(Text::back), kBack), button(text(Text::cancel), kCancel)};
}

Row Conversation::cancel_only() const {
  return {button(text(Text::cancel), kCancel)};
}

}  // namespace tgpanel::bot
