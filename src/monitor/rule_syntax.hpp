#pragma once
// The language of rules: one line is one rule (docs/keywords.md).
//
//   red bicycle       the words in a row, also as parts of longer words
//   "red bicycle"     whole words only
//   price -used       not when the message contains that too; -"used car": as whole words
//   -scam             alone: an exclusion for all rules
//   re:pri(c|z)e      a regular expression (regex.hpp)
//   \re:              what follows the backslash is plain words, whatever it begins with
//
// Several pieces in one line must all be in the message. Everything is UTF-8; other bytes break
// nothing, and what is meant by them is not defined. Pure.

#include "base/result.hpp"
#include "monitor/regex.hpp"
#include "monitor/rule.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::monitor {

inline constexpr std::size_t kKeywordLimit = 200;  // characters of a rule, as written

/// A keyword as it is matched: trimmed, folded. invalid: empty, longer than kKeywordLimit, or
/// without a letter or digit after folding; the message says what is expected.
[[nodiscard]] Result<std::string> fold_keyword(std::string_view text);

/// Words that a message contains.
struct Term {
  std::string folded;       // never empty
  bool whole_word = false;  // not within a longer word
  friend bool operator==(const Term&, const Term&) = default;
};

struct Rule {
  std::vector<Term> all;               // each must be there; empty with `regex` or as an exclusion
  std::vector<Term> none;              // none of these may be there
  std::shared_ptr<const Regex> regex;  // instead of `all`
  RuleKind kind = RuleKind::words;

  /// Only one piece of plain words, so that finding it is enough.
  [[nodiscard]] bool is_literal() const {
    return !regex && none.empty() && all.size() == 1 && !all.front().whole_word;
  }
};

/// Reads one line. invalid: the message says what is wrong and what to change.
[[nodiscard]] Result<Rule> parse_rule(std::string_view line);

/// A keyword as stored: by parse_rule, or whole as plain words when it is marked so.
[[nodiscard]] Result<Rule> rule_of(const Keyword& keyword);

/// Equal for rules that match the same; of plain words their folded form.
[[nodiscard]] std::string key_of(const Rule& rule);

/// The keyword as one line that parse_rule reads as the same rule.
[[nodiscard]] std::string line_of(const Keyword& keyword);

/// Where a term is in folded text, in order, not overlapping; at most `limit` places.
[[nodiscard]] std::vector<TextRange> find_term(const Term& term, std::string_view folded,
                                               std::size_t limit);

/// Whether folded text contains one of them.
[[nodiscard]] bool contains_any(const std::vector<Term>& terms, std::string_view folded);

}  // namespace tgpanel::monitor
