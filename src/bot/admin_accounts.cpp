// What an admin's presses do with one account.

#include "bot/admin_chat.hpp"
#include "bot/menus.hpp"
#include "words/accounts.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tgpanel::bot {

void AdminChat::begin_for_account(std::string_view what, MenuRef menu) {
  if (what == kLogInAgain) begin(login_conversation(*this, menu.parameter), Place::here);
  if (what == kAddLabel) begin(label_conversation(*this, menu.parameter), Place::here);
  if (what == kSearch) begin(search_conversation(*this), Place::here);
  if (what == kCheckReport) begin(report_conversation(*this, tools_.zone), Place::here);
}

void AdminChat::decide(const MenuPress& press) {
  auto& desk = tools_.panel.desk();
  const AccountId id = press.menu.parameter;
  const std::string_view action = press.action;
  const MenuRef page{Menu::account, id};
  if (press.menu.menu == Menu::account_delete && action == kRemove) {
    spawn(carry_out(me_, desk.remove(id, admin_), words::being_deleted, page));
  } else if (action == kSwitchOff) {
    spawn(carry_out(me_, desk.disable(id), words::switched_off, page));
  } else if (action == kSwitchOn) {
    spawn(carry_out(me_, desk.enable(id), words::switched_on, page));
  } else if (action == kExclude || action == kInclude) {
    const bool excluded = action == kExclude;
    spawn(carry_out(me_, desk.set_excluded(id, excluded),
                    excluded ? words::now_excluded : words::now_included, page));
  } else if (action.starts_with(kDropLabel)) {
    const auto digits = action.substr(kDropLabel.size());
    std::size_t index = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), index);
    const auto all = tools_.panel.accounts();
    const auto account = std::ranges::find(all, id, &accounts::Account::id);
    if (account == all.end() || index >= account->labels.size()) return;
    const std::string label = account->labels[index];
    spawn(carry_out(me_, desk.remove_label(id, label), Sentence(words::label_removed, label),
                    MenuRef{Menu::account_labels, id}));
  }
}

Awaitable<> AdminChat::carry_out(std::weak_ptr<AdminChat*> self, Awaitable<Result<void>> work,
                                 Sentence notice, MenuRef menu) {
  const auto done = co_await std::move(work);
  const auto chat = self.lock();
  if (!chat || (*chat)->conversation_) co_return;
  (*chat)->show_menu(menu, done ? notice : sentence_of(done.error()), Place::here);
}

}  // namespace tgpanel::bot
