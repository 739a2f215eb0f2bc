#pragma once
// Adding rules to the table, for the running monitor and for the command line alike: read, let
// Vectorscan check, store.

#include "base/async.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "monitor/rule.hpp"
#include "storage/keyword_repository.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tgpanel::monitor {

/// Rules that were read and are not stored yet.
struct RulePlan {
  struct Entry {
    RuleOutcome outcome;  // refused, or what it will be when it is stored
    std::string key;      // see key_of
    std::string filter;   // of a regular expression
  };

  std::vector<Entry> entries;
};

/// Reads one rule from each line. Pure.
[[nodiscard]] RulePlan plan_rules(std::span<const std::string> lines, Instant now);

/// The filters of its regular expressions, to be checked by check_filters.
[[nodiscard]] std::vector<std::string> filters_of(const RulePlan& plan);

/// Refuses what check_filters has refused; `errors` in the order of filters_of.
void refuse_filters(RulePlan& plan, std::span<const std::optional<Error>> errors);

/// Stores what was not refused in one transaction. storage: none is stored. Executor: the domain's;
/// `rows` must outlive it.
Awaitable<Result<std::vector<RuleOutcome>>> store_rules(storage::KeywordRepository* rows,
                                                        RulePlan plan);

}  // namespace tgpanel::monitor
