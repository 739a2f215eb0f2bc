#include "cli/keyword.hpp"

#include "base/files.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "cli/exit_codes.hpp"
#include "cli/output.hpp"
#include "cli/printable.hpp"
#include "cli/refuse.hpp"
#include "monitor/keyword_file.hpp"
#include "monitor/matcher.hpp"
#include "monitor/rule_store.hpp"
#include "monitor/rule_syntax.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace tgpanel::cli {

namespace {

using Fate = monitor::RuleOutcome::Fate;

constexpr std::size_t kLargestFile = std::size_t{64} << 20U;
constexpr std::string_view kStandard = "-";

std::string_view kind_name(monitor::RuleKind kind) {
  switch (kind) {
    case monitor::RuleKind::words:
      return "words";
    case monitor::RuleKind::whole_words:
      return "whole words";
    case monitor::RuleKind::regex:
      return "regex";
    case monitor::RuleKind::exclusion:
      return "exclusion";
  }
  return "";
}

monitor::Keyword keyword_of(storage::KeywordRow row) {
  return {.id = row.id,
          .text = std::move(row.text),
          .added = from_unix_ms(row.added_ms),
          .plain = row.plain};
}

std::string kind_of(const monitor::Keyword& keyword) {
  const auto rule = monitor::rule_of(keyword);
  return rule ? std::string(kind_name(rule->kind)) : "unusable";
}

// `lines`: of the file each came from; empty: of no file.
Awaitable<int> add(storage::KeywordRepository* rows, std::vector<std::string> rules,
                   std::vector<std::size_t> lines) {
  auto plan = monitor::plan_rules(rules, SystemClock{}.now());
  const auto filters = monitor::filters_of(plan);
  const auto errors = monitor::check_filters(filters);
  monitor::refuse_filters(plan, errors);
  const auto outcomes = co_await monitor::store_rules(rows, std::move(plan));
  if (!outcomes) co_return refuse(outcomes.error());
  std::array<std::size_t, 3> counts{};
  for (std::size_t i = 0; i < outcomes->size(); ++i) {
    const auto& outcome = (*outcomes)[i];
    ++counts.at(static_cast<std::size_t>(outcome.fate));
    const auto shown = printable(outcome.keyword.text);
    if (outcome.fate == Fate::added && lines.empty()) {
      print_out("Added {} ({}): {}\n", outcome.keyword.id, kind_name(outcome.kind), shown);
    } else if (outcome.fate == Fate::existed && lines.empty()) {
      print_out("In the list already: {}\n", shown);
    } else if (outcome.fate == Fate::refused) {
      const auto where = lines.empty() ? std::string() : fmt::format(" (line {})", lines[i]);
      fmt::print(stderr, "Refused{}: {}\n  {}\n", where, shown, outcome.reason.english());
    }
  }
  const auto [added, existed, refused] = counts;
  print_out("{} added, {} in the list already, {} refused\n", added, existed, refused);
  if (refused == 0) co_return printed(kDone);
  co_return printed(added + existed == 0 ? kFailed : kPartlyDone);
}

Result<std::string> read_standard_input() {
  std::string text;
  std::array<char, 65'536> block{};
  while (const auto size = std::fread(block.data(), 1, block.size(), stdin)) {
    text.append(block.data(), size);
    if (text.size() > kLargestFile) return fail(Errc::invalid, "The input is too long.");
  }
  if (std::ferror(stdin) != 0) {
    return fail(Errc::failed, "Standard input could not be read to its end.");
  }
  return text;
}

Awaitable<Result<std::vector<monitor::Keyword>>> stored(storage::KeywordRepository* rows) {
  if (rows == nullptr) co_return std::vector<monitor::Keyword>{};
  auto found = co_await rows->keywords();
  if (!found) co_return std::unexpected(found.error());
  std::vector<monitor::Keyword> keywords;
  keywords.reserve(found->size());
  for (auto& row : *found) keywords.push_back(keyword_of(std::move(row)));
  co_return keywords;
}

}  // namespace

Awaitable<int> run_keyword_add(storage::KeywordRepository* rows, std::vector<std::string> rules) {
  std::vector<std::size_t> no_lines;
  co_return co_await add(rows, std::move(rules), std::move(no_lines));
}

Awaitable<int> run_keyword_import(storage::KeywordRepository* rows, std::string file) {
  const auto text = file == kStandard ? read_standard_input() : read_file(file, kLargestFile);
  if (!text) co_return refuse(text.error());
  auto read = monitor::read_keyword_file(*text);
  if (!read) co_return refuse(read.error());
  if (read->rules.empty()) {
    print_out("There is no rule in the file.\n");
    co_return printed(kDone);
  }
  co_return co_await add(rows, std::move(read->rules), std::move(read->lines));
}

Awaitable<int> run_keyword_list(storage::KeywordRepository* rows, bool json) {
  const auto keywords = co_await stored(rows);
  if (!keywords) co_return refuse(keywords.error());
  if (json) {
    Json list = Json::array();
    for (const auto& keyword : *keywords) {
      list.push_back({{"id", keyword.id},
                      {"rule", monitor::line_of(keyword)},
                      {"kind", kind_of(keyword)},
                      {"added_ms", to_unix_ms(keyword.added)}});
    }
    print_out("{}\n", list.dump(2, ' ', false, Json::error_handler_t::replace));
    co_return printed(kDone);
  }
  if (keywords->empty()) {
    print_out("There are no keywords yet. Add one with: tgpanel keyword add RULE\n");
    co_return printed(kDone);
  }
  print_out("{:>6}  {:<11}  {}\n", "ID", "KIND", "RULE");
  for (const auto& keyword : *keywords) {
    print_out("{:>6}  {:<11}  {}\n", keyword.id, kind_of(keyword),
              printable(monitor::line_of(keyword)));
  }
  co_return printed(kDone);
}

Awaitable<int> run_keyword_remove(storage::KeywordRepository* rows, std::vector<KeywordId> ids) {
  const auto keywords = co_await stored(rows);
  if (!keywords) co_return refuse(keywords.error());
  std::vector<monitor::Keyword> there;
  std::size_t missing = 0;
  for (const auto id : ids) {
    const auto found = std::ranges::find(*keywords, id, &monitor::Keyword::id);
    if (found == keywords->end()) {
      fmt::print(stderr, "There is no keyword {}. “tgpanel keyword list” shows them.\n", id);
      ++missing;
    } else if (std::ranges::find(there, id, &monitor::Keyword::id) == there.end()) {
      there.push_back(*found);
    }
  }
  if (there.empty()) co_return kNotFound;
  std::vector<KeywordId> gone;
  gone.reserve(there.size());
  for (const auto& keyword : there) gone.push_back(keyword.id);
  const auto removed = co_await rows->remove_keywords(std::move(gone));
  if (!removed) co_return refuse(removed.error());
  for (const auto& keyword : there) {
    print_out("Removed {}: {}\n", keyword.id, printable(keyword.text));
  }
  co_return printed(missing == 0 ? kDone : kPartlyDone);
}

Awaitable<int> run_keyword_export(storage::KeywordRepository* rows, std::string file) {
  const auto keywords = co_await stored(rows);
  if (!keywords) co_return refuse(keywords.error());
  const auto text = monitor::write_keyword_file(*keywords);
  if (file == kStandard) {
    write_out(text);
    co_return printed(kDone);
  }
  const auto written = write_file_atomically(file, text);
  if (!written) co_return refuse(written.error());
  print_out("{} keywords written to {}\n", keywords->size(), file);
  co_return printed(kDone);
}

}  // namespace tgpanel::cli
