#include "words/catalogue.hpp"

#include "base/json.hpp"
// The .def files below need them.
// IWYU pragma: begin_keep
#include "words/accounts.hpp"
#include "words/actions.hpp"
#include "words/alerts.hpp"
#include "words/errors_accounts.hpp"
#include "words/errors_actions.hpp"
#include "words/errors_common.hpp"
#include "words/errors_jobs.hpp"
#include "words/errors_links.hpp"
#include "words/errors_monitor.hpp"
#include "words/errors_panel.hpp"
#include "words/job_control.hpp"
#include "words/jobs.hpp"
#include "words/login.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"
#include "words/people.hpp"
#include "words/settings.hpp"
#include "words/start.hpp"
#include "words/statistics.hpp"
// IWYU pragma: end_keep

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

namespace tgpanel::words {
namespace {

const std::vector<const Phrase*>& sorted() {
  static const std::vector<const Phrase*> phrases = [] {
    std::vector<const Phrase*> list{
// NOLINTNEXTLINE(bugprone-macro-parentheses): an address in a list
#define PHRASE(name, en, fa) &name,
#include "words/accounts.def"
#include "words/actions.def"
#include "words/alerts.def"
#include "words/errors_accounts.def"
#include "words/errors_actions.def"
#include "words/errors_common.def"
#include "words/errors_jobs.def"
#include "words/errors_links.def"
#include "words/errors_monitor.def"
#include "words/errors_panel.def"
#include "words/job_control.def"
#include "words/jobs.def"
#include "words/login.def"
#include "words/menus.def"
#include "words/monitor.def"
#include "words/people.def"
#include "words/settings.def"
#include "words/start.def"
#include "words/statistics.def"
#undef PHRASE
    };
    std::ranges::sort(list, {},
                      [](const Phrase* phrase) { return std::string_view(phrase->name); });
    return list;
  }();
  return phrases;
}

struct ToJson {
  Json operator()(std::int64_t number) const { return number; }

  Json operator()(const std::string& text) const { return text; }

  Json operator()(const std::shared_ptr<const Sentence>& sentence) const {
    if (sentence->phrase() == nullptr) return sentence->plain_text();
    return to_json(*sentence);
  }

  static Json to_json(const Sentence& sentence) {
    Json array = Json::array({sentence.phrase()->name});
    for (const auto& gap : sentence.gaps()) array.push_back(std::visit(ToJson{}, gap));
    return array;
  }
};

Sentence from_json(const Json& array);

Sentence::Gap gap_of(const Json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_array()) return std::make_shared<const Sentence>(from_json(value));
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Sentence from_json(const Json& array) {
  if (array.empty() || !array.front().is_string()) return Sentence::plain(array.dump());
  const auto* phrase = find(array.front().get_ref<const std::string&>());
  std::vector<Sentence::Gap> gaps;
  std::string remains;
  for (auto it = array.begin() + 1; it != array.end(); ++it) {
    gaps.push_back(gap_of(*it));
    if (it->is_string()) remains += (remains.empty() ? "" : " ") + it->get<std::string>();
  }
  if (phrase == nullptr) return Sentence::plain(std::move(remains));
  gaps.resize(std::max(gaps.size(), gaps_in(phrase->en)), std::string("…"));
  return {*phrase, std::move(gaps)};
}

}  // namespace

std::size_t gaps_in(std::string_view pattern) {
  std::size_t count = 0;
  for (std::size_t i = 0; i + 2 < pattern.size(); ++i) {
    if (pattern[i] != '{' || pattern[i + 1] < '0' || pattern[i + 1] > '9') continue;
    count = std::max(count, static_cast<std::size_t>(pattern[i + 1] - '0') + 1);
  }
  return count;
}

std::span<const Phrase* const> all() {
  return sorted();
}

const Phrase* find(std::string_view name) {
  const auto& phrases = sorted();
  const auto by_name = [](const Phrase* phrase) { return std::string_view(phrase->name); };
  const auto found = std::ranges::lower_bound(phrases, name, {}, by_name);
  return found != phrases.end() && by_name(*found) == name ? *found : nullptr;
}

std::string encode(const Sentence& sentence) {
  if (sentence.phrase() == nullptr) return sentence.plain_text();
  return ToJson::to_json(sentence).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Sentence decode(std::string_view stored) {
  if (stored.starts_with("[\"")) {
    const auto array = Json::parse(stored, nullptr, false);
    if (array.is_array()) return from_json(array);
  }
  return Sentence::plain(std::string(stored));
}

}  // namespace tgpanel::words
