#include "bot/account_menus.hpp"

#include "base/local_time.hpp"
#include "base/text.hpp"
#include "bot/menu_builder.hpp"
#include "bot/told.hpp"
#include "words/accounts.hpp"
#include "words/login.hpp"
#include "words/menus.hpp"

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
  b.text().add(b.say(words::account_gone));
  b.back(Menu::account_list);
  return b.finish();
}

std::string labels_line(const Builder& b, const accounts::Account& account) {
  if (account.labels.empty()) return b.say(words::no_labels);
  std::string all;
  for (const auto& label : account.labels) {
    if (!all.empty()) all += b.say(words::comma);
    all += isolate(label);
  }
  return b.say(words::account_labels_are, all);
}

std::string groups_line(const Builder& b, const View& view, const accounts::Account& account) {
  if (account.state == AccountState::active) {
    return b.say(words::account_groups_n, view.groups.size());
  }
  const auto& known = account.known_groups;
  if (known.at == Instant{}) return b.say(words::account_groups_unknown);
  return b.say(words::account_groups_then, known.count,
               local_time(view.language, known.at, view.zone));
}

/// What Telegram lets the account not do, a line each.
void held_back(Builder& b, const accounts::Account& account, const std::string& zone) {
  const auto time = [&](Instant at) { return local_time(b.language(), at, zone); };
  auto& out = b.text();
  if (account.freeze.on) {
    out.add(b.say(words::account_frozen, time(account.freeze.since))).add("\n");
    if (account.freeze.until != Instant{}) {
      out.add(b.say(words::account_frozen_until, time(account.freeze.until))).add("\n");
    }
    if (!account.freeze.appeal.empty()) {
      out.add(b.say(words::account_appeal, shorten(account.freeze.appeal, 200))).add("\n");
    }
  }
  if (account.limit.on) {
    out.add(account.limit.until == Instant{}
                ? b.say(words::account_limited)
                : b.say(words::account_limited_until, time(account.limit.until)))
        .add("\n");
  }
  if (account.waiting_until != Instant{}) {
    out.add(b.say(words::account_waiting, time(account.waiting_until))).add("\n");
  }
}

void open_buttons(Builder& b, const std::vector<accounts::Account>& accounts, const Page& page) {
  for (std::size_t i = page.begin; i < page.end; ++i) {
    b.row(
        {{account_button(b.language(), accounts[i]), Builder::go(Menu::account, accounts[i].id)}});
  }
}

void account_buttons(Builder& b, const accounts::Account& account) {
  if (account.state == AccountState::active || account.state == AccountState::connecting) {
    b.row({{b.say(words::switch_off), std::string(kSwitchOff)}});
  } else if (account.state == AccountState::disabled) {
    b.row({{b.say(words::switch_on), std::string(kSwitchOn)}});
  } else if (needs_person(account.state)) {
    b.row({{b.say(words::log_in_again), Builder::begin(kLogInAgain)}});
  }
  if (account.state == AccountState::deleting) return;
  b.row({{b.say(words::labels), Builder::go(Menu::account_labels, account.id)}});
  b.row({{b.say(account.excluded ? words::include : words::exclude),
          std::string(account.excluded ? kInclude : kExclude)}});
  if (account.state == AccountState::active) {
    b.row({{b.say(words::show_groups),
            Builder::go(Menu::account_groups, groups_parameter(account.id, 0))}});
  }
  b.row({{b.say(words::delete_account), Builder::go(Menu::account_delete, account.id)}});
}

}  // namespace

