// Looking for a regular expression: all possibilities at once, one character after the other.
#include "monitor/regex.hpp"
#include "monitor/utf8.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace tgpanel::monitor {

// Which steps are reached at a position, and the earliest begin of a match that reached each.
class Regex::Search {
 public:
  Search(const Regex& regex, std::string_view text) : regex_(regex) {
    for (std::size_t at = 0; at < text.size();) {
      offsets_.push_back(at);
      characters_.push_back(next_code_point(text, at));
    }
    offsets_.push_back(text.size());
    now_.resize(regex.steps_.size(), kNever);
    then_.resize(regex.steps_.size(), kNever);
  }

  /// The first match that begins at or after character `from`: its begin and end.
  std::optional<std::pair<std::size_t, std::size_t>> next(std::size_t from) {
    best_.reset();
    clear(now_, reached_now_);
    for (auto at = from; at <= characters_.size(); ++at) {
      if (!best_) reach(at, 0, at, now_, reached_now_);
      if (reached_now_.empty() && best_) break;
      clear(then_, reached_then_);
      if (at < characters_.size()) advance(at);
      std::swap(now_, then_);
      std::swap(reached_now_, reached_then_);
    }
    return best_;
  }

  [[nodiscard]] TextRange in_bytes(std::size_t begin, std::size_t end) const {
    return {offsets_[begin], offsets_[end]};
  }

 private:
  using Begins = std::vector<std::size_t>;  // by step
  using Reached = std::vector<std::uint32_t>;

  static constexpr auto kNever = std::numeric_limits<std::size_t>::max();

  static void clear(Begins& begins, Reached& reached) {
    for (const auto step : reached) begins[step] = kNever;
    reached.clear();
  }

  void advance(std::size_t at) {
    for (const auto step : reached_now_) {
      const auto begin = now_[step];
      if (best_ && begin > best_->first) continue;
      const auto& what = regex_.steps_[step];
      if (what.kind != Step::Kind::character) continue;
      if (regex_.sets_[what.next].contains(characters_[at])) {
        reach(at + 1, step + 1, begin, then_, reached_then_);
      }
    }
  }

  // Follows everything that takes no character.
  void reach(std::size_t at, std::uint32_t first, std::size_t begin, Begins& begins,
             Reached& reached) {
    stack_.assign(1, first);
    while (!stack_.empty()) {
      const auto step = stack_.back();
      stack_.pop_back();
      if (begins[step] <= begin) continue;
      if (begins[step] == kNever) reached.push_back(step);
      begins[step] = begin;
      const auto& what = regex_.steps_[step];
      switch (what.kind) {
        case Step::Kind::character:
          break;
        case Step::Kind::met:
          met(begin, at);
          break;
        case Step::Kind::split:
          stack_.push_back(what.other);
          stack_.push_back(what.next);
          break;
        case Step::Kind::jump:
          stack_.push_back(what.next);
          break;
        default:
          if (holds(what.kind, at)) stack_.push_back(step + 1);
      }
    }
  }

  void met(std::size_t begin, std::size_t end) {
    const bool earlier = !best_ || begin < best_->first;
    const bool longer = best_ && begin == best_->first && end > best_->second;
    if (earlier || longer) best_ = {begin, end};
  }

  [[nodiscard]] bool holds(Step::Kind kind, std::size_t at) const {
    if (kind == Step::Kind::begin) return at == 0;
    if (kind == Step::Kind::end) return at == characters_.size();
    const bool before = at > 0 && is_word_character(characters_[at - 1]);
    const bool behind = at < characters_.size() && is_word_character(characters_[at]);
    return (before != behind) == (kind == Step::Kind::boundary);
  }

  const Regex& regex_;
  std::vector<char32_t> characters_;
  std::vector<std::size_t> offsets_;  // in bytes, of each character and of the end
  Begins now_;
  Begins then_;
  Reached reached_now_;
  Reached reached_then_;
  Reached stack_;
  std::optional<std::pair<std::size_t, std::size_t>> best_;
};

std::vector<TextRange> Regex::find(std::string_view folded, std::size_t limit) const {
  std::vector<TextRange> found;
  Search search(*this, folded);
  std::size_t from = 0;
  while (found.size() < limit) {
    const auto match = search.next(from);
    if (!match) break;
    found.push_back(search.in_bytes(match->first, match->second));
    from = match->second;
  }
  return found;
}

}  // namespace tgpanel::monitor
