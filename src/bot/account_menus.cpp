#include "bot/account_menus.hpp"

#include "base/local_time.hpp"
#include "base/text.hpp"
#include "bot/menu_builder.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tgpanel::bot {
namespace {

using accounts::AccountState;

constexpr std::size_t kGroupsPerPage = 20;

const accounts::Account* find(const View& view, AccountId id) {
  const auto found = std::ranges::find(view.accounts, id, &accounts::Account::id);
  return found == view.accounts.end() ? nullptr : &*found;
}

Screen gone(Builder b) {
  b.text().add(text(Text::account_gone));
  b.back(Menu::account_list);
  return b.finish();
}

std::string labels_line(const accounts::Account& account) {
  if (account.labels.empty()) return text(Text::no_labels);
  std::string all;
  for (const auto& label : account.labels) {
    if (!all.empty()) all += ", ";
    all += isolate(label);
  }
  return text(Text::account_labels_are, all);
}

/// What Telegram lets the account not do, a line each.
void held_back(RichText& out, const accounts::Account& account, const std::string& zone) {
  if (account.freeze.on) {
    out.add(text(Text::account_frozen, local_time(account.freeze.since, zone))).add("\n");
    if (account.freeze.until != Instant{}) {
      out.add(text(Text::account_frozen_until, local_time(account.freeze.until, zone))).add("\n");
    }
    if (!account.freeze.appeal.empty()) {
      out.add(text(Text::account_appeal, shorten(account.freeze.appeal, 200))).add("\n");
    }
  }
  if (account.limit.on) {
    out.add(account.limit.until == Instant{}
                ? text(Text::account_limited)
                : text(Text::account_limited_until, local_time(account.limit.until, zone)))
        .add("\n");
  }
  if (account.waiting_until != Instant{}) {
    out.add(text(Text::account_waiting, local_time(account.waiting_until, zone))).add("\n");
  }
}

void open_buttons(Builder& b, const std::vector<accounts::Account>& accounts, const Page& page) {
  for (std::size_t i = page.begin; i < page.end; ++i) {
    b.row({{account_button(accounts[i]), Builder::go(Menu::account, accounts[i].id)}});
  }
}

void account_buttons(Builder& b, const accounts::Account& account) {
  if (account.state == AccountState::active || account.state == AccountState::connecting) {
    b.row({{text(Text::switch_off), std::string(kSwitchOff)}});
  } else if (account.state == AccountState::disabled) {
    b.row({{text(Text::switch_on), std::string(kSwitchOn)}});
  } else if (needs_person(account.state)) {
    b.row({{text(Text::log_in_again), Builder::begin(kLogInAgain)}});
  }
  if (account.state == AccountState::deleting) return;
  b.row({{text(Text::labels), Builder::go(Menu::account_labels, account.id)}});
  b.row({{text(account.excluded ? Text::include : Text::exclude),
          std::string(account.excluded ? kInclude : kExclude)}});
  if (account.state == AccountState::active) {
    b.row({{text(Text::show_groups),
            Builder::go(Menu::account_groups, groups_parameter(account.id, 0))}});
  }
  b.row({{text(Text::delete_account), Builder::go(Menu::account_delete, account.id)}});
}

}  // namespace

std::string state_words(const accounts::Account& account, const std::string& zone) {
  if (account.state != AccountState::active) return describe(account.state);
  std::vector<std::string> held;
  if (account.freeze.on) held.push_back(text(Text::state_frozen));
  if (account.limit.on) {
    held.push_back(account.limit.until == Instant{}
                       ? text(Text::state_limited)
                       : text(Text::state_limited_until, local_time(account.limit.until, zone)));
  }
  if (account.waiting_until != Instant{}) {
    held.push_back(text(Text::state_waiting_until, local_time(account.waiting_until, zone)));
  }
  return held.empty() ? describe(account.state) : fmt::format("{}", fmt::join(held, ", "));
}

std::string state_line(const accounts::Account& account, const std::string& zone,
                       std::int32_t units) {
  const bool frozen = account.state == AccountState::active && account.freeze.on;
  const Instant since = frozen ? account.freeze.since : account.since;
  auto line = text(Text::state_since, state_words(account, zone), local_time(since, zone));
  if (!account.reason.empty()) line += ": " + shorten(account.reason.english(), units);
  return line;
}

std::string account_button(const accounts::Account& account) {
  return text(Text::account_button, account.id, isolate(shorten(account.name, kNameUnits)));
}

std::string next_step(AccountState state) {
  switch (state) {
    case AccountState::active:
      break;
    case AccountState::connecting:
      return text(Text::next_connecting);
    case AccountState::disabled:
      return text(Text::next_disabled);
    case AccountState::login_needed:
    case AccountState::duplicated_key:
      return text(Text::next_login);
    case AccountState::banned:
      return text(Text::next_banned);
    case AccountState::wrong_key:
      return text(Text::next_wrong_key);
    case AccountState::deleting:
      return text(Text::next_deleting);
  }
  return {};
}

std::string next_step(const accounts::Account& account) {
  const bool frozen = account.state == AccountState::active && account.freeze.on;
  return frozen ? text(Text::next_frozen) : next_step(account.state);
}

