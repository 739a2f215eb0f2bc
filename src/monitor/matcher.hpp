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

/// Immutable: built anew when the keywords change. Not for two threads at once (one scratch).
class Matcher {
 public:
  /// The keywords must have passed fold_keyword. failed: Vectorscan refused them (out of memory, or
  /// a processor without SSE4.2).
  static Result<std::shared_ptr<const Matcher>> build(std::span<const Keyword> keywords);
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;
  ~Matcher();

  /// The first keyword, in the order given to build, that the text contains as a part.
  [[nodiscard]] std::optional<Match> match(std::string_view text) const;

 private:
  struct Engine;

  struct Rule {
    Keyword keyword;
    std::string folded;
  };

  Matcher(std::vector<Rule> rules, std::unique_ptr<Engine> engine);

  std::vector<Rule> rules_;
  std::unique_ptr<Engine> engine_;  // nullptr without rules
};

}  // namespace tgpanel::monitor
