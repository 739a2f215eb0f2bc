#include "bot/rule_answer.hpp"

#include "base/text.hpp"
#include "bot/catalogue.hpp"

#include <cstddef>

namespace tgpanel::bot {
namespace {

using Fate = monitor::RuleOutcome::Fate;

constexpr std::size_t kShown = 8;            // of one kind
constexpr std::size_t kTextUnits = 80;       // of a rule in a list
constexpr std::size_t kLoneTextUnits = 200;  // of a rule by itself

std::string rule_text(const monitor::RuleOutcome& outcome, std::size_t units) {
  auto shown = isolate(cut_utf16(outcome.keyword.text, units, true));
  if (outcome.fate == Fate::refused) return shown;
  switch (outcome.kind) {
    case monitor::RuleKind::words:
      return shown;
    case monitor::RuleKind::whole_words:
      return text(Text::rule_whole_words, shown);
    case monitor::RuleKind::regex:
      return text(Text::rule_regex, shown);
    case monitor::RuleKind::exclusion:
      return text(Text::rule_exclusion, shown);
  }
  return shown;
}

void add_list(std::string& answer, Text title, Fate fate,
              std::span<const monitor::RuleOutcome> outcomes) {
  std::size_t count = 0;
  std::string lines;
  for (const auto& outcome : outcomes) {
    if (outcome.fate != fate || ++count > kShown) continue;
    lines += "\n• " + rule_text(outcome, kTextUnits);
    if (!outcome.reason.empty()) lines += "\n    " + outcome.reason.english();
  }
  if (count == 0) return;
  if (!answer.empty()) answer += "\n\n";
  answer += text(title, count) + lines;
  if (count > kShown) answer += "\n" + text(Text::rules_and_more, count - kShown);
}

}  // namespace

std::string rule_answer(std::span<const monitor::RuleOutcome> outcomes) {
  if (outcomes.size() == 1) {
    const auto& only = outcomes.front();
    if (only.fate == Fate::refused) return only.reason.english();
    return text(only.fate == Fate::added ? Text::keyword_added : Text::keyword_existed,
                rule_text(only, kLoneTextUnits));
  }
  std::string answer;
  add_list(answer, Text::rules_refused, Fate::refused, outcomes);
  add_list(answer, Text::rules_added, Fate::added, outcomes);
  add_list(answer, Text::rules_existed, Fate::existed, outcomes);
  return answer;
}

}  // namespace tgpanel::bot
