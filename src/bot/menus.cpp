#include "bot/menus.hpp"

#include "base/text.hpp"
#include "bot/catalogue.hpp"
#include "panel/panel.hpp"

#include <fmt/format.h>

#include <array>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kAccountsPerPage = 10;
constexpr std::size_t kRowsPerPage = 8;
constexpr std::size_t kJobsPerPage = 8;
constexpr std::size_t kJobsShown = 40;
constexpr std::int32_t kNameUnits = 48;

/// Collects buttons whose data is completed once the fingerprint of the whole screen is known.
class Builder {
 public:
  explicit Builder(MenuRef menu) : menu_(menu) {}

  RichText& text() { return screen_.text; }

  void row(std::vector<std::pair<std::string, std::string>> buttons) {
    Row row;
    for (auto& [label, action] : buttons) {
      row.push_back({shorten(label, kMaxButtonText), std::move(action)});
    }
    screen_.rows.push_back(std::move(row));
  }

  static std::string go(Menu menu, std::int64_t parameter = 0) {
    return std::string(kGo) + encode(MenuRef{menu, parameter});
  }

  static std::string begin(std::string_view conversation) {
    return std::string(kBegin) + std::string(conversation);
  }

  void pages(const Page& page) {
    if (page.count < 2) return;
    std::vector<std::pair<std::string, std::string>> buttons;
    const auto index = static_cast<std::int64_t>(page.index);
    if (page.index > 0) buttons.emplace_back(text_of(Text::previous), go(menu_.menu, index - 1));
    if (page.index + 1 < page.count) {
      buttons.emplace_back(text_of(Text::next), go(menu_.menu, index + 1));
    }
    row(std::move(buttons));
  }

  void back(Menu menu, std::int64_t parameter = 0) {
    row({{text_of(Text::back), go(menu, parameter)}});
  }

  Screen finish() {
    screen_.text.fit(kMaxText);
    const std::string print = fingerprint(screen_);
    for (auto& row : screen_.rows) {
      for (auto& button : row) button.data = encode(MenuPress{menu_, print, button.data});
    }
    return std::move(screen_);
  }

 private:
  static std::string text_of(Text key) { return bot::text(key); }

  MenuRef menu_;
  Screen screen_;
};

void title(RichText& text, Text key) {
  text.bold(bot::text(key)).add("\n\n");
}

void page_line(RichText& text, const Page& page) {
  if (page.count > 1) text.add("\n").italic(bot::text(Text::page_of, page.index + 1, page.count));
}

std::size_t parameter(MenuRef menu) {
  return static_cast<std::size_t>(menu.parameter);
}

Screen main_menu(MenuRef menu) {
  Builder b(menu);
  title(b.text(), Text::main_title);
  b.text().add(text(Text::main_hint));
  b.row({{text(Text::account_management), Builder::go(Menu::accounts)}});
  b.row({{text(Text::bulk), Builder::go(Menu::bulk)}});
  b.row({{text(Text::monitor_mode), Builder::go(Menu::monitor)}});
  b.row({{text(Text::report_status), Builder::go(Menu::report)}});
  return b.finish();
}

Screen accounts_menu(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::account_management);
  b.text().add(counted(Text::one_account, Text::n_accounts, view.accounts.size()));
  b.row({{text(Text::add_account), Builder::begin(kAddAccount)}});
  b.row({{text(Text::list_accounts), Builder::go(Menu::account_list)}});
  b.back(Menu::main);
  return b.finish();
}

Screen account_list(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::list_accounts);
  const Page page = page_of(view.accounts.size(), kAccountsPerPage, parameter(menu));
  if (view.accounts.empty()) b.text().add(text(Text::no_accounts));
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& account = view.accounts[i];
    b.text().add(fmt::format("{}. {}\n    ", i + 1, describe(account)));
    b.text().italic(describe(account.state));
    if (!account.reason.empty()) b.text().add(": ").add(shorten(account.reason, 200));
    b.text().add("\n");
  }
  page_line(b.text(), page);
  b.pages(page);
  b.back(Menu::accounts);
  return b.finish();
}