std::string state_words(Language language, const accounts::Account& account,
                        const std::string& zone) {
  auto in_words = say(language, describe(account.state));
  if (account.state != AccountState::active) return in_words;
  std::vector<std::string> held;
  if (account.freeze.on) held.push_back(say(language, words::state_frozen));
  if (account.limit.on) {
    held.push_back(account.limit.until == Instant{}
                       ? say(language, words::state_limited)
                       : say(language, words::state_limited_until,
                             local_time(language, account.limit.until, zone)));
  }
  if (account.waiting_until != Instant{}) {
    held.push_back(say(language, words::state_waiting_until,
                       local_time(language, account.waiting_until, zone)));
  }
  if (held.empty()) return in_words;
  return fmt::format("{}", fmt::join(held, say(language, words::comma)));
}

std::string state_line(Language language, const accounts::Account& account, const std::string& zone,
                       std::int32_t units) {
  const bool frozen = account.state == AccountState::active && account.freeze.on;
  const Instant since = frozen ? account.freeze.since : account.since;
  auto line =
      say(language, words::state_since, Sentence::plain(state_words(language, account, zone)),
          local_time(language, since, zone));
  if (!account.reason.empty()) line += ": " + told(language, account.reason, units);
  return line;
}

std::string account_button(Language language, const accounts::Account& account) {
  return say(language, words::account_button, account.id,
             isolate(shorten(account.name, kNameUnits)));
}

const Phrase* next_step(AccountState state) {
  switch (state) {
    case AccountState::active:
      break;
    case AccountState::connecting:
      return &words::next_connecting;
    case AccountState::disabled:
      return &words::next_disabled;
    case AccountState::login_needed:
    case AccountState::duplicated_key:
      return &words::next_login;
    case AccountState::banned:
      return &words::next_banned;
    case AccountState::wrong_key:
      return &words::next_wrong_key;
    case AccountState::deleting:
      return &words::next_deleting;
  }
  return nullptr;
}

const Phrase* next_step(const accounts::Account& account) {
  const bool frozen = account.state == AccountState::active && account.freeze.on;
  return frozen ? &words::next_frozen : next_step(account.state);
}

Screen account_list(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::list_accounts);
  const Page page = page_of(view.accounts.size(), kAccountsPerPage, parameter(menu));
  if (view.accounts.empty()) b.text().add(b.say(words::no_accounts));
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& account = view.accounts[i];
    b.text().add(fmt::format("{}. {}\n    ", digits(view.language, account.id),
                             describe(view.language, account)));
    b.text().italic(state_line(view.language, account, view.zone, 150)).add("\n");
    std::string more;
    if (const auto count = view.group_counts.find(account.id); count != view.group_counts.end()) {
      more = b.say(words::groups_count, count->second);
    } else if (const auto& known = account.known_groups; known.at != Instant{}) {
      more = b.say(words::groups_count_then, known.count,
                   local_time(view.language, known.at, view.zone));
    }
    if (!account.labels.empty()) {
      more += (more.empty() ? "" : " · ") + shorten(labels_line(b, account), 120);
    }
    if (!more.empty()) b.text().add("    ").add(more).add("\n");
  }
  b.page_line(page);
  open_buttons(b, view.accounts, page);
  b.pages(page);
  if (!view.accounts.empty()) b.row({{b.say(words::search), Builder::begin(kSearch)}});
  b.back(Menu::accounts);
  return b.finish();
}

Screen account_page(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const auto* account = find(view, menu.parameter);
  if (account == nullptr) return gone(std::move(b));
  auto& out = b.text();
  out.bold(describe(view.language, *account)).add("\n\n");
  out.add(b.say(words::account_number, account->id)).add("\n");
  out.add(b.say(words::account_user_id))
      .add(" ")
      .code(view.language, std::to_string(account->user_id))
      .add("\n");
  out.add(b.say(words::account_state_since, describe(account->state),
                local_time(view.language, account->since, view.zone)))
      .add("\n");
  held_back(b, *account, view.zone);
  if (!account->reason.empty()) out.add(told(view.language, account->reason, 500)).add("\n");
  out.add(groups_line(b, view, *account)).add("\n");
  out.add(labels_line(b, *account));
  if (account->excluded) out.add("\n").add(b.say(words::account_excluded));
  if (const auto* next = next_step(*account)) {
    out.add("\n\n").add(b.say(words::what_to_do, *next));
  }
  account_buttons(b, *account);
  b.row({{b.say(words::refresh), Builder::go(Menu::account, account->id)}});
  b.back(Menu::account_list);
  return b.finish();
}

