#include "monitor/matcher.hpp"

#include "monitor/fold.hpp"

#include <fmt/core.h>
#include <hs.h>

#include <algorithm>
#include <array>
#include <limits>

namespace tgpanel::monitor {

struct Matcher::Engine {
  struct Free {
    void operator()(hs_database_t* database) const { hs_free_database(database); }

    void operator()(hs_scratch_t* scratch) const { hs_free_scratch(scratch); }

    void operator()(hs_compile_error_t* error) const { hs_free_compile_error(error); }
  };

  std::unique_ptr<hs_database_t, Free> database;
  std::unique_ptr<hs_scratch_t, Free> scratch;
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

Matcher::Matcher(std::vector<Rule> rules, std::unique_ptr<Engine> engine)
    : rules_(std::move(rules)), engine_(std::move(engine)) {}

Matcher::~Matcher() = default;

Result<std::shared_ptr<const Matcher>> Matcher::build(std::span<const Keyword> keywords) {
  std::vector<Rule> rules;
  std::vector<std::string> patterns;
  for (const auto& keyword : keywords) {
    auto folded = fold_keyword(keyword.text);
    if (!folded) return std::unexpected(folded.error());
    patterns.push_back(escape(*folded));
    rules.push_back({keyword, std::move(*folded)});
  }
  if (rules.empty()) {
    return std::shared_ptr<const Matcher>(new Matcher({}, nullptr));  // NOLINT(*-owning-memory)
  }

  std::vector<const char*> expressions;
  std::vector<unsigned> ids;
  for (const auto& pattern : patterns) {
    ids.push_back(static_cast<unsigned>(expressions.size()));
    expressions.push_back(pattern.c_str());
  }
  const std::vector<unsigned> flags(expressions.size(), HS_FLAG_UTF8 | HS_FLAG_SINGLEMATCH);

  auto engine = std::make_unique<Engine>();
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const auto compiled = hs_compile_multi(expressions.data(), flags.data(), ids.data(),
                                         static_cast<unsigned>(expressions.size()), HS_MODE_BLOCK,
                                         nullptr, &database, &error);
  engine->database.reset(database);
  const std::unique_ptr<hs_compile_error_t, Engine::Free> error_owner(error);
  if (compiled != HS_SUCCESS) {
    return fail(Errc::failed, fmt::format("The keywords could not be prepared for matching: {}",
                                          error == nullptr ? "no reason given" : error->message));
  }
  hs_scratch_t* scratch = nullptr;
  const auto allocated = hs_alloc_scratch(database, &scratch);
  engine->scratch.reset(scratch);
  if (allocated != HS_SUCCESS) {
    return fail(Errc::failed, "There is not enough memory to prepare the keywords for matching.");
  }
  return std::shared_ptr<const Matcher>(
      new Matcher(std::move(rules), std::move(engine)));  // NOLINT(*-owning-memory)
}

std::optional<Match> Matcher::match(std::string_view text) const {
  if (rules_.empty() || text.empty()) return std::nullopt;
  const auto folded = fold(text);
  auto first = kNoRule;
  hs_scan(engine_->database.get(), folded.data(), static_cast<unsigned>(folded.size()), 0,
          engine_->scratch.get(), &keep_first, &first);
  if (first == kNoRule) return std::nullopt;
  const auto& rule = rules_[first];
  return Match{.keyword = rule.keyword, .marks = find_marks(text, rule.folded)};
}

}  // namespace tgpanel::monitor