Screen monitor_menu(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::monitor_mode);
  b.text().add(text(Text::monitor_hint)).add("\n\n");
  b.text().add(counted(Text::one_keyword, Text::n_keywords, view.keywords.size())).add("\n");
  b.text().add(counted(Text::one_ignored, Text::n_ignored, view.ignored.size()));
  b.row({{text(Text::add_keyword), Builder::begin(kAddKeyword)}});
  b.row({{text(Text::list_keywords), Builder::go(Menu::keyword_list)}});
  b.row({{text(Text::ignored_users), Builder::go(Menu::ignored_list)}});
  b.back(Menu::main);
  return b.finish();
}

Screen keyword_list(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::list_keywords);
  const Page page = page_of(view.keywords.size(), kRowsPerPage, parameter(menu));
  b.text().add(text(view.keywords.empty() ? Text::no_keywords : Text::press_to_remove));
  page_line(b.text(), page);
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& keyword = view.keywords[i];
    b.row({{fmt::format("✕ {}", keyword.text), Builder::go(Menu::keyword_remove, keyword.id)}});
  }
  b.pages(page);
  b.row({{text(Text::add_keyword), Builder::begin(kAddKeyword)}});
  b.back(Menu::monitor);
  return b.finish();
}

Screen keyword_remove(MenuRef menu, const View& view) {
  Builder b(menu);
  const monitor::Keyword* found = nullptr;
  for (const auto& keyword : view.keywords) {
    if (keyword.id == menu.parameter) found = &keyword;
  }
  if (found == nullptr) {
    b.text().add(text(Text::keyword_gone));
  } else {
    b.text().add(text(Text::remove_keyword_question)).add("\n\n").code(found->text);
    b.row({{text(Text::yes_remove), std::string(kRemove)}});
  }
  b.back(Menu::keyword_list);
  return b.finish();
}

std::string ignored_name(const monitor::Ignored& ignored) {
  if (ignored.name.empty()) return std::to_string(ignored.peer_id);
  return fmt::format("{} ({})", isolate(shorten(ignored.name, kNameUnits)), ignored.peer_id);
}

Screen ignored_list(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::ignored_users);
  const Page page = page_of(view.ignored.size(), kRowsPerPage, parameter(menu));
  b.text().add(text(view.ignored.empty() ? Text::no_ignored : Text::press_to_hear_again));
  page_line(b.text(), page);
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& ignored = view.ignored[i];
    b.row({{fmt::format("✕ {}", ignored_name(ignored)),
            Builder::go(Menu::ignored_remove, ignored.id)}});
  }
  b.pages(page);
  b.row({{text(Text::ignore_somebody), Builder::begin(kIgnore)}});
  b.back(Menu::monitor);
  return b.finish();
}

Screen ignored_remove(MenuRef menu, const View& view) {
  Builder b(menu);
  const monitor::Ignored* found = nullptr;
  for (const auto& ignored : view.ignored) {
    if (ignored.id == menu.parameter) found = &ignored;
  }
  if (found == nullptr) {
    b.text().add(text(Text::ignored_gone));
  } else {
    b.text().add(text(Text::remove_ignored_question)).add("\n\n").bold(ignored_name(*found));
    b.row({{text(Text::yes_remove), std::string(kRemove)}});
  }
  b.back(Menu::ignored_list);
  return b.finish();
}

Screen bulk_menu(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::bulk);
  b.text().add(text(Text::bulk_hint));
  b.row({{text(Text::reaction), Builder::begin(kReact)}});
  b.row({{view.jobs.empty() ? text(Text::recent_jobs) : text(Text::recent_jobs_n, view.jobs.size()),
          Builder::go(Menu::job_list)}});
  b.back(Menu::main);
  return b.finish();
}

Screen job_list(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::recent_jobs);
  const Page page = page_of(view.jobs.size(), kJobsPerPage, parameter(menu));
  b.text().add(text(view.jobs.empty() ? Text::no_jobs : Text::press_for_card)).add("\n");
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& job = view.jobs[i];
    std::size_t done = 0;
    for (const auto& item : job.items) done += item.state == jobs::ItemState::done ? 1 : 0;
    const Text state = job.state == jobs::JobState::running     ? Text::job_running
                       : job.state == jobs::JobState::cancelled ? Text::job_cancelled
                                                                : Text::job_done;
    b.text().add("\n").add(
        text(Text::job_row, job.id, job.reaction.emoji, text(state), done, job.items.size()));
    b.row({{text(Text::job_button, job.id), fmt::format("{}{}", kShowJob, job.id)}});
  }
  page_line(b.text(), page);
  b.pages(page);
  b.back(Menu::bulk);
  return b.finish();
}

