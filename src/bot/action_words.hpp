#pragma once
// Actions in words for people: titles of menus, cards and previews.

#include "base/sentence.hpp"
#include "jobs/action_spec.hpp"

#include <string>

namespace tgpanel::bot {

/// The button and title of an action: "Reaction", "Join".
[[nodiscard]] const Phrase& label_of(jobs::ActionKind kind);

/// What is done, on one short line: "Reaction 🔥", "Join · @name".
[[nodiscard]] std::string describe(Language language, const jobs::ActionSpec& spec);

/// What it is about, where describe() does not say so in full: a message's link.
[[nodiscard]] std::string target_line(Language language, const jobs::ActionSpec& spec);

}  // namespace tgpanel::bot