Screen account_delete(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const auto* account = find(view, menu.parameter);
  if (account == nullptr) return gone(std::move(b));
  b.text().bold(describe(view.language, *account)).add("\n\n").add(b.say(words::delete_question));
  if (account->state != AccountState::deleting) {
    b.row({{b.say(words::yes_delete), std::string(kRemove)}});
  }
  b.back(Menu::account, account->id);
  return b.finish();
}

Screen account_labels(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const auto* account = find(view, menu.parameter);
  if (account == nullptr) return gone(std::move(b));
  b.text().bold(describe(view.language, *account)).add("\n\n").add(labels_line(b, *account));
  if (!account->labels.empty()) b.text().add("\n").add(b.say(words::press_to_drop_label));
  for (std::size_t i = 0; i < account->labels.size(); ++i) {
    b.row({{fmt::format("✕ {}", account->labels[i]), fmt::format("{}{}", kDropLabel, i)}});
  }
  if (account->labels.size() < accounts::kMostLabels) {
    b.row({{b.say(words::add_label), Builder::begin(kAddLabel)}});
  }
  b.back(Menu::account, account->id);
  return b.finish();
}

Screen account_groups(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const AccountId id = account_of_groups(menu.parameter);
  const auto* account = find(view, id);
  if (account == nullptr) return gone(std::move(b));
  const auto wanted = static_cast<std::size_t>(menu.parameter % kMostGroupPages);
  const Page page = page_of(view.groups.size(), kGroupsPerPage, wanted);
  b.text().bold(describe(view.language, *account)).add("\n\n");
  if (view.groups.empty()) b.text().add(b.say(words::no_groups));
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& group = view.groups[i];
    const auto name = group.title.empty() ? std::to_string(group.id) : shorten(group.title, 80);
    b.text().add("• ").add(isolate(name));
    if (!group.username.empty()) b.text().add(fmt::format(" ({})", b.apart("@" + group.username)));
    b.text().add("\n");
  }
  b.page_line(page);
  std::vector<std::pair<std::string, std::string>> turn;
  const auto index = static_cast<std::int64_t>(page.index);
  if (page.index > 0) {
    turn.emplace_back(b.say(words::previous),
                      Builder::go(Menu::account_groups, groups_parameter(id, index - 1)));
  }
  if (page.index + 1 < page.count) {
    turn.emplace_back(b.say(words::next),
                      Builder::go(Menu::account_groups, groups_parameter(id, index + 1)));
  }
  if (!turn.empty()) b.row(std::move(turn));
  b.back(Menu::account, id);
  return b.finish();
}

Screen inactive_accounts(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::inactive_accounts);
  std::vector<accounts::Account> inactive;
  std::ranges::copy_if(view.accounts, std::back_inserter(inactive), [](const auto& account) {
    return account.state != AccountState::active || account.freeze.on;
  });
  const Page page = page_of(inactive.size(), kAccountsPerPage, parameter(menu));
  if (inactive.empty()) b.text().add(b.say(words::no_inactive));
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& account = inactive[i];
    b.text().add(fmt::format("{}. {}\n    ", digits(view.language, account.id),
                             describe(view.language, account)));
    b.text().italic(state_line(view.language, account, view.zone, 120));
    if (const auto* next = next_step(account)) b.text().add("\n    ").add(b.say(*next));
    b.text().add("\n");
  }
  b.page_line(page);
  open_buttons(b, inactive, page);
  b.pages(page);
  b.back(Menu::accounts);
  return b.finish();
}

}  // namespace tgpanel::bot
