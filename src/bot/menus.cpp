#include "bot/menus.hpp"

#include "base/direction.hpp"
#include "base/text.hpp"
#include "bot/account_menus.hpp"
#include "bot/action_form.hpp"
#include "bot/action_words.hpp"
#include "bot/contact_menus.hpp"
#include "bot/job_card.hpp"
#include "bot/menu_builder.hpp"
#include "bot/monitor_menus.hpp"
#include "bot/settings_menus.hpp"
#include "panel/panel.hpp"
#include "words/accounts.hpp"
#include "words/actions.hpp"
#include "words/jobs.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"
#include "words/people.hpp"
#include "words/settings.hpp"
#include "words/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kRowsPerPage = 8;
constexpr std::size_t kJobsPerPage = 8;
constexpr std::size_t kJobsShown = 40;

Screen main_menu(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::main_title);
  b.text().add(b.say(words::main_hint));
  b.row({{b.say(words::account_management), Builder::go(Menu::accounts)}});
  b.row({{b.say(words::individual), Builder::go(Menu::individual)}});
  b.row({{b.say(words::bulk), Builder::go(Menu::bulk)}});
  b.row({{b.say(words::monitor_mode), Builder::go(Menu::monitor)}});
  b.row({{b.say(words::report_status), Builder::go(Menu::report)}});
  b.row({{b.say(words::settings), Builder::go(Menu::settings)}});
  return b.finish();
}

Screen accounts_menu(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::account_management);
  b.text().add(b.counted(words::one_account, words::n_accounts, view.accounts.size()));
  b.row({{b.say(words::add_account), Builder::begin(kAddAccount)}});
  b.row({{b.say(words::list_accounts), Builder::go(Menu::account_list)}});
  b.row({{b.say(words::search), Builder::begin(kSearch)}});
  b.row({{b.say(words::inactive_accounts), Builder::go(Menu::inactive)}});
  b.row({{b.say(words::update_groups), Builder::begin(kUpdateGroups)}});
  b.back(Menu::main);
  return b.finish();
}

/// Two actions in a row.
void action_rows(Builder& b) {
  std::vector<std::pair<std::string, std::string>> row;
  for (const auto& form : action_forms()) {
    row.emplace_back(b.say(label_of(form.kind)), Builder::begin(jobs::to_string(form.kind)));
    if (row.size() == 2) b.row(std::exchange(row, {}));
  }
  if (!row.empty()) b.row(std::move(row));
}

Screen individual_menu(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::individual);
  const Page page = page_of(view.accounts.size(), kRowsPerPage, parameter(menu));
  b.text().add(b.say(view.accounts.empty() ? words::no_accounts : words::ask_account));
  b.page_line(page);
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& account = view.accounts[i];
    b.row({{describe(view.language, account), Builder::go(Menu::individual_account, account.id)}});
  }
  b.pages(page);
  b.back(Menu::main);
  return b.finish();
}

Screen individual_account(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::individual);
  const auto account = std::ranges::find(view.accounts, menu.parameter, &accounts::Account::id);
  if (account == view.accounts.end()) {
    b.text().add(b.say(words::account_gone));
  } else {
    b.text().add(describe(view.language, *account)).add("\n\n");
    if (account->state == accounts::AccountState::active) {
      b.text().add(b.say(words::individual_hint));
      action_rows(b);
    } else {
      b.text().add(b.say(words::account_not_active, describe(account->state)));
    }
  }
  b.back(Menu::individual);
  return b.finish();
}

Screen bulk_menu(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::bulk);
  b.text().add(b.say(words::bulk_hint));
  action_rows(b);
  b.row({{b.say(words::do_not_contact), Builder::go(Menu::do_not_contact)}});
  b.row({{view.jobs.empty() ? b.say(words::recent_jobs)
                            : b.say(words::recent_jobs_n, view.jobs.size()),
          Builder::go(Menu::job_list)}});
  b.back(Menu::main);
  return b.finish();
}

Screen job_list(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::recent_jobs);
  const Page page = page_of(view.jobs.size(), kJobsPerPage, parameter(menu));
  b.text().add(b.say(view.jobs.empty() ? words::no_jobs : words::press_for_card)).add("\n");
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& job = view.jobs[i];
    std::size_t done = 0;
    for (const auto& item : job.items) done += item.state == jobs::ItemState::done ? 1 : 0;
    b.text().add("\n").add(b.say(words::job_row, job.id, describe(view.language, job.action),
                                 state_word(job.state), done, job.items.size()));
    b.row({{b.say(words::job_button, job.id), fmt::format("{}{}", kShowJob, job.id)}});
  }
  b.page_line(page);
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
  Builder b(menu, view.language);
  b.title(words::report_status);
  b.text().add(b.counted(words::one_account, words::n_accounts, view.accounts.size())).add("\n");
  for (const auto state : kStates) {
    std::int64_t n = 0;
    for (const auto& account : view.accounts) n += account.state == state ? 1 : 0;
    if (n > 0)
      b.text().add(fmt::format("    {}: {}\n", b.say(describe(state)), digits(view.language, n)));
  }
  std::size_t running = 0;
  for (const auto& job : view.jobs) running += job.state == jobs::JobState::running ? 1 : 0;
  b.text().add("\n");
  b.text().add(b.counted(words::one_keyword, words::n_keywords, view.keywords.size())).add("\n");
  b.text().add(b.counted(words::one_ignored, words::n_ignored, view.ignored.size())).add("\n\n");
  b.text().add(b.counted(words::one_running_job, words::n_running_jobs, running));
  b.row({{b.say(words::show_stats), Builder::go(Menu::statistics)}});
  b.row({{b.say(words::export_audit), std::string(kExportAudit)}});
  b.row({{b.say(words::refresh), Builder::go(Menu::report)}});
  b.row({{b.say(words::check_report), Builder::begin(kCheckReport)}});
  b.back(Menu::main);
  return b.finish();
}

}  // namespace

