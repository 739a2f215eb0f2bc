#include "monitor/matcher.hpp"

#include "monitor/fold.hpp"
#include "monitor/rule_syntax.hpp"
#include "words/errors_common.hpp"
#include "words/errors_monitor.hpp"

#include <hs.h>
#include <spdlog/spdlog.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace tgpanel::monitor {

struct HsFree {
  void operator()(hs_database_t* database) const { hs_free_database(database); }

  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }

  void operator()(hs_compile_error_t* error) const { hs_free_compile_error(error); }
};

// Keywords that follow one another, compiled together.
struct Matcher::Part {
  struct Entry {
    Keyword keyword;
    Rule rule;
    bool literal = true;  // being found is enough
  };

  std::vector<Entry> rules;
  bool literals_only = true;
  bool has_exclusions = false;
  std::unique_ptr<hs_database_t, HsFree> database;  // nullptr: no rule can be met

  /// The first rule that the text meets; kNoRule: none.
  [[nodiscard]] unsigned first_met(std::string_view folded, hs_scratch_t* scratch) const;
  /// Every pattern that is in the text.
  [[nodiscard]] std::vector<unsigned> found(std::string_view folded, hs_scratch_t* scratch) const;
};

// What becomes one part; `part` where it is there already.
struct Matcher::Run {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::shared_ptr<const Part> part;
};

struct Matcher::Scratch {
  std::unique_ptr<hs_scratch_t, HsFree> memory;
};

