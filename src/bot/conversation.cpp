#include "bot/conversation.hpp"

#include "words/menus.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <atomic>

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
  return {button(say(language(), words::back), kBack),
          button(say(language(), words::cancel), kCancel)};
}

void Conversation::add_problem(Screen& screen, const Sentence& problem) const {
  if (!problem.empty()) screen.text.add("⚠ ").add(say(language(), problem)).add("\n\n");
}

Row Conversation::cancel_only() const {
  return {button(say(language(), words::cancel), kCancel)};
}

}  // namespace tgpanel::bot
