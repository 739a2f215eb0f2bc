#pragma once
// Actions in words for people: titles of menus, cards and previews.

#include "bot/catalogue.hpp"
#include "jobs/action_spec.hpp"

#include <string>

namespace tgpanel::bot {

/// The button and title of an action: "Reaction", "Join".
[[nodiscard]] Text label_of(jobs::ActionKind kind);

/// What is done, on one short line: "Reaction 🔥", "Join · @name".
[[nodiscard]] std::string describe(const jobs::ActionSpec& spec);

/// What it is about, where describe() does not say so in full: a message's link.
[[nodiscard]] std::string target_line(const jobs::ActionSpec& spec);

}  // namespace tgpanel::bot
