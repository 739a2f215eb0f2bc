#pragma once
// All keywords at once against one text.

#include "base/result.hpp"
#include "monitor/alert_sink.hpp"
#include "monitor/rule.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::monitor {

inline constexpr std::size_t kMarkLimit = 100;

struct Match {
  Keyword keyword;
  std::vector<Alert::Span> marks;  // its places, at most kMarkLimit, in order, not overlapping
};

/// Whether Vectorscan takes the filters of regular expressions, each by itself, in reasonable time:
/// one entry each, nothing where it does. For another thread than the executor's. What comes after
/// a request to stop is cancelled.
[[nodiscard]] std::vector<std::optional<Error>> check_filters(std::span<const std::string> filters,
                                                              const std::stop_token& stop = {});

class Matcher;

struct MatcherBuild {
  const Matcher* previous = nullptr;  // its parts that did not change are used again
  std::stop_token stop;
  /// Keywords are compiled in parts of so many: a change compiles its part again, not all of them,
  /// and a build that nobody wants any more ends after the part in hand.
  std::size_t part = 16'384;
};

/// Immutable: built anew when the keywords change. match() not by two threads at once (one
/// scratch); a build on another thread may read it meanwhile.
class Matcher {
 public:
  /// The keywords must be in the order of their ids; one that is no rule any more matches nothing,
  /// with a warning in the log. failed: Vectorscan refused them (out of memory, or a processor
  /// without SSE4.2). cancelled: `stop` was requested.
  static Result<std::shared_ptr<const Matcher>> build(std::span<const Keyword> keywords,
                                                      const MatcherBuild& how = {});
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;
  ~Matcher();

  /// The first keyword, in the order given to build, that the text meets; nothing when the text
  /// meets an exclusion for all rules. Literals are found by one pass over the text; whole words,
  /// exclusions and regular expressions are looked at again where that pass has found them.
  [[nodiscard]] std::optional<Match> match(std::string_view text) const;

 private:
  struct Part;
  struct Run;
  struct Scratch;
  using Parts = std::vector<std::shared_ptr<const Part>>;

  Matcher(Parts parts, std::unique_ptr<Scratch> scratch);

  static std::vector<Run> runs(std::span<const Keyword> keywords, const MatcherBuild& how);
  static Result<std::shared_ptr<const Part>> compile(std::span<const Keyword> keywords);
  [[nodiscard]] bool excluded(std::string_view folded) const;

  Parts parts_;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace tgpanel::monitor
