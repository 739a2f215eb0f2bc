#include "bot/account_choice.hpp"

#include "bot/account_menus.hpp"
#include "bot/input.hpp"
#include "bot/paging.hpp"
#include "panel/eligible.hpp"
#include "words/actions.hpp"
#include "words/job_control.hpp"
#include "words/menus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::array kCounts{1, 2, 3, 5, 10, 20, 50, 100};
constexpr std::size_t kCountsPerRow = 4;
constexpr std::size_t kNamesPerPage = 20;
constexpr std::size_t kNamesPerRow = 2;

// Actions: "n<count>", "all", "pick", "labels" (then those of LabelChoice); in the list
// "t<account>", "p<page>", "these".
constexpr std::string_view kAll = "all";
constexpr std::string_view kPick = "pick";
constexpr std::string_view kLabels = "labels";
constexpr std::string_view kThese = "these";

/// How many are chosen from by number.
std::size_t eligible_of(const AccountChoice::Accounts& active) {
  return static_cast<std::size_t>(std::ranges::count_if(active, panel::eligible));
}

Sentence expected_count(const AccountChoice::Accounts& active) {
  const std::size_t most = eligible_of(active);
  if (active.empty()) return words::no_active_account;
  if (most == 0) return words::all_excluded;
  return most == 1 ? Sentence(words::expected_one) : Sentence(words::expected_count, most);
}

}  // namespace

void AccountChoice::draw(Language language, Screen& screen, const Accounts& active,
                         const ButtonMaker& button, bool alone) const {
  if (active.empty()) {
    if (alone) screen.text.add(say(language, words::no_active_account));
    return;
  }
  if (showing_ == Showing::list) return draw_list(language, screen, active, button);
  if (showing_ == Showing::labels) return labels_.draw(language, screen, button);
  const std::size_t most = eligible_of(active);
  if (most == 0) {
    screen.text.add(say(language, words::all_excluded));
    screen.rows.push_back({button(say(language, words::pick_accounts), kPick)});
    return;
  }
  screen.text.add(say(language, words::ask_count, most));
  Row row;
  for (const int count : kCounts) {
    if (static_cast<std::size_t>(count) >= most) break;
    row.push_back(button(digits(language, count), fmt::format("n{}", count)));
    if (row.size() == kCountsPerRow) screen.rows.push_back(std::exchange(row, {}));
  }
  if (!row.empty()) screen.rows.push_back(std::move(row));
  screen.rows.push_back({button(say(language, words::all_accounts, most), kAll),
                         button(say(language, words::pick_accounts), kPick)});
  if (!labels_of(active).empty()) {
    screen.rows.push_back({button(say(language, words::by_label), kLabels)});
  }
}

void AccountChoice::draw_list(Language language, Screen& screen, const Accounts& active,
                              const ButtonMaker& button) const {
  Accounts sorted = active;
  std::ranges::sort(sorted, {}, &accounts::Account::id);
  const auto chosen = std::ranges::count_if(
      sorted, [this](const auto& account) { return picked_.contains(account.id); });
  screen.text.add(say(language, words::ask_accounts, chosen));
  const Page page = page_of(sorted.size(), kNamesPerPage, page_);
  if (page.count > 1) {
    screen.text.add("\n").italic(say(language, words::page_of, page.index + 1, page.count));
  }
  Row row;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& account = sorted[i];
    const auto name = account_button(language, account);
    row.push_back(
        button(picked_.contains(account.id) ? "✓ " + name : name, fmt::format("t{}", account.id)));
    if (row.size() == kNamesPerRow) screen.rows.push_back(std::exchange(row, {}));
  }
  if (!row.empty()) screen.rows.push_back(std::move(row));
  add_page_row(language, screen, page, button);
  if (chosen > 0) {
    screen.rows.push_back({button(say(language, words::these_accounts, chosen), kThese)});
  }
}

Verdict AccountChoice::press(std::string_view action, const Accounts& active) {
  if (showing_ == Showing::list) return press_list(action, active);
  if (showing_ == Showing::labels) {
    auto label = labels_.press(action);
    return label ? take_label(std::move(label)) : Verdict::stay();
  }
  if (action == kLabels) {
    showing_ = Showing::labels;
    labels_.open(active);
    return Verdict::stay();
  }
  if (action == kAll) {
    choice_ = panel::All{};
    return Verdict::done();
  }
  if (action == kPick) {
    showing_ = Showing::list;
    page_ = 0;
    return Verdict::stay();
  }
  const auto count = numbered(action, 'n');
  return count ? take(static_cast<std::int64_t>(*count), active) : Verdict::stay();
}

Verdict AccountChoice::press_list(std::string_view action, const Accounts& active) {
  if (const auto account = numbered(action, 't')) {
    const auto id = static_cast<AccountId>(*account);
    if (picked_.erase(id) == 0) picked_.insert(id);
  } else if (const auto page = numbered(action, 'p')) {
    page_ = *page;
  } else if (action == kThese) {
    panel::Picked these;
    for (const auto& one : active) {
      if (picked_.contains(one.id)) these.ids.push_back(one.id);
    }
    if (these.ids.empty()) return Verdict::refuse(words::none_picked);
    choice_ = std::move(these);
    return Verdict::done();
  }
  return Verdict::stay();
}

Verdict AccountChoice::answer(const std::optional<std::string>& typed, const Accounts& active) {
  if (showing_ == Showing::list && !active.empty()) return pick(typed, active);
  if (showing_ == Showing::labels) return take_label(typed ? labels_.read(*typed) : std::nullopt);
  const auto count = typed ? parse_count(*typed) : std::nullopt;
  return count ? take(*count, active) : Verdict::refuse(expected_count(active));
}

Verdict AccountChoice::pick(const std::optional<std::string>& typed, const Accounts& active) {
  const auto ranges = typed ? parse_numbers(*typed) : std::nullopt;
  if (!ranges) return Verdict::refuse(words::expected_accounts);
  std::set<AccountId> named;
  for (const auto& [first, last] : *ranges) {
    bool any = false;
    for (const auto& account : active) {
      if (account.id < first || account.id > last) continue;
      named.insert(account.id);
      any = true;
    }
    if (!any) return Verdict::refuse({words::no_such_accounts, first});
  }
  picked_.merge(named);
  return Verdict::stay();
}

Verdict AccountChoice::take(std::int64_t count, const Accounts& active) {
  if (count < 1 || std::cmp_greater(count, eligible_of(active))) {
    return Verdict::refuse(expected_count(active));
  }
  choice_ = panel::Some{static_cast<int>(count)};
  return Verdict::done();
}

Verdict AccountChoice::take_label(std::optional<std::string> label) {
  if (!label) return Verdict::refuse(words::choose_a_label);
  choice_ = panel::Labelled{std::move(*label)};
  return Verdict::done();
}

bool AccountChoice::back() {
  return std::exchange(showing_, Showing::number) != Showing::number;
}

}  // namespace tgpanel::bot