namespace {

constexpr auto kNoRule = std::numeric_limits<unsigned>::max();
constexpr unsigned kLiteralFlags = HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH;
constexpr unsigned kRegexFlags = kLiteralFlags | HS_FLAG_DOTALL;
constexpr std::size_t kRegexMarks = 20;                      // each costs a pass over the text
constexpr std::chrono::milliseconds kLongestCompile{1'000};  // of one regular expression

// Of this thread, so that a busy machine refuses nothing.
std::chrono::nanoseconds thread_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

Result<std::unique_ptr<hs_database_t, HsFree>> compile_patterns(
    const std::vector<std::string>& patterns, const std::vector<unsigned>& flags,
    const std::vector<unsigned>& ids) {
  std::vector<const char*> expressions;
  expressions.reserve(patterns.size());
  for (const auto& pattern : patterns) expressions.push_back(pattern.c_str());
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const auto compiled = hs_compile_multi(expressions.data(), flags.data(), ids.data(),
                                         static_cast<unsigned>(expressions.size()), HS_MODE_BLOCK,
                                         nullptr, &database, &error);
  std::unique_ptr<hs_database_t, HsFree> owner(database);
  const std::unique_ptr<hs_compile_error_t, HsFree> error_owner(error);
  if (compiled == HS_SUCCESS) return owner;
  return fail(Errc::failed, error == nullptr ? "no reason given" : error->message);
}

// hs_compile_multi reads regular expressions: every character of ASCII punctuation is escaped.
std::string escape(std::string_view literal) {
  constexpr std::string_view kSpecial = R"(\^$.|?*+()[]{}/-#&~!"%',:;<=>@_`)";
  std::string pattern;
  pattern.reserve(literal.size() + 8);
  for (const char c : literal) {
    if (kSpecial.contains(c)) pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern;
}

int keep_first(unsigned id, unsigned long long /*from*/, unsigned long long /*to*/,
               unsigned /*flags*/, void* context) {
  auto& first = *static_cast<unsigned*>(context);
  first = std::min(first, id);
  return first == 0 ? 1 : 0;  // nothing can come before the first keyword: stop
}

int keep_all(unsigned id, unsigned long long /*from*/, unsigned long long /*to*/,
             unsigned /*flags*/, void* context) {
  static_cast<std::vector<unsigned>*>(context)->push_back(id);
  return 0;
}

// What of a rule Vectorscan looks for; find_term and Regex::find look again.
std::string pattern_of(const Rule& rule) {
  if (rule.regex) return rule.regex->filter();
  const auto& terms = rule.kind == RuleKind::exclusion ? rule.none : rule.all;
  const auto size = [](const Term& term) { return term.folded.size(); };
  return escape(std::ranges::max_element(terms, {}, size)->folded);
}

bool is_met(const Rule& rule, std::string_view folded) {
  if (rule.kind == RuleKind::exclusion || contains_any(rule.none, folded)) return false;
  if (rule.regex) return !rule.regex->find(folded, 1).empty();
  return std::ranges::all_of(rule.all,
                             [&](const Term& term) { return !find_term(term, folded, 1).empty(); });
}

std::vector<Alert::Span> find_marks(std::string_view text, const Rule& rule) {
  const auto traced = fold_traced(text);
  std::vector<TextRange> places;
  if (rule.regex) places = rule.regex->find(traced.text, kRegexMarks);
  for (const auto& term : rule.all) {
    const auto found = find_term(term, traced.text, kMarkLimit);
    places.insert(places.end(), found.begin(), found.end());
  }
  std::ranges::sort(places, {}, &TextRange::begin);
  std::vector<Alert::Span> marks;
  for (const auto& place : places) {
    const auto begin = traced.origins[place.begin].begin;
    const auto end = traced.origins[place.end - 1].end;
    // Two finds inside one expanded character (ß, ﷺ) would mark it twice, as would two pieces of
    // a rule that overlap.
    const auto last = marks.empty() ? 0 : marks.back().offset + marks.back().length;
    const auto offset = std::max(static_cast<std::int32_t>(begin), last);
    const auto length = static_cast<std::int32_t>(end) - offset;
    if (length > 0) marks.push_back({.offset = offset, .length = length});
    if (marks.size() == kMarkLimit) break;
  }
  return marks;
}

}  // namespace

std::vector<std::optional<Error>> check_filters(std::span<const std::string> filters,
                                                const std::stop_token& stop) {
  std::vector<std::optional<Error>> errors;
  for (const auto& filter : filters) {
    if (stop.stop_requested()) {
      errors.emplace_back(fail(Errc::cancelled, words::panel_stopping).error());
      continue;
    }
    const auto begun = thread_time();
    const auto checked = compile_patterns({filter}, {kRegexFlags}, {0});
    if (!checked) {
      const Sentence why(words::regex_other, checked.error().message);
      errors.emplace_back(fail(Errc::invalid, Sentence(words::regex_refused, why)).error());
    } else if (thread_time() - begun > kLongestCompile) {
      const Sentence slow(words::regex_refused, words::regex_too_slow);
      errors.emplace_back(fail(Errc::invalid, slow).error());
    } else {
      errors.emplace_back();
    }
  }
  return errors;
}

Matcher::Matcher(Parts parts, std::unique_ptr<Scratch> scratch)
    : parts_(std::move(parts)), scratch_(std::move(scratch)) {}

Matcher::~Matcher() = default;

Result<std::shared_ptr<const Matcher>> Matcher::build(std::span<const Keyword> keywords,
                                                      const MatcherBuild& how) {
  Parts parts;
  auto scratch = std::make_unique<Scratch>();
  for (auto& run : runs(keywords, how)) {
    if (how.stop.stop_requested()) return fail(Errc::cancelled, words::panel_stopping);
    if (!run.part) {
      auto compiled = compile(keywords.subspan(run.begin, run.end - run.begin));
      if (!compiled) return std::unexpected(compiled.error());
      run.part = std::move(*compiled);
    }
    if (run.part->database != nullptr) {
      hs_scratch_t* grown = scratch->memory.release();
      const auto allocated = hs_alloc_scratch(run.part->database.get(), &grown);
      scratch->memory.reset(grown);
      if (allocated != HS_SUCCESS) {
        return fail(Errc::failed, words::keywords_no_memory);
      }
    }
    parts.push_back(std::move(run.part));
  }
  return std::shared_ptr<const Matcher>(
      new Matcher(std::move(parts), std::move(scratch)));  // NOLINT(*-owning-memory)
}

std::vector<Matcher::Run> Matcher::runs(std::span<const Keyword> keywords,
                                        const MatcherBuild& how) {
  std::vector<Run> runs;
  std::size_t at = 0;
  if (how.previous != nullptr) {
    for (const auto& part : how.previous->parts_) {
      const auto last = part->rules.back().keyword.id;
      Run run{.begin = at, .end = at, .part = nullptr};
      while (run.end < keywords.size() && keywords[run.end].id <= last) ++run.end;
      if (run.end == run.begin) continue;
      const auto same = [](const Keyword& keyword, const Part::Entry& rule) {
        return keyword.id == rule.keyword.id;
      };
      if (std::ranges::equal(keywords.subspan(run.begin, run.end - run.begin), part->rules, same)) {
        run.part = part;
      }
      at = run.end;
      runs.push_back(std::move(run));
    }
    // The last part takes what comes until it is full.
    if (!runs.empty() && at < keywords.size() && at - runs.back().begin < how.part) {
      at = std::min(runs.back().begin + how.part, keywords.size());
      runs.back().end = at;
      runs.back().part = nullptr;
    }
  }
  while (at < keywords.size()) {
    const auto end = std::min(at + how.part, keywords.size());
    runs.push_back({.begin = at, .end = end, .part = nullptr});
    at = end;
  }
  return runs;
}

Result<std::shared_ptr<const Matcher::Part>> Matcher::compile(std::span<const Keyword> keywords) {
  auto part = std::make_shared<Part>();
  std::vector<std::string> patterns;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  for (const auto& keyword : keywords) {
    auto rule = rule_of(keyword);
    part->rules.push_back({.keyword = keyword, .rule = {}});
    if (!rule) {
      spdlog::warn("monitor: keyword {} cannot be used: {}", keyword.id, rule.error().message);
      continue;
    }
    patterns.push_back(pattern_of(*rule));
    flags.push_back(rule->regex ? kRegexFlags : kLiteralFlags);
    ids.push_back(static_cast<unsigned>(part->rules.size()) - 1);
    auto& entry = part->rules.back();
    entry.rule = std::move(*rule);
    entry.literal = entry.rule.is_literal();
    part->literals_only = part->literals_only && entry.literal;
    part->has_exclusions = part->has_exclusions || entry.rule.kind == RuleKind::exclusion;
  }
  if (patterns.empty()) return part;
  auto database = compile_patterns(patterns, flags, ids);
  if (!database) {
    return fail(Errc::failed, Sentence(words::keywords_not_prepared, database.error().message));
  }
  part->database = std::move(*database);
  return part;
}

unsigned Matcher::Part::first_met(std::string_view folded, hs_scratch_t* scratch) const {
  if (database == nullptr) return kNoRule;
  auto first = kNoRule;
  if (literals_only) {
    hs_scan(database.get(), folded.data(), static_cast<unsigned>(folded.size()), 0, scratch,
            &keep_first, &first);
    return first;
  }
  for (const auto id : found(folded, scratch)) {
    if (rules[id].literal || is_met(rules[id].rule, folded)) return id;
  }
  return kNoRule;
}

std::vector<unsigned> Matcher::Part::found(std::string_view folded, hs_scratch_t* scratch) const {
  std::vector<unsigned> ids;
  hs_scan(database.get(), folded.data(), static_cast<unsigned>(folded.size()), 0, scratch,
          &keep_all, &ids);
  std::ranges::sort(ids);
  return ids;
}

bool Matcher::excluded(std::string_view folded) const {
  for (const auto& part : parts_) {
    if (!part->has_exclusions) continue;
    for (const auto id : part->found(folded, scratch_->memory.get())) {
      const auto& rule = part->rules[id].rule;
      if (rule.kind == RuleKind::exclusion && contains_any(rule.none, folded)) return true;
    }
  }
  return false;
}

std::optional<Match> Matcher::match(std::string_view text) const {
  if (parts_.empty() || text.empty()) return std::nullopt;
  const auto folded = fold(text);
  for (const auto& part : parts_) {
    const auto first = part->first_met(folded, scratch_->memory.get());
    if (first == kNoRule) continue;
    if (excluded(folded)) return std::nullopt;
    const auto& entry = part->rules[first];
    return Match{.keyword = entry.keyword, .marks = find_marks(text, entry.rule)};
  }
  return std::nullopt;
}

}  // namespace tgpanel::monitor
