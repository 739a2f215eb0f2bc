// Reading regular expressions.
#include "monitor/fold.hpp"
#include "monitor/regex_tree.hpp"
#include "monitor/utf8.hpp"
#include "words/errors_monitor.hpp"

#include <fmt/core.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>

namespace tgpanel::monitor {

namespace {

using Kind = RegexNode::Kind;

constexpr int kDeepest = 30;  // groups within groups
constexpr char32_t kLast = 0x10FFFF;

// Composed, so that a letter and its marks are one character wherever that exists.
std::u32string composed(std::string_view pattern) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
  std::string text;
  icu::StringByteSink<std::string> sink(&text);
  nfc->normalizeUTF8(0, {pattern.data(), static_cast<std::int32_t>(pattern.size())}, sink, nullptr,
                     status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  std::u32string code_points;
  for (std::size_t at = 0; at < text.size();) code_points.push_back(next_code_point(text, at));
  return code_points;
}

std::u32string folded(std::u32string_view characters) {
  std::string text;
  for (const auto c : characters) append_code_point(text, c);
  const auto plain = fold(text);
  std::u32string result;
  for (std::size_t at = 0; at < plain.size();) result.push_back(next_code_point(plain, at));
  return result;
}

std::string shown(char32_t c) {
  std::string text;
  append_code_point(text, c);
  return text;
}

bool is_mark(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;  // NOLINT: ICU's macro
}

RegexNode set_of(char32_t from, char32_t to) {
  RegexNode node{.kind = Kind::set, .set = {}, .children = {}};
  node.set.ranges.emplace_back(from, to);
  return node;
}

bool is_space(const RegexNode& node) {
  return node.kind == Kind::set && !node.set.negated && !node.set.word && !node.set.not_word &&
         node.set.ranges.size() == 1 && node.set.ranges.front() == std::pair{U' ', U' '};
}

std::unexpected<Error> refuse(Sentence why) {
  return fail(Errc::invalid, Sentence(words::regex_refused, std::move(why)));
}

class Reader {
 public:
  explicit Reader(std::u32string text) : text_(std::move(text)) {}

  Result<RegexNode> read() {
    auto node = choice(0);
    if (node && at_ < text_.size()) {
      return refuse(words::regex_paren_extra);
    }
    return node;
  }

 private:
  [[nodiscard]] bool more() const { return at_ < text_.size(); }

  [[nodiscard]] char32_t peek() const { return more() ? text_[at_] : U'\0'; }

  bool take(char32_t c) {
    if (!more() || peek() != c) return false;
    ++at_;
    return true;
  }

  Result<RegexNode> choice(int depth) {
    if (depth > kDeepest) return refuse(words::regex_too_deep);
    RegexNode node{.kind = Kind::choice, .set = {}, .children = {}};
    do {
      auto branch = sequence(depth);
      if (!branch) return branch;
      node.children.push_back(std::move(*branch));
    } while (take(U'|'));
    if (node.children.size() > 1) return node;
    auto only = std::move(node.children.front());
    return only;
  }

  Result<RegexNode> sequence(int depth) {
    RegexNode node{.kind = Kind::sequence, .set = {}, .children = {}};
    while (more() && peek() != U'|' && peek() != U')') {
      auto atom = this->atom(depth);
      if (!atom) return atom;
      bool repeated = false;
      auto whole = repetition(std::move(*atom), repeated);
      if (!whole) return whole;
      // Folded text never has two spaces in a row.
      const bool second_space =
          !repeated && is_space(*whole) && !node.children.empty() && is_space(node.children.back());
      if (whole->kind != Kind::nothing && !second_space) node.children.push_back(std::move(*whole));
    }
    return node;
  }

