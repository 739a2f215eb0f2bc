// People who are written to: the list of those who are not, and accounts that Telegram has stopped.

#include "words/people.hpp"

#include "actions/error_text.hpp"
#include "actions/send_message.hpp"
#include "jobs/deeds.hpp"
#include "jobs/runner.hpp"
#include "panel/panel_impl.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace tgpanel::panel {

namespace {

constexpr std::size_t kTries = 3;  // of accounts that are asked for somebody's id

/// Telegram knows the name, or has said that nobody has it: another account would say the same.
bool is_answer(const Error& error) {
  return error.code == Errc::invalid ||
         (error.code == Errc::telegram &&
          (error.message == "USERNAME_NOT_OCCUPIED" || error.message == "USERNAME_INVALID"));
}

}  // namespace

Result<std::vector<Sentence>> PanelImpl::contact_remarks(const jobs::ActionSpec& spec,
                                                         const jobs::Sight& sight) const {
  if (!jobs::at_most_once(jobs::kind_of(spec))) return std::vector<Sentence>{};
  const auto& contacts = runner_.contacts();
  if (auto allowed = contacts.may_be_written_to(sight.person); !allowed) {
    return std::unexpected(std::move(allowed.error()));
  }
  if (jobs::kind_of(spec) != jobs::ActionKind::message) return std::vector<Sentence>{};
  return contacts.remarks(sight.person);
}

std::vector<jobs::DoNotContact> PanelImpl::do_not_contact() const {
  return runner_.contacts().do_not_contact();
}

Awaitable<Result<jobs::DoNotContact>> PanelImpl::add_do_not_contact(std::string who, UserId admin) {
  const auto link = actions::parse_user_link(who);
  if (!link) co_return std::unexpected(link.error());
  jobs::DoNotContact person;
  person.user_id = link->user_id;
  person.username = link->username;
  std::size_t tries = 0;
  for (const auto& account : accounts_.accounts()) {
    if (account.state != accounts::AccountState::active || tries == kTries) continue;
    const auto client = co_await runner_.client_soon(account.id);
    if (!client) continue;
    ++tries;
    auto hands = *client;
    auto wanted = *link;
    const auto found = co_await actions::find_person(std::move(hands), std::move(wanted));
    if (found) {
      person.user_id = found->person.id;
      person.name = found->person.name;
      break;
    }
    const bool own = account.user_id != 0 && account.user_id == link->user_id;
    if (!own && is_answer(found.error())) {
      co_return fail(found.error().code, actions::explain(found.error()));
    }
  }
  co_return co_await runner_.contacts().add(std::move(person), admin);
}

Awaitable<Result<jobs::DoNotContact>> PanelImpl::remove_do_not_contact(std::int64_t row) {
  return runner_.contacts().remove(row);
}

std::vector<StoppedAccount> PanelImpl::stopped_accounts() const {
  std::vector<StoppedAccount> stopped;
  const auto all = accounts_.accounts();
  for (const auto& stop : runner_.contacts().stops()) {
    const auto account = std::ranges::find(all, stop.account_id, &accounts::Account::id);
    if (account == all.end()) continue;  // deleted: its stop ends by itself
    stopped.push_back({stop.account_id, account->name, stop.left});
  }
  return stopped;
}

Awaitable<Result<void>> PanelImpl::end_stop(AccountId account) {
  return runner_.contacts().clear_stop(account);
}

}  // namespace tgpanel::panel
