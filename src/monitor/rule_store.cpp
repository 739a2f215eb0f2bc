#include "monitor/rule_store.hpp"

#include "base/text.hpp"
#include "monitor/rule_syntax.hpp"

#include <cstddef>
#include <utility>

namespace tgpanel::monitor {

using Fate = RuleOutcome::Fate;

RulePlan plan_rules(std::span<const std::string> lines, Instant now) {
  RulePlan plan;
  plan.entries.reserve(lines.size());
  for (const auto& line : lines) {
    auto& entry = plan.entries.emplace_back();
    entry.outcome.keyword.text = trim(line);
    entry.outcome.keyword.added = now;
    const auto rule = parse_rule(line);
    if (!rule) {
      entry.outcome.reason = sentence_of(rule.error());
      continue;
    }
    entry.outcome.fate = Fate::added;
    entry.outcome.kind = rule->kind;
    entry.key = key_of(*rule);
    if (rule->regex) entry.filter = rule->regex->filter();
  }
  return plan;
}

std::vector<std::string> filters_of(const RulePlan& plan) {
  std::vector<std::string> filters;
  for (const auto& entry : plan.entries) {
    if (!entry.filter.empty()) filters.push_back(entry.filter);
  }
  return filters;
}

void refuse_filters(RulePlan& plan, std::span<const std::optional<Error>> errors) {
  std::size_t next = 0;
  for (auto& entry : plan.entries) {
    if (entry.filter.empty()) continue;
    const auto& error = errors[next++];
    if (!error) continue;
    entry.outcome.fate = Fate::refused;
    entry.outcome.reason = sentence_of(*error);
  }
}

Awaitable<Result<std::vector<RuleOutcome>>> store_rules(storage::KeywordRepository* rows,
                                                        RulePlan plan) {
  std::vector<RuleOutcome> outcomes;
  std::vector<storage::KeywordRow> wanted;
  for (auto& entry : plan.entries) {
    if (entry.outcome.fate != Fate::refused) {
      wanted.push_back({.id = 0,
                        .text = entry.outcome.keyword.text,
                        .folded = std::move(entry.key),
                        .added_ms = to_unix_ms(entry.outcome.keyword.added)});
    }
    outcomes.push_back(std::move(entry.outcome));
  }
  if (wanted.empty()) co_return outcomes;
  const auto ids = co_await rows->add_keywords(std::move(wanted));
  if (!ids) co_return std::unexpected(ids.error());
  std::size_t next = 0;
  for (auto& outcome : outcomes) {
    if (outcome.fate == Fate::refused) continue;
    outcome.keyword.id = (*ids)[next++];
    if (outcome.keyword.id == 0) outcome.fate = Fate::existed;
  }
  co_return outcomes;
}

}  // namespace tgpanel::monitor
