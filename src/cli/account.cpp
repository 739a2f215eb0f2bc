#include "cli/account.hpp"

#include "base/json.hpp"
#include "base/local_time.hpp"
#include "cli/add_account.hpp"
#include "cli/output.hpp"
#include "cli/printable.hpp"
#include "cli/refuse.hpp"
#include "cli/terminal.hpp"

namespace tgpanel::cli {

namespace {

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : printable(text);
}

Json as_json(const accounts::Account& account) {
  return {{"id", account.id},
          {"user_id", account.user_id},
          {"name", account.name},
          {"username", account.username},
          {"phone", account.masked_phone},
          {"state", accounts::to_string(account.state)},
          {"reason", account.reason.english()},
          {"since_ms", to_unix_ms(account.since)},
          {"labels", account.labels},
          {"excluded", account.excluded},
          {"frozen", account.freeze.on},
          {"frozen_until_ms", to_unix_ms(account.freeze.until)},
          {"limited", account.limit.on},
          {"limited_until_ms", to_unix_ms(account.limit.until)},
          {"waiting_until_ms", to_unix_ms(account.waiting_until)}};
}

Awaitable<int> add(accounts::Manager* manager, LoginMethod method) {
  const auto executor = co_await asio::this_coro::executor;
  auto login = co_await manager->begin_login();
  if (!login) co_return refuse(login.error());
  const auto console = open_terminal(executor);
  co_return co_await add_account(std::move(*login), console.get(), method);
}

}  // namespace

Awaitable<int> run_account_add(accounts::Manager& manager, LoginMethod method) {
  return add(&manager, method);
}

int run_account_list(std::span<const accounts::Account> accounts, bool json,
                     const std::string& zone) {
  if (json) {
    Json list = Json::array();
    for (const auto& account : accounts) list.push_back(as_json(account));
    print_out("{}\n", list.dump(2, ' ', false, Json::error_handler_t::replace));
    return printed(0);
  }
  if (accounts.empty()) {
    print_out("There are no accounts yet. Add one with: tgpanel account add\n");
    return printed(0);
  }
  print_out("{:>4}  {:<14}  {:<13}  {}\n", "ID", "STATE", "PHONE", "NAME");
  for (const auto& account : accounts) {
    std::string name = printable(account.name);
    if (!account.username.empty()) name += " (@" + printable(account.username) + ")";
    print_out("{:>4}  {:<14}  {:<13}  {}\n", account.id, accounts::to_string(account.state),
              or_dash(account.masked_phone), name);
    if (!account.reason.empty()) print_out("      {}\n", account.reason.english());
    if (account.waiting_until != Instant{}) {
      print_out("      Telegram asked it to wait: it may act again at {}\n",
                local_time(Language::en, account.waiting_until, zone));
    }
  }
  return printed(0);
}

}  // namespace tgpanel::cli
