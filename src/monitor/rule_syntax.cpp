#include "monitor/rule_syntax.hpp"

#include "base/text.hpp"
#include "monitor/fold.hpp"
#include "monitor/utf8.hpp"
#include "words/errors_monitor.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace tgpanel::monitor {

namespace {

constexpr std::u32string_view kQuotes = U"\"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02";
// Keyboards change a hyphen to its relatives.
constexpr std::u32string_view kMinuses = U"-\u2010\u2011\u2013\u2212\uff0d";

bool is_space(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

// A letter, digit or mark: what makes a word longer. An underscore does not, or words in hashtags
// would not be found.
bool is_word_part(char32_t c) {
  return c != U'_' && is_word_character(c);
}

char32_t last_code_point(std::string_view text) {
  auto at = text.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return next_code_point(text, at);
}

char32_t first_code_point(std::string_view text) {
  std::size_t at = 0;
  return next_code_point(text, at);
}

// One piece of a line.
struct Piece {
  std::string text;
  bool quoted = false;
  bool excluded = false;
};

class Reader {
 public:
  explicit Reader(std::string_view line) : line_(line) {}

  Result<std::vector<Piece>> read() {
    while (skip_space()) {
      Piece piece;
      auto at = at_;
      if (kMinuses.contains(next_code_point(line_, at)) && at < line_.size() && !space_at(at)) {
        piece.excluded = true;
        at_ = at;
      }
      at = at_;
      if (kQuotes.contains(next_code_point(line_, at))) {
        at_ = at;
        if (!quoted(piece)) {
          return fail(Errc::invalid, words::rule_quote_open);
        }
        pieces_.push_back(std::move(piece));
        continue;
      }
      word(piece);
      add_word(std::move(piece));
    }
    return std::move(pieces_);
  }

 private:
  [[nodiscard]] bool space_at(std::size_t at) const { return is_space(next_code_point(line_, at)); }

  // False at the end.
  bool skip_space() {
    while (at_ < line_.size() && space_at(at_)) (void)next_code_point(line_, at_);
    return at_ < line_.size();
  }

  bool quoted(Piece& piece) {
    piece.quoted = true;
    const auto begin = at_;
    while (at_ < line_.size()) {
      const auto end = at_;
      if (!kQuotes.contains(next_code_point(line_, at_))) continue;
      piece.text = line_.substr(begin, end - begin);
      return true;
    }
    return false;
  }

  void word(Piece& piece) {
    const auto begin = at_;
    while (at_ < line_.size() && !space_at(at_)) (void)next_code_point(line_, at_);
    piece.text = line_.substr(begin, at_ - begin);
  }

  // Words in a row are one phrase.
  void add_word(Piece piece) {
    const bool goes_on =
        !piece.excluded && !pieces_.empty() && !pieces_.back().quoted && !pieces_.back().excluded;
    if (goes_on) {
      pieces_.back().text += ' ';
      pieces_.back().text += piece.text;
    } else {
      pieces_.push_back(std::move(piece));
    }
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::vector<Piece> pieces_;
};

Result<Term> make_term(const Piece& piece) {
  auto folded = fold_keyword(piece.text);
  if (folded) return Term{.folded = std::move(*folded), .whole_word = piece.quoted};
  if (!piece.quoted && !piece.excluded) return std::unexpected(folded.error());
  return fail(Errc::invalid, Sentence(words::rule_piece_empty, piece.text));
}

bool begins_regex(std::string_view line) {
  return line.size() >= 3 && ascii_lower(line.substr(0, 3)) == "re:";
}

Result<Rule> regex_rule(std::string_view pattern) {
  pattern = trim(pattern);
  if (pattern.empty()) {
    return fail(Errc::invalid, words::rule_regex_missing);
  }
  auto regex = Regex::parse(pattern);
  if (!regex) return std::unexpected(regex.error());
  Rule rule;
  rule.kind = RuleKind::regex;
  rule.regex = std::make_shared<const Regex>(std::move(*regex));
  return rule;
}

Result<Rule> plain_rule(std::string_view text) {
  auto folded = fold_keyword(text);
  if (!folded) return std::unexpected(folded.error());
  Rule rule;
  rule.all.push_back({.folded = std::move(*folded)});
  return rule;
}

Result<Rule> rule_of_pieces(const std::vector<Piece>& pieces) {
  Rule rule;
  for (const auto& piece : pieces) {
    auto term = make_term(piece);
    if (!term) return std::unexpected(term.error());
    if (piece.quoted && !piece.excluded) rule.kind = RuleKind::whole_words;
    (piece.excluded ? rule.none : rule.all).push_back(std::move(*term));
  }
  if (!rule.all.empty()) return rule;
  if (rule.none.size() > 1) {
    return fail(Errc::invalid, words::rule_only_exclusions);
  }
  rule.kind = RuleKind::exclusion;
  return rule;
}

void add_terms(std::string& key, char mark, std::vector<Term> terms) {
  const auto order = [](const Term& a, const Term& b) {
    return std::pair(a.folded, a.whole_word) < std::pair(b.folded, b.whole_word);
  };
  std::ranges::sort(terms, order);
  terms.erase(std::ranges::unique(terms).begin(), terms.end());
  for (const auto& term : terms) {
    key += mark;
    key += term.whole_word ? '"' : ' ';
    key += term.folded;
  }
}

// The place at or after `from`; nothing when there is none.
std::optional<std::size_t> find_from(const Term& term, std::string_view folded, std::size_t from) {
  const auto& needle = term.folded;
  for (auto at = folded.find(needle, from); at != std::string_view::npos;
       at = folded.find(needle, at + 1)) {
    if (!term.whole_word) return at;
    const auto end = at + needle.size();
    const bool longer_before = at > 0 && is_word_part(first_code_point(needle)) &&
                               is_word_part(last_code_point(folded.substr(0, at)));
    const bool longer_behind = end < folded.size() && is_word_part(last_code_point(needle)) &&
                               is_word_part(first_code_point(folded.substr(end)));
    if (!longer_before && !longer_behind) return at;
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> fold_keyword(std::string_view text) {
  auto folded = fold(text);
  if (folded.starts_with(' ')) folded.erase(0, 1);
  if (folded.ends_with(' ')) folded.pop_back();
  if (folded.empty()) {
    return fail(Errc::invalid, words::keyword_empty);
  }
  if (const auto length = count_characters(text); length > kKeywordLimit) {
    return fail(Errc::invalid, Sentence(words::keyword_too_long, length, kKeywordLimit));
  }
  if (!has_letter_or_digit(folded)) {
    return fail(Errc::invalid, words::keyword_no_letter);
  }
  return folded;
}

Result<Rule> parse_rule(std::string_view line) {
  line = trim(line);
  if (const auto length = count_characters(line); length > kKeywordLimit) {
    return fail(Errc::invalid, Sentence(words::keyword_too_long, length, kKeywordLimit));
  }
  if (line.starts_with('\\')) return plain_rule(line.substr(1));
  if (begins_regex(line)) return regex_rule(line.substr(3));
  if (line.empty() || !has_letter_or_digit(fold(line))) return plain_rule(line);  // says why not
  auto pieces = Reader(line).read();
  if (!pieces) return std::unexpected(pieces.error());
  return rule_of_pieces(*pieces);
}

Result<Rule> rule_of(const Keyword& keyword) {
  return keyword.plain ? plain_rule(keyword.text) : parse_rule(keyword.text);
}

std::string key_of(const Rule& rule) {
  if (rule.is_literal()) return rule.all.front().folded;
  // Folded text has no control characters: no plain keyword has such a key.
  if (rule.regex) return "\x01re:" + rule.regex->canonical();
  std::string key;
  add_terms(key, '\x02', rule.all);
  add_terms(key, '\x03', rule.none);
  return key;
}

std::string line_of(const Keyword& keyword) {
  const auto meant = rule_of(keyword);
  std::string line;
  for (std::size_t at = 0; at < keyword.text.size();) {
    const auto c = next_code_point(keyword.text, at);
    append_code_point(line, is_space(c) ? U' ' : c);
  }
  line = trim(line);
  const auto as_rule = parse_rule(line);
  const bool same = meant && as_rule && key_of(*meant) == key_of(*as_rule);
  return same || !keyword.plain ? line : "\\" + line;
}

std::vector<TextRange> find_term(const Term& term, std::string_view folded, std::size_t limit) {
  std::vector<TextRange> found;
  std::size_t from = 0;
  while (found.size() < limit) {
    const auto at = find_from(term, folded, from);
    if (!at) break;
    from = *at + term.folded.size();
    found.push_back({*at, from});
  }
  return found;
}

bool contains_any(const std::vector<Term>& terms, std::string_view folded) {
  return std::ranges::any_of(
      terms, [&](const Term& term) { return find_from(term, folded, 0).has_value(); });
}

}  // namespace tgpanel::monitor
