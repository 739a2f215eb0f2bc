#include "bot/rule_answer.hpp"

#include "base/direction.hpp"
#include "base/text.hpp"
#include "words/monitor.hpp"

#include <cstddef>

namespace tgpanel::bot {
namespace {

using Fate = monitor::RuleOutcome::Fate;

constexpr std::size_t kShown = 8;            // of one kind
constexpr std::size_t kTextUnits = 80;       // of a rule in a list
constexpr std::size_t kLoneTextUnits = 200;  // of a rule by itself

std::string rule_text(Language language, const monitor::RuleOutcome& outcome, std::size_t units) {
  auto shown = isolate(cut_utf16(outcome.keyword.text, units, true));
  if (outcome.fate == Fate::refused) return shown;
  switch (outcome.kind) {
    case monitor::RuleKind::words:
      return shown;
    case monitor::RuleKind::whole_words:
      return say(language, words::rule_whole_words, shown);
    case monitor::RuleKind::regex:
      return say(language, words::rule_regex, shown);
    case monitor::RuleKind::exclusion:
      return say(language, words::rule_exclusion, shown);
  }
  return shown;
}

void add_list(Language language, std::string& answer, const Phrase& title, Fate fate,
              std::span<const monitor::RuleOutcome> outcomes) {
  std::size_t count = 0;
  std::string lines;
  for (const auto& outcome : outcomes) {
    if (outcome.fate != fate || ++count > kShown) continue;
    lines += "\n• " + rule_text(language, outcome, kTextUnits);
    if (!outcome.reason.empty()) lines += "\n    " + apart(language, outcome.reason);
  }
  if (count == 0) return;
  if (!answer.empty()) answer += "\n\n";
  answer += say(language, title, count) + lines;
  if (count > kShown) answer += "\n" + say(language, words::rules_and_more, count - kShown);
}

}  // namespace

std::string rule_answer(Language language, std::span<const monitor::RuleOutcome> outcomes) {
  if (outcomes.size() == 1) {
    const auto& only = outcomes.front();
    if (only.fate == Fate::refused) return only.reason;
    return say(language, only.fate == Fate::added ? words::keyword_added : words::keyword_existed,
               rule_text(language, only, kLoneTextUnits));
  }
  std::string answer;
  add_list(language, answer, words::rules_refused, Fate::refused, outcomes);
  add_list(language, answer, words::rules_added, Fate::added, outcomes);
  add_list(language, answer, words::rules_existed, Fate::existed, outcomes);
  return answer;
}

}  // namespace tgpanel::bot
