#include "bot/action_form.hpp"

#include <algorithm>
#include <array>

namespace tgpanel::bot {
namespace {

constexpr std::array kForms{
    ActionForm{.kind = jobs::ActionKind::reaction,
               .ask_target = Text::ask_message_link,
               .expected_target = Text::expected_link,
               .details = reaction_details},
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
