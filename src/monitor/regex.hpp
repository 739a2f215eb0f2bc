#pragma once
// The regular expressions of rules (`re:`): read, folded and searched for in linear time.
//
// Known: . ^ $ | ( ) (?: ) [ ] [^ ] * + ? {m} {m,} {m,n} \d \D \w \W \s \S \b \B \t \n \xHH \x{H}
// and \ before punctuation. The literal characters of an expression are folded as messages are.

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tgpanel::monitor {

inline constexpr int kRepeatLimit = 100;           // largest number in braces
inline constexpr std::size_t kRegexLimit = 1'000;  // steps, with repeats written out

/// Characters of folded text.
struct CharSet {
  std::vector<std::pair<char32_t, char32_t>> ranges;  // both ends included
  bool word = false;                                  // and \w
  bool not_word = false;                              // and \W
  bool negated = false;

  [[nodiscard]] bool contains(char32_t c) const;
};

/// What \w is: a letter, a digit or a mark of any script, or _.
[[nodiscard]] bool is_word_character(char32_t c);

/// A part of a text, in bytes.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// An expression that was read. Immutable.
class Regex {
 public:
  /// invalid: not well-formed, not known here, too large, or met by an empty text; the message says
  /// which and what to change.
  static Result<Regex> parse(std::string_view pattern);

  /// A pattern of Vectorscan for folded text that is met wherever the expression is, and maybe
  /// elsewhere: find() decides.
  [[nodiscard]] const std::string& filter() const { return filter_; }

  /// Equal for expressions that were understood as the same.
  [[nodiscard]] const std::string& canonical() const { return canonical_; }

  /// The first places in folded text, at most `limit`: the leftmost, the longest there, not
  /// overlapping. Each takes time proportional to the text.
  [[nodiscard]] std::vector<TextRange> find(std::string_view folded, std::size_t limit) const;

 private:
  friend class RegexWriter;

  struct Step {
    enum class Kind : std::uint8_t {
      character,
      split,
      jump,
      begin,
      end,
      boundary,
      no_boundary,
      met
    };
    Kind kind = Kind::met;
    std::uint32_t next = 0;   // character: which set; split and jump: a step
    std::uint32_t other = 0;  // split: the other step
  };

  class Search;

  std::vector<Step> steps_;
  std::vector<CharSet> sets_;
  std::string filter_;
  std::string canonical_;
};

}  // namespace tgpanel::monitor