  Result<RegexNode> repetition(RegexNode atom, bool& repeated) {
    while (more()) {
      int least = 0;
      int most = RegexNode::kNoEnd;
      if (take(U'?')) {
        most = 1;
      } else if (take(U'+')) {
        least = 1;
      } else if (take(U'{')) {
        if (auto read = braces(least, most); !read) return std::unexpected(read.error());
      } else if (!take(U'*')) {
        break;
      }
      if (take(U'+')) {
        return refuse(words::regex_possessive);
      }
      take(U'?');  // "as few as possible" only says where a match ends
      repeated = true;
      if (atom.kind == Kind::nothing) continue;
      if (!is_repeatable(atom.kind)) {
        return refuse(words::regex_not_repeatable);
      }
      RegexNode node{.kind = Kind::repeat, .set = {}, .children = {}, .least = least, .most = most};
      node.children.push_back(std::move(atom));
      atom = std::move(node);
    }
    return atom;
  }

  static bool is_repeatable(Kind kind) {
    return kind == Kind::set || kind == Kind::sequence || kind == Kind::choice ||
           kind == Kind::repeat;
  }

  std::optional<int> number() {
    if (!more() || peek() < U'0' || peek() > U'9') return std::nullopt;
    int value = 0;
    while (more() && peek() >= U'0' && peek() <= U'9') {
      value = std::min(value * 10 + static_cast<int>(peek() - U'0'), 1'000'000);
      ++at_;
    }
    return value;
  }

  Result<void> braces(int& least, int& most) {
    const auto first = number();
    if (!first) return refuse(words::regex_number_expected);
    least = *first;
    most = *first;
    if (take(U',')) most = number().value_or(RegexNode::kNoEnd);
    if (!take(U'}')) return refuse(words::regex_brace_open);
    if (least > kRepeatLimit || most > kRepeatLimit) {
      return refuse({words::regex_number_too_big, kRepeatLimit});
    }
    if (most != RegexNode::kNoEnd && most < least) {
      return refuse({words::regex_backwards, fmt::format("{{{},{}}}", least, most)});
    }
    if (most == 0) return refuse({words::regex_zero, "{0}"});
    return {};
  }

  Result<RegexNode> atom(int depth) {
    const auto c = text_[at_++];
    switch (c) {
      case U'(':
        return group(depth);
      case U'[':
        return bracket();
      case U'.':
        return set_of(0, kLast);
      case U'^':
        return RegexNode{.kind = Kind::begin, .set = {}, .children = {}};
      case U'$':
        return RegexNode{.kind = Kind::end, .set = {}, .children = {}};
      case U'*':
      case U'+':
      case U'?':
      case U'{':
        return refuse({words::regex_nothing_before, shown(c)});
      case U'\\':
        return escape();
      default:
        return literal(c);
    }
  }

  Result<RegexNode> group(int depth) {
    if (take(U'?') && !take(U':')) {
      return refuse(words::regex_group_unknown);
    }
    auto inner = choice(depth + 1);
    if (!inner) return inner;
    if (!take(U')')) {
      return refuse(words::regex_paren_open);
    }
    return inner;
  }

  // A character with the marks behind it, folded together.
  Result<RegexNode> literal(char32_t c) {
    std::u32string characters(1, c);
    while (more() && is_mark(peek())) characters.push_back(text_[at_++]);
    const auto plain = folded(characters);
    RegexNode node{.kind = Kind::sequence, .set = {}, .children = {}};
    for (const auto each : plain) node.children.push_back(set_of(each, each));
    if (node.children.empty()) return RegexNode{};
    if (node.children.size() > 1) return node;
    auto only = std::move(node.children.front());
    return only;
  }

  // What is behind a backslash: a set, or one character.
  struct Escape {
    std::optional<RegexNode> node;
    char32_t character = 0;
  };

  Result<Escape> read_escape() {
    if (!more()) return refuse(words::regex_backslash_end);
    const auto c = text_[at_++];
    RegexNode set{.kind = Kind::set, .set = {}, .children = {}};
    switch (c) {
      case U'd':
        return Escape{set_of(U'0', U'9')};
      case U'D':
        set.set.ranges = {{0, U'0' - 1}, {U'9' + 1, kLast}};
        return Escape{std::move(set)};
      case U's':
        return Escape{set_of(U' ', U' ')};
      case U'S':
        set.set.ranges = {{0, U' ' - 1}, {U' ' + 1, kLast}};
        return Escape{std::move(set)};
      case U'w':
        set.set.word = true;
        return Escape{std::move(set)};
      case U'W':
        set.set.not_word = true;
        return Escape{std::move(set)};
      case U'n':
      case U'r':
      case U't':
        return Escape{.node = {}, .character = U' '};
      case U'x':
        return hexadecimal();
      default:
        break;
    }
    const bool ascii_word = c < 0x80 && u_isalnum(static_cast<UChar32>(c)) != 0;
    if (ascii_word) {
      return refuse({words::regex_escape_unknown, shown(c)});
    }
    return Escape{.node = {}, .character = c};
  }

