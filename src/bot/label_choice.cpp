#include "bot/label_choice.hpp"

#include "base/sentence.hpp"
#include "bot/input.hpp"
#include "bot/paging.hpp"
#include "panel/eligible.hpp"
#include "panel/label.hpp"
#include "words/job_control.hpp"
#include "words/menus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kLabelsPerPage = 20;
constexpr std::size_t kLabelsPerRow = 2;
constexpr std::int32_t kLabelUnits = 28;

// Actions: "l<index>", "p<page>".

}  // namespace

std::vector<LabelCount> labels_of(const std::vector<accounts::Account>& accounts) {
  std::map<std::string, LabelCount> found;
  for (const auto& account : accounts) {
    if (!panel::eligible(account)) continue;
    for (const auto& text : account.labels) {
      const auto label = panel::read_label(text);
      if (!label) continue;
      auto& count = found[label->folded];
      if (count.accounts++ == 0) count = {label->text, label->folded, 1};
    }
  }
  std::vector<LabelCount> all;
  all.reserve(found.size());
  for (auto& [folded, count] : found) all.push_back(std::move(count));
  return all;
}

void LabelChoice::open(const std::vector<accounts::Account>& accounts) {
  labels_ = labels_of(accounts);
  page_ = 0;
}

void LabelChoice::draw(Language language, Screen& screen, const ButtonMaker& button) const {
  screen.text.add(say(language, words::ask_which_label));
  const Page page = page_of(labels_.size(), kLabelsPerPage, page_);
  if (page.count > 1) {
    screen.text.add("\n").italic(say(language, words::page_of, page.index + 1, page.count));
  }
  Row row;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    row.push_back(button(say(language, words::label_with_count,
                             shorten(labels_[i].text, kLabelUnits), labels_[i].accounts),
                         fmt::format("l{}", i)));
    if (row.size() == kLabelsPerRow) screen.rows.push_back(std::exchange(row, {}));
  }
  if (!row.empty()) screen.rows.push_back(std::move(row));
  add_page_row(language, screen, page, button);
}

std::optional<std::string> LabelChoice::press(std::string_view action) {
  if (const auto page = numbered(action, 'p')) page_ = *page;
  const auto index = numbered(action, 'l');
  if (!index || *index >= labels_.size()) return std::nullopt;
  return labels_[*index].text;
}

std::optional<std::string> LabelChoice::read(std::string_view typed) const {
  const auto label = panel::read_label(typed);
  if (!label) return std::nullopt;
  const auto found = std::ranges::find(labels_, label->folded, &LabelCount::folded);
  if (found == labels_.end()) return std::nullopt;
  return found->text;
}

}  // namespace tgpanel::bot
