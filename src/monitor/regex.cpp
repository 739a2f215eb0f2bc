// From the tree to steps and to Vectorscan's pattern.
#include "monitor/regex.hpp"

#include "monitor/regex_tree.hpp"
#include "words/errors_monitor.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>

namespace tgpanel::monitor {

namespace {

using Kind = RegexNode::Kind;

// Repeats above this are "any number" to Vectorscan, whose automata grow with them.
constexpr int kFilterRepeats = 4;

// With repeats written out; saturates.
std::size_t size_of(const RegexNode& node) {
  constexpr std::size_t kTooLarge = kRegexLimit * 10;
  std::size_t size = 0;
  for (const auto& child : node.children) {
    size = std::min(size + size_of(child) + (node.kind == Kind::choice ? 2 : 0), kTooLarge);
  }
  if (node.kind == Kind::repeat) {
    const int times = node.most == RegexNode::kNoEnd ? node.least + 1 : node.most;
    return std::min((size + 2) * static_cast<std::size_t>(times), kTooLarge);
  }
  return node.children.empty() ? 1 : size;
}

bool can_be_empty(const RegexNode& node) {
  switch (node.kind) {
    case Kind::set:
      return false;
    case Kind::sequence:
      return std::ranges::all_of(node.children, can_be_empty);
    case Kind::choice:
      return std::ranges::any_of(node.children, can_be_empty);
    case Kind::repeat:
      return node.least == 0 || can_be_empty(node.children.front());
    default:
      return true;
  }
}

void write_range(std::string& out, char32_t from, char32_t to) {
  auto at = std::back_inserter(out);
  fmt::format_to(at, "\\x{{{:x}}}", static_cast<std::uint32_t>(from));
  if (to != from) fmt::format_to(at, "-\\x{{{:x}}}", static_cast<std::uint32_t>(to));
}

// For the filter a set may hold more than it should, never less. Of \w and \W it knows ASCII alone:
// every other character may be either.
void write_set(std::string& out, const CharSet& set, bool for_filter) {
  const bool one = set.ranges.size() == 1 && set.ranges.front().first == set.ranges.front().second;
  if (one && !set.word && !set.not_word && !set.negated) {
    write_range(out, set.ranges.front().first, set.ranges.front().second);
    return;
  }
  out += set.negated ? "[^" : "[";
  auto ranges = set.ranges;
  std::ranges::sort(ranges);
  for (const auto& [from, to] : ranges) write_range(out, from, to);
  if (set.word) out += for_filter ? "0-9a-z_" : "\\w";
  if (set.not_word) {
    out += for_filter ? "\\x{0}-\\x{2f}\\x{3a}-\\x{5e}\\x{60}\\x{7b}-\\x{7f}" : "\\W";
  }
  const bool either = for_filter && !set.negated && (set.word || set.not_word);
  if (either) write_range(out, 0x80, 0x10FFFF);
  out += ']';
}

void write_repeat(std::string& out, const RegexNode& node, bool for_filter) {
  const auto least = for_filter ? std::min(node.least, kFilterRepeats) : node.least;
  auto most = node.most;
  if (for_filter && (most > kFilterRepeats || least < node.least)) most = RegexNode::kNoEnd;
  auto at = std::back_inserter(out);
  if (most == RegexNode::kNoEnd) {
    fmt::format_to(at, "{{{},}}", least);
  } else {
    fmt::format_to(at, "{{{},{}}}", least, most);
  }
}

void write(std::string& out, const RegexNode& node, bool for_filter) {
  switch (node.kind) {
    case Kind::nothing:
      break;
    case Kind::set:
      write_set(out, node.set, for_filter);
      break;
    case Kind::sequence:
      for (const auto& child : node.children) {
        const bool grouped = child.kind == Kind::choice;
        if (grouped) out += "(?:";
        write(out, child, for_filter);
        if (grouped) out += ')';
      }
      break;
    case Kind::choice:
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0) out += '|';
        write(out, node.children[i], for_filter);
      }
      break;
    case Kind::repeat:
      out += "(?:";
      write(out, node.children.front(), for_filter);
      out += ')';
      write_repeat(out, node, for_filter);
      break;
    case Kind::begin:
      out += for_filter ? "" : "^";
      break;
    case Kind::end:
      out += for_filter ? "" : "$";
      break;
    case Kind::boundary:
      out += for_filter ? "" : "\\b";
      break;
    case Kind::no_boundary:
      out += for_filter ? "" : "\\B";
      break;
  }
}

}  // namespace