  Result<Escape> hexadecimal() {
    const bool braced = take(U'{');
    char32_t value = 0;
    int digits = 0;
    for (; digits < (braced ? 6 : 2) && more() && peek() < 0x80; ++digits, ++at_) {
      const int digit = u_digit(static_cast<UChar32>(peek()), 16);
      if (digit < 0) break;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    const bool closed = !braced || take(U'}');
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (digits == 0 || (!braced && digits != 2) || !closed || value == 0 || value > kLast ||
        surrogate) {
      return refuse(words::regex_hexadecimal);
    }
    return Escape{.node = {}, .character = value};
  }

  Result<RegexNode> escape() {
    if (take(U'b')) return RegexNode{.kind = Kind::boundary, .set = {}, .children = {}};
    if (take(U'B')) return RegexNode{.kind = Kind::no_boundary, .set = {}, .children = {}};
    auto read = read_escape();
    if (!read) return std::unexpected(read.error());
    if (read->node) return std::move(*read->node);
    return literal(read->character);
  }

  // One character of a bracket, folded; nothing for one that folding drops.
  static Result<std::optional<char32_t>> member(char32_t c) {
    const auto plain = folded(std::u32string_view(&c, 1));
    if (plain.empty()) return std::optional<char32_t>{};
    if (plain.size() > 1) {
      return refuse({words::regex_several_letters, shown(c)});
    }
    return std::optional(plain.front());
  }

  Result<RegexNode> bracket() {
    RegexNode node{.kind = Kind::set, .set = {}, .children = {}};
    node.set.negated = take(U'^');
    bool any = false;
    while (true) {
      if (!more()) {
        return refuse(words::regex_bracket_open);
      }
      if (take(U']')) break;
      if (auto added = add_member(node.set); !added) return std::unexpected(added.error());
      any = true;
    }
    if (!any) return refuse(words::regex_bracket_empty);
    const bool nothing = node.set.ranges.empty() && !node.set.word && !node.set.not_word;
    if (nothing && !node.set.negated) return RegexNode{};  // only characters that folding drops
    return node;
  }

  Result<void> add_member(CharSet& set) {
    auto first = member_escape();
    if (!first) return std::unexpected(first.error());
    if (first->node) {
      const auto& other = first->node->set;
      set.ranges.insert(set.ranges.end(), other.ranges.begin(), other.ranges.end());
      set.word = set.word || other.word;
      set.not_word = set.not_word || other.not_word;
      return {};
    }
    const auto from = member(first->character);
    if (!from) return std::unexpected(from.error());
    const bool range = peek() == U'-' && at_ + 1 < text_.size() && text_[at_ + 1] != U']';
    if (!range) {
      if (*from) set.ranges.emplace_back(**from, **from);
      return {};
    }
    ++at_;
    auto last = member_escape();
    if (!last) return std::unexpected(last.error());
    const auto to = last->node ? Result<std::optional<char32_t>>{} : member(last->character);
    if (!to) return std::unexpected(to.error());
    if (!*from || !*to || **from > **to) {
      return refuse(words::regex_range_backwards);
    }
    set.ranges.emplace_back(**from, **to);
    return {};
  }

  Result<Escape> member_escape() {
    const auto c = text_[at_++];
    if (c == U'\\') return read_escape();
    if (c == U'[') return refuse(words::regex_bracket_inside);
    return Escape{.node = {}, .character = c};
  }

  std::u32string text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<RegexNode> parse_regex(std::string_view pattern) {
  return Reader(composed(pattern)).read();
}

}  // namespace tgpanel::monitor