Screen account_list(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::list_accounts);
  const Page page = page_of(view.accounts.size(), kAccountsPerPage, parameter(menu));
  if (view.accounts.empty()) b.text().add(text(Text::no_accounts));
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& account = view.accounts[i];
    b.text().add(fmt::format("{}. {}\n    ", account.id, describe(account)));
    b.text().italic(state_line(account, view.zone, 150)).add("\n");
    std::string more;
    if (const auto count = view.group_counts.find(account.id); count != view.group_counts.end()) {
      more = text(Text::groups_count, count->second);
    }
    if (!account.labels.empty())
      more += (more.empty() ? "" : " · ") + shorten(labels_line(account), 120);
    if (!more.empty()) b.text().add("    ").add(more).add("\n");
  }
  page_line(b.text(), page);
  open_buttons(b, view.accounts, page);
  b.pages(page);
  if (!view.accounts.empty()) b.row({{text(Text::search), Builder::begin(kSearch)}});
  b.back(Menu::accounts);
  return b.finish();
}

Screen account_page(MenuRef menu, const View& view) {
  Builder b(menu);
  const auto* account = find(view, menu.parameter);
  if (account == nullptr) return gone(std::move(b));
  auto& out = b.text();
  out.bold(describe(*account)).add("\n\n");
  out.add(text(Text::account_number, account->id)).add("\n");
  out.add(text(Text::account_user_id)).add(" ").code(std::to_string(account->user_id)).add("\n");
  out.add(text(Text::account_state_since, describe(account->state),
               local_time(account->since, view.zone)))
      .add("\n");
  held_back(out, *account, view.zone);
  if (!account->reason.empty()) out.add(shorten(account->reason.english(), 500)).add("\n");
  out.add(account->state == AccountState::active ? text(Text::account_groups_n, view.groups.size())
                                                 : text(Text::account_groups_unknown))
      .add("\n");
  out.add(labels_line(*account));
  if (account->excluded) out.add("\n").add(text(Text::account_excluded));
  if (const auto next = next_step(*account); !next.empty()) {
    out.add("\n\n").add(text(Text::what_to_do, next));
  }
  account_buttons(b, *account);
  b.row({{text(Text::refresh), Builder::go(Menu::account, account->id)}});
  b.back(Menu::account_list);
  return b.finish();
}

Screen account_delete(MenuRef menu, const View& view) {
  Builder b(menu);
  const auto* account = find(view, menu.parameter);
  if (account == nullptr) return gone(std::move(b));
  b.text().bold(describe(*account)).add("\n\n").add(text(Text::delete_question));
  if (account->state != AccountState::deleting) {
    b.row({{text(Text::yes_delete), std::string(kRemove)}});
  }
  b.back(Menu::account, account->id);
  return b.finish();
}

Screen account_labels(MenuRef menu, const View& view) {
  Builder b(menu);
  const auto* account = find(view, menu.parameter);
  if (account == nullptr) return gone(std::move(b));
  b.text().bold(describe(*account)).add("\n\n").add(labels_line(*account));
  if (!account->labels.empty()) b.text().add("\n").add(text(Text::press_to_drop_label));
  for (std::size_t i = 0; i < account->labels.size(); ++i) {
    b.row({{fmt::format("✕ {}", account->labels[i]), fmt::format("{}{}", kDropLabel, i)}});
  }
  if (account->labels.size() < accounts::kMostLabels) {
    b.row({{text(Text::add_label), Builder::begin(kAddLabel)}});
  }
  b.back(Menu::account, account->id);
  return b.finish();
}

Screen account_groups(MenuRef menu, const View& view) {
  Builder b(menu);
  const AccountId id = account_of_groups(menu.parameter);
  const auto* account = find(view, id);
  if (account == nullptr) return gone(std::move(b));
  const auto wanted = static_cast<std::size_t>(menu.parameter % kMostGroupPages);
  const Page page = page_of(view.groups.size(), kGroupsPerPage, wanted);
  b.text().bold(describe(*account)).add("\n\n");
  if (view.groups.empty()) b.text().add(text(Text::no_groups));
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& group = view.groups[i];
    const auto name = group.title.empty() ? std::to_string(group.id) : shorten(group.title, 80);
    b.text().add("• ").add(isolate(name));
    if (!group.username.empty()) b.text().add(fmt::format(" (@{})", group.username));
    b.text().add("\n");
  }
  page_line(b.text(), page);
  std::vector<std::pair<std::string, std::string>> turn;
  const auto index = static_cast<std::int64_t>(page.index);
  if (page.index > 0) {
    turn.emplace_back(text(Text::previous),
                      Builder::go(Menu::account_groups, groups_parameter(id, index - 1)));
  }
  if (page.index + 1 < page.count) {
    turn.emplace_back(text(Text::next),
                      Builder::go(Menu::account_groups, groups_parameter(id, index + 1)));
  }
  if (!turn.empty()) b.row(std::move(turn));
  b.back(Menu::account, id);
  return b.finish();
}

Screen inactive_accounts(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::inactive_accounts);
  std::vector<accounts::Account> inactive;
  std::ranges::copy_if(view.accounts, std::back_inserter(inactive), [](const auto& account) {
    return account.state != AccountState::active || account.freeze.on;
  });
  const Page page = page_of(inactive.size(), kAccountsPerPage, parameter(menu));
  if (inactive.empty()) b.text().add(text(Text::no_inactive));
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& account = inactive[i];
    b.text().add(fmt::format("{}. {}\n    ", account.id, describe(account)));
    b.text().italic(state_line(account, view.zone, 120));
    b.text().add("\n    ").add(next_step(account)).add("\n");
  }
  page_line(b.text(), page);
  open_buttons(b, inactive, page);
  b.pages(page);
  b.back(Menu::accounts);
  return b.finish();
}

}  // namespace tgpanel::bot
