#pragma once
// All keywords at once against one text.

#include "base/ids.hpp"
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

inline constexpr std::size_t kKeywordLimit = 200;  // characters, as written

/// A keyword as it is matched: trimmed, folded. invalid: empty, longer than kKeywordLimit, or
/// without a letter or digit after folding; the message says what is expected.
[[nodiscard]] Result<std::string> fold_keyword(std::string_view text);

struct Match {
  Keyword keyword;
  std::vector<Alert::Span> marks;  // every place of it, in order, not overlapping
};

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
  /// The keywords must be in the order of their ids and have passed fold_keyword. failed:
  /// Vectorscan refused them (out of memory, or a processor without SSE4.2). cancelled: `stop` was
  /// requested.
  static Result<std::shared_ptr<const Matcher>> build(std::span<const Keyword> keywords,
                                                      const MatcherBuild& how = {});
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;
  ~Matcher();

  /// The first keyword, in the order given to build, that the text contains as a part.
  [[nodiscard]] std::optional<Match> match(std::string_view text) const;

 private:
  struct Part;
  struct Run;
  struct Scratch;
  using Parts = std::vector<std::shared_ptr<const Part>>;

  Matcher(Parts parts, std::unique_ptr<Scratch> scratch);

  static std::vector<Run> runs(std::span<const Keyword> keywords, const MatcherBuild& how);
  static Result<std::shared_ptr<const Part>> compile(std::span<const Keyword> keywords);

  Parts parts_;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace tgpanel::monitor
