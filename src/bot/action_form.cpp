#include "bot/action_form.hpp"

#include "words/actions.hpp"
#include "words/people.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tgpanel::bot {
namespace {

/// For the actions whose target is all.
template <class Spec>
jobs::ActionSpec make_spec(std::string target) {
  return Spec{std::move(target)};
}

constexpr std::array kForms{
    ActionForm{.kind = jobs::ActionKind::reaction,
               .ask_target = &words::ask_message_link,
               .expected_target = &words::expected_link,
               .details = reaction_details},
    ActionForm{.kind = jobs::ActionKind::vote,
               .ask_target = &words::ask_poll_link,
               .expected_target = &words::expected_link,
               .details = vote_details},
    ActionForm{.kind = jobs::ActionKind::join,
               .ask_target = &words::ask_chat_to_join,
               .expected_target = &words::expected_chat,
               .spec = make_spec<jobs::JoinSpec>},
    ActionForm{.kind = jobs::ActionKind::leave,
               .ask_target = &words::ask_chat_to_leave,
               .expected_target = &words::expected_chat,
               .spec = make_spec<jobs::LeaveSpec>},
    ActionForm{.kind = jobs::ActionKind::block,
               .ask_target = &words::ask_user_to_block,
               .expected_target = &words::expected_user,
               .spec = make_spec<jobs::BlockSpec>},
    ActionForm{.kind = jobs::ActionKind::unblock,
               .ask_target = &words::ask_user_to_unblock,
               .expected_target = &words::expected_user,
               .spec = make_spec<jobs::UnblockSpec>},
    ActionForm{.kind = jobs::ActionKind::message,
               .ask_target = &words::ask_recipient,
               .expected_target = &words::expected_recipient,
               .details = message_details},
    ActionForm{.kind = jobs::ActionKind::comment,
               .ask_target = &words::ask_comment_link,
               .expected_target = &words::expected_link,
               .details = comment_details},
};

}  // namespace

Awaitable<Result<void>> Details::load(panel::Panel*, std::string, panel::Choice) {
  co_return Result<void>{};
}

std::span<const ActionForm> action_forms() {
  return kForms;
}

const ActionForm* action_form(std::string_view word) {
  const auto* found = std::ranges::find_if(
      kForms, [&](const ActionForm& form) { return word == jobs::to_string(form.kind); });
  return found == kForms.end() ? nullptr : found;
}

}  // namespace tgpanel::bot
