#include "monitor/matcher.hpp"

#include "monitor/fold.hpp"

#include <fmt/core.h>
#include <hs.h>

#include <algorithm>
#include <array>
#include <limits>

namespace tgpanel::monitor {

struct HsFree {
  void operator()(hs_database_t* database) const { hs_free_database(database); }

  void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }

  void operator()(hs_compile_error_t* error) const { hs_free_compile_error(error); }
};

// Keywords that follow one another, compiled together.
struct Matcher::Part {
  struct Rule {
    Keyword keyword;
    std::string folded;
  };

  std::vector<Rule> rules;
  std::unique_ptr<hs_database_t, HsFree> database;
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

std::vector<Alert::Span> find_marks(std::string_view text, std::string_view needle) {
  const auto traced = fold_traced(text);
  std::vector<Alert::Span> marks;
  for (auto at = traced.text.find(needle); at != std::string::npos;
       at = traced.text.find(needle, at + needle.size())) {
    const auto begin = traced.origins[at].begin;
    const auto end = traced.origins[at + needle.size() - 1].end;
    // Two finds inside one expanded character (ß, ﷺ) would mark it twice.
    const auto last = marks.empty() ? 0 : marks.back().offset + marks.back().length;
    const auto offset = std::max(static_cast<std::int32_t>(begin), last);
    const auto length = static_cast<std::int32_t>(end) - offset;
    if (length > 0) marks.push_back({.offset = offset, .length = length});
  }
  return marks;
}

}  // namespace

Result<std::string> fold_keyword(std::string_view text) {
  auto folded = fold(text);
  if (folded.starts_with(' ')) folded.erase(0, 1);
  if (folded.ends_with(' ')) folded.pop_back();
  if (folded.empty()) {
    return fail(Errc::invalid,
                "The keyword is empty. Send a word or a phrase, for example: bitcoin");
  }
  if (const auto length = count_characters(text); length > kKeywordLimit) {
    return fail(Errc::invalid,
                fmt::format("The keyword has {} characters; at most {} are possible. "
                            "Send a shorter one.",
                            length, kKeywordLimit));
  }
  if (!has_letter_or_digit(folded)) {
    return fail(
        Errc::invalid,
        "The keyword has no letter and no digit, so it cannot be searched for. Send a word or "
        "a phrase, for example: bitcoin");
  }
  return folded;
}

Matcher::Matcher(Parts parts, std::unique_ptr<Scratch> scratch)
    : parts_(std::move(parts)), scratch_(std::move(scratch)) {}

Matcher::~Matcher() = default;

Result<std::shared_ptr<const Matcher>> Matcher::build(std::span<const Keyword> keywords,
                                                      const MatcherBuild& how) {
  Parts parts;
  auto scratch = std::make_unique<Scratch>();
  for (auto& run : runs(keywords, how)) {
    if (how.stop.stop_requested()) return fail(Errc::cancelled, "The panel is stopping.");
    if (!run.part) {
      auto compiled = compile(keywords.subspan(run.begin, run.end - run.begin));
      if (!compiled) return std::unexpected(compiled.error());
      run.part = std::move(*compiled);
    }
    hs_scratch_t* grown = scratch->memory.release();
    const auto allocated = hs_alloc_scratch(run.part->database.get(), &grown);
    scratch->memory.reset(grown);
    if (allocated != HS_SUCCESS) {
      return fail(Errc::failed, "There is not enough memory to prepare the keywords for matching.");
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
      const auto same = [](const Keyword& keyword, const Part::Rule& rule) {
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
  for (const auto& keyword : keywords) {
    auto folded = fold_keyword(keyword.text);
    if (!folded) return std::unexpected(folded.error());
    patterns.push_back(escape(*folded));
    part->rules.push_back({keyword, std::move(*folded)});
  }
  std::vector<const char*> expressions;
  std::vector<unsigned> ids;
  for (const auto& pattern : patterns) {
    ids.push_back(static_cast<unsigned>(expressions.size()));
    expressions.push_back(pattern.c_str());
  }
  const std::vector<unsigned> flags(expressions.size(), HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH);

  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const auto compiled = hs_compile_multi(expressions.data(), flags.data(), ids.data(),
                                         static_cast<unsigned>(expressions.size()), HS_MODE_BLOCK,
                                         nullptr, &database, &error);
  part->database.reset(database);
  const std::unique_ptr<hs_compile_error_t, HsFree> error_owner(error);
  if (compiled != HS_SUCCESS) {
    return fail(Errc::failed, fmt::format("The keywords could not be prepared for matching: {}",
                                          error == nullptr ? "no reason given" : error->message));
  }
  return part;
}

std::optional<Match> Matcher::match(std::string_view text) const {
  if (parts_.empty() || text.empty()) return std::nullopt;
  const auto folded = fold(text);
  for (const auto& part : parts_) {
    auto first = kNoRule;
    hs_scan(part->database.get(), folded.data(), static_cast<unsigned>(folded.size()), 0,
            scratch_->memory.get(), &keep_first, &first);
    if (first == kNoRule) continue;
    const auto& rule = part->rules[first];
    return Match{.keyword = rule.keyword, .marks = find_marks(text, rule.folded)};
  }
  return std::nullopt;
}

}  // namespace tgpanel::monitor
