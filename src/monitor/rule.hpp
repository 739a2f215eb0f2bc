#pragma once
// Keywords and the ignore list as stored and shown.

#include "base/ids.hpp"
#include "base/sentence.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <string>

namespace tgpanel::monitor {

struct Keyword {
  KeywordId id = 0;
  std::string text;  // as the admin wrote it: a rule (rule_syntax.hpp)
  Instant added{};
  bool plain = false;  // of the time before rules: the whole text is plain words
};

enum class RuleKind : std::uint8_t {
  words,        // also as parts of longer words
  whole_words,  // at least one piece as whole words
  regex,
  exclusion,  // for all rules
};

/// What became of one rule that was to be added.
struct RuleOutcome {
  enum class Fate : std::uint8_t { added, existed, refused };
  Fate fate = Fate::refused;
  RuleKind kind = RuleKind::words;  // not of a refused one
  Keyword keyword;                  // id 0 unless it was added; its text as it was given, trimmed
  Sentence reason;                  // of a refused one: what is wrong and what to change
};

struct Ignored {
  std::int64_t id = 0;       // row
  std::int64_t peer_id = 0;  // user id (> 0) or chat id (< 0)
  std::string name;          // as known when it was added; may be empty
  Instant added{};
};

}  // namespace tgpanel::monitor