constexpr std::array kStates{
    accounts::AccountState::connecting, accounts::AccountState::active,
    accounts::AccountState::disabled,   accounts::AccountState::login_needed,
    accounts::AccountState::banned,     accounts::AccountState::duplicated_key,
    accounts::AccountState::wrong_key,  accounts::AccountState::deleting,
};

Screen report_menu(MenuRef menu, const View& view) {
  Builder b(menu);
  title(b.text(), Text::report_status);
  b.text().add(counted(Text::one_account, Text::n_accounts, view.accounts.size())).add("\n");
  for (const auto state : kStates) {
    std::size_t n = 0;
    for (const auto& account : view.accounts) n += account.state == state ? 1 : 0;
    if (n > 0) b.text().add(fmt::format("    {}: {}\n", describe(state), n));
  }
  std::size_t running = 0;
  for (const auto& job : view.jobs) running += job.state == jobs::JobState::running ? 1 : 0;
  b.text().add("\n");
  b.text().add(counted(Text::one_keyword, Text::n_keywords, view.keywords.size())).add("\n");
  b.text().add(counted(Text::one_ignored, Text::n_ignored, view.ignored.size())).add("\n\n");
  b.text().add(counted(Text::one_running_job, Text::n_running_jobs, running));
  b.row({{text(Text::refresh), Builder::go(Menu::report)}});
  b.back(Menu::main);
  return b.finish();
}

}  // namespace

std::string describe(accounts::AccountState state) {
  switch (state) {
    case accounts::AccountState::connecting:
      return text(Text::state_connecting);
    case accounts::AccountState::active:
      return text(Text::state_active);
    case accounts::AccountState::disabled:
      return text(Text::state_disabled);
    case accounts::AccountState::login_needed:
      return text(Text::state_login_needed);
    case accounts::AccountState::banned:
      return text(Text::state_banned);
    case accounts::AccountState::duplicated_key:
      return text(Text::state_duplicated_key);
    case accounts::AccountState::wrong_key:
      return text(Text::state_wrong_key);
    case accounts::AccountState::deleting:
      return text(Text::state_deleting);
  }
  return {};
}

std::string describe(const accounts::Account& account) {
  std::string line = isolate(shorten(account.name, kNameUnits));
  if (!account.username.empty()) line += fmt::format(" (@{})", account.username);
  if (!account.masked_phone.empty()) line += " · " + account.masked_phone;
  return line;
}

View look(const panel::Panel& panel, Menu menu) {
  View view;
  switch (menu) {
    case Menu::main:
      break;
    case Menu::accounts:
    case Menu::account_list:
      view.accounts = panel.accounts();
      break;
    case Menu::monitor:
    case Menu::keyword_list:
    case Menu::keyword_remove:
    case Menu::ignored_list:
    case Menu::ignored_remove:
      view.keywords = panel.keywords();
      view.ignored = panel.ignored();
      break;
    case Menu::bulk:
    case Menu::job_list:
      view.jobs = panel.recent_jobs(kJobsShown);
      break;
    case Menu::report:
      view = {panel.accounts(), panel.keywords(), panel.ignored(), panel.recent_jobs(kJobsShown)};
      break;
  }
  return view;
}

Screen menu_screen(MenuRef menu, const View& view) {
  switch (menu.menu) {
    case Menu::main:
      return main_menu(menu);
    case Menu::accounts:
      return accounts_menu(menu, view);
    case Menu::account_list:
      return account_list(menu, view);
    case Menu::monitor:
      return monitor_menu(menu, view);
    case Menu::keyword_list:
      return keyword_list(menu, view);
    case Menu::keyword_remove:
      return keyword_remove(menu, view);
    case Menu::ignored_list:
      return ignored_list(menu, view);
    case Menu::ignored_remove:
      return ignored_remove(menu, view);
    case Menu::bulk:
      return bulk_menu(menu, view);
    case Menu::job_list:
      return job_list(menu, view);
    case Menu::report:
      return report_menu(menu, view);
  }
  return main_menu({});
}

}  // namespace tgpanel::bot