const Phrase& describe(accounts::AccountState state) {
  switch (state) {
    case accounts::AccountState::connecting:
      return words::state_connecting;
    case accounts::AccountState::active:
      return words::state_active;
    case accounts::AccountState::disabled:
      return words::state_disabled;
    case accounts::AccountState::login_needed:
      return words::state_login_needed;
    case accounts::AccountState::banned:
      return words::state_banned;
    case accounts::AccountState::duplicated_key:
      return words::state_duplicated_key;
    case accounts::AccountState::wrong_key:
      return words::state_wrong_key;
    case accounts::AccountState::deleting:
      return words::state_deleting;
  }
  return words::state_connecting;
}

std::string describe(Language language, const accounts::Account& account) {
  std::string line = isolate(shorten(account.name, kNameUnits));
  if (!account.username.empty()) {
    line += fmt::format(" ({})", apart(language, "@" + account.username));
  }
  if (!account.masked_phone.empty()) line += " · " + apart(language, account.masked_phone);
  return line;
}

View look(const panel::Panel& panel, Menu menu, std::int64_t parameter) {
  View view;
  switch (menu) {
    case Menu::main:
      break;
    case Menu::accounts:
    case Menu::individual:
    case Menu::individual_account:
    case Menu::inactive:
    case Menu::account_delete:
    case Menu::account_labels:
      view.accounts = panel.accounts();
      break;
    case Menu::account_list: {
      view.accounts = panel.accounts();
      const auto page = page_of(view.accounts.size(), kAccountsPerPage,
                                static_cast<std::size_t>(std::max<std::int64_t>(parameter, 0)));
      for (std::size_t i = page.begin; i < page.end; ++i) {
        const auto& account = view.accounts[i];
        if (account.state != accounts::AccountState::active) continue;
        view.group_counts[account.id] = panel.desk().groups(account.id).size();
      }
      break;
    }
    case Menu::account:
    case Menu::account_groups:
      view.accounts = panel.accounts();
      view.groups =
          panel.desk().groups(menu == Menu::account ? parameter : account_of_groups(parameter));
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
    case Menu::do_not_contact:
    case Menu::do_not_contact_remove:
    case Menu::stopped_accounts:
    case Menu::stop_end:
      view.do_not_contact = panel.do_not_contact();
      view.stopped = panel.stopped_accounts();
      break;
    case Menu::settings:
    case Menu::setting:
      break;  // each reader's own: AdminChat adds them
    case Menu::statistics:
    case Menu::statistics_picture:
    case Menu::report:
      view.accounts = panel.accounts();
      view.keywords = panel.keywords();
      view.ignored = panel.ignored();
      view.jobs = panel.recent_jobs(kJobsShown);
      break;
  }
  return view;
}

Screen menu_screen(MenuRef menu, const View& view) {
  switch (menu.menu) {
    case Menu::main:
      return main_menu(menu, view);
    case Menu::accounts:
      return accounts_menu(menu, view);
    case Menu::account_list:
      return account_list(menu, view);
    case Menu::account:
      return account_page(menu, view);
    case Menu::account_delete:
      return account_delete(menu, view);
    case Menu::account_labels:
      return account_labels(menu, view);
    case Menu::account_groups:
      return account_groups(menu, view);
    case Menu::inactive:
      return inactive_accounts(menu, view);
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
    case Menu::settings:
      return settings_menu(menu, view);
    case Menu::setting:
      return setting_page(menu, view);
    case Menu::statistics:
    case Menu::statistics_picture:  // read from the disk first: AdminChat::show_statistics
      return report_menu({Menu::report, 0}, view);
    case Menu::report:
      return report_menu(menu, view);
    case Menu::individual:
      return individual_menu(menu, view);
    case Menu::individual_account:
      return individual_account(menu, view);
    case Menu::do_not_contact:
      return do_not_contact_list(menu, view);
    case Menu::do_not_contact_remove:
      return do_not_contact_remove(menu, view);
    case Menu::stopped_accounts:
      return stopped_accounts(menu, view);
    case Menu::stop_end:
      return stop_end(menu, view);
  }
  return main_menu({}, view);
}

}  // namespace tgpanel::bot