bool is_word_character(char32_t c) {
  if (c < 0x80)
    return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
           c == U'_';
  constexpr std::uint32_t kMask = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kMask) != 0;  // NOLINT: ICU's macro
}

bool CharSet::contains(char32_t c) const {
  const auto holds = [c](const auto& range) { return range.first <= c && c <= range.second; };
  const bool found = std::ranges::any_of(ranges, holds) || (word && is_word_character(c)) ||
                     (not_word && !is_word_character(c));
  return found != negated;
}

// Writes the steps of a tree.
class RegexWriter {
 public:
  using StepKind = Regex::Step::Kind;

  explicit RegexWriter(Regex& regex) : regex_(regex) {}

  void steps(const RegexNode& node) {
    switch (node.kind) {
      case Kind::nothing:
        break;
      case Kind::set:
        regex_.sets_.push_back(node.set);
        add(StepKind::character, regex_.sets_.size() - 1);
        break;
      case Kind::sequence:
        for (const auto& child : node.children) steps(child);
        break;
      case Kind::choice:
        choice(node);
        break;
      case Kind::repeat:
        repeat(node);
        break;
      case Kind::begin:
        add(StepKind::begin);
        break;
      case Kind::end:
        add(StepKind::end);
        break;
      case Kind::boundary:
        add(StepKind::boundary);
        break;
      case Kind::no_boundary:
        add(StepKind::no_boundary);
        break;
    }
  }

  void finish(const RegexNode& tree) {
    steps(tree);
    add(StepKind::met);
    write(regex_.filter_, tree, true);
    write(regex_.canonical_, tree, false);
  }

 private:
  std::size_t add(StepKind kind, std::size_t next = 0) {
    regex_.steps_.push_back({.kind = kind, .next = static_cast<std::uint32_t>(next)});
    return regex_.steps_.size() - 1;
  }

  [[nodiscard]] std::uint32_t here() const {
    return static_cast<std::uint32_t>(regex_.steps_.size());
  }

  void choice(const RegexNode& node) {
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
      const auto split = add(StepKind::split, here() + 1);
      steps(node.children[i]);
      ends.push_back(add(StepKind::jump));
      regex_.steps_[split].other = here();
    }
    steps(node.children.back());
    for (const auto end : ends) regex_.steps_[end].next = here();
  }

  void repeat(const RegexNode& node) {
    const auto& child = node.children.front();
    for (int i = 0; i < node.least; ++i) steps(child);
    if (node.most == RegexNode::kNoEnd) {
      const auto split = add(StepKind::split, here() + 1);
      steps(child);
      add(StepKind::jump, split);
      regex_.steps_[split].other = here();
      return;
    }
    std::vector<std::size_t> splits;
    for (int i = node.least; i < node.most; ++i) {
      splits.push_back(add(StepKind::split, here() + 1));
      steps(child);
    }
    for (const auto split : splits) regex_.steps_[split].other = here();
  }

  Regex& regex_;
};

Result<Regex> Regex::parse(std::string_view pattern) {
  auto tree = parse_regex(pattern);
  if (!tree) return std::unexpected(tree.error());
  if (can_be_empty(*tree)) {
    return fail(Errc::invalid, Sentence(words::regex_refused, words::regex_meets_all));
  }
  if (const auto size = size_of(*tree); size > kRegexLimit) {
    return fail(Errc::invalid,
                Sentence(words::regex_refused, Sentence(words::regex_too_big, kRegexLimit)));
  }
  Regex regex;
  RegexWriter(regex).finish(*tree);
  return regex;
}

}  // namespace tgpanel::monitor
