#include "bot/action_words.hpp"

#include "bot/rich_text.hpp"

#include <fmt/format.h>

namespace tgpanel::bot {
namespace {

constexpr std::int32_t kTargetUnits = 64;

struct What {
  std::string operator()(const jobs::ReactionSpec& spec) const {
    return fmt::format("{} {}", text(Text::reaction), spec.emoji);
  }

  std::string operator()(const jobs::VoteSpec& spec) const { return line(Text::vote, spec.words); }

  std::string operator()(const jobs::JoinSpec& spec) const { return line(Text::join, spec.chat); }

  std::string operator()(const jobs::LeaveSpec& spec) const { return line(Text::leave, spec.chat); }

  std::string operator()(const jobs::BlockSpec& spec) const { return line(Text::block, spec.user); }

  std::string operator()(const jobs::UnblockSpec& spec) const {
    return line(Text::unblock, spec.user);
  }

  std::string operator()(const jobs::MessageSpec& spec) const {
    return line(Text::message, spec.to);
  }

  std::string operator()(const jobs::CommentSpec& spec) const {
    return line(Text::comment, spec.text);
  }

 private:
  static std::string line(Text label, std::string_view about) {
    return fmt::format("{} · {}", text(label), shorten(about, kTargetUnits));
  }
};

}  // namespace

Text label_of(jobs::ActionKind kind) {
  switch (kind) {
    case jobs::ActionKind::reaction:
      return Text::reaction;
    case jobs::ActionKind::vote:
      return Text::vote;
    case jobs::ActionKind::join:
      return Text::join;
    case jobs::ActionKind::leave:
      return Text::leave;
    case jobs::ActionKind::block:
      return Text::block;
    case jobs::ActionKind::unblock:
      return Text::unblock;
    case jobs::ActionKind::message:
      return Text::message;
    case jobs::ActionKind::comment:
      return Text::comment;
  }
  return Text::reaction;
}

std::string describe(const jobs::ActionSpec& spec) {
  return std::visit(What{}, spec);
}

std::string target_line(const jobs::ActionSpec& spec) {
  constexpr std::int32_t kLineUnits = 200;
  const auto& target = jobs::target_of(spec);
  return describe(spec).ends_with(target) ? std::string() : shorten(target, kLineUnits);
}

}  // namespace tgpanel::bot
