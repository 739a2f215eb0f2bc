#pragma once
// What an admin is told about rules that were to be added.

#include "base/language.hpp"
#include "monitor/rule.hpp"

#include <span>
#include <string>

namespace tgpanel::bot {

/// Which were refused and why, which were added, which were there; the refused first, long lists
/// cut with their number. Of one rule: one sentence. Fits into a message beside a menu.
[[nodiscard]] std::string rule_answer(Language language,
                                      std::span<const monitor::RuleOutcome> outcomes);

}  // namespace tgpanel::bot
