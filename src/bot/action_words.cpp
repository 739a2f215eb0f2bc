#include "bot/action_words.hpp"

#include "base/direction.hpp"
#include "bot/rich_text.hpp"
#include "words/actions.hpp"

#include <fmt/format.h>

namespace tgpanel::bot {
namespace {

constexpr std::int32_t kTargetUnits = 64;

struct What {
  Language language;

  std::string operator()(const jobs::ReactionSpec& spec) const {
    return fmt::format("{} {}", say(language, words::reaction), spec.emoji);
  }

  std::string operator()(const jobs::VoteSpec& spec) const { return line(words::vote, spec.words); }

  std::string operator()(const jobs::JoinSpec& spec) const { return line(words::join, spec.chat); }

  std::string operator()(const jobs::LeaveSpec& spec) const {
    return line(words::leave, spec.chat);
  }

  std::string operator()(const jobs::BlockSpec& spec) const {
    return line(words::block, spec.user);
  }

  std::string operator()(const jobs::UnblockSpec& spec) const {
    return line(words::unblock, spec.user);
  }

  std::string operator()(const jobs::MessageSpec& spec) const {
    return line(words::message, spec.to);
  }

  std::string operator()(const jobs::CommentSpec& spec) const {
    return line(words::comment, spec.text);
  }

 private:
  [[nodiscard]] std::string line(const Phrase& label, std::string_view about) const {
    return fmt::format("{} · {}", say(language, label),
                       apart(language, shorten(about, kTargetUnits)));
  }
};

}  // namespace

const Phrase& label_of(jobs::ActionKind kind) {
  switch (kind) {
    case jobs::ActionKind::reaction:
      return words::reaction;
    case jobs::ActionKind::vote:
      return words::vote;
    case jobs::ActionKind::join:
      return words::join;
    case jobs::ActionKind::leave:
      return words::leave;
    case jobs::ActionKind::block:
      return words::block;
    case jobs::ActionKind::unblock:
      return words::unblock;
    case jobs::ActionKind::message:
      return words::message;
    case jobs::ActionKind::comment:
      return words::comment;
  }
  return words::reaction;
}

std::string describe(Language language, const jobs::ActionSpec& spec) {
  return std::visit(What{language}, spec);
}

std::string target_line(Language language, const jobs::ActionSpec& spec) {
  constexpr std::int32_t kLineUnits = 200;
  const auto& target = jobs::target_of(spec);
  return describe(Language::en, spec).ends_with(target)
             ? std::string()
             : apart(language, shorten(target, kLineUnits));
}

}  // namespace tgpanel::bot
