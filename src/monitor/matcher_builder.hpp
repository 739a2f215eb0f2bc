#pragma once
// Builds matchers beside the executor: a list of 100,000 keywords takes seconds.

#include "base/async.hpp"
#include "base/result.hpp"
#include "monitor/matcher.hpp"
#include "monitor/rule.hpp"

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace tgpanel::monitor {

/// One build or check at a time, each on a thread of its own that ends with it. Executor: the
/// domain's, which must be there until stop() has returned.
class MatcherBuilder {
 public:
  using Built = Result<std::shared_ptr<const Matcher>>;

  explicit MatcherBuilder(Executor executor) : executor_(std::move(executor)) {}

  /// See Matcher::build. cancelled: stop() was called.
  Awaitable<Built> build(std::vector<Keyword> keywords, std::shared_ptr<const Matcher> previous);
  /// See check_filters. cancelled: stop() was called.
  Awaitable<Result<std::vector<std::optional<Error>>>> check(std::vector<std::string> filters);
  /// Ends the build under way after the part it compiles, and waits for its thread.
  void stop();

 private:
  Executor executor_;
  bool stopped_ = false;
  std::jthread thread_;
};

}  // namespace tgpanel::monitor
