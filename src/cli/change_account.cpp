#include "cli/change_account.hpp"

#include "base/text.hpp"
#include "cli/exit_codes.hpp"
#include "cli/output.hpp"
#include "cli/printable.hpp"
#include "cli/refuse.hpp"
#include "cli/terminal.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/core.h>

#include <memory>
#include <optional>
#include <string>

namespace tgpanel::cli {

namespace {

std::string describe(const accounts::Account& account) {
  std::string text = printable(account.name);
  if (!account.username.empty()) text += " (@" + printable(account.username) + ")";
  if (!account.masked_phone.empty()) text += ", " + account.masked_phone;
  return text;
}

Awaitable<int> switch_account(accounts::Manager* manager, AccountId id, bool on) {
  const auto loaded = co_await manager->load();
  if (!loaded) co_return refuse(loaded.error());
  auto work = on ? manager->enable(id) : manager->disable(id);
  const auto done = co_await std::move(work);
  if (!done && done.error().code != Errc::exists) co_return refuse(done.error());
  if (!done) {
    print_out("{}\n", done.error().message);
    co_return printed(0);
  }
  const auto account = manager->find(id);
  print_out("{} is switched {}.\n", account ? describe(*account) : std::to_string(id),
            on ? "on: the panel opens it at its next start" : "off");
  co_return printed(0);
}

/// Waits for a line of the console, or until it is woken.
class Waiter {
 public:
  Waiter(const Executor& executor, Console& console) : console_(console), timer_(executor) {
    console_.on_input([this] { timer_.cancel(); });
  }

  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  ~Waiter() { console_.on_input(nullptr); }

  void wake() { timer_.cancel(); }

  /// False after `bound`.
  Awaitable<bool> wait(asio::steady_timer::time_point until) {
    timer_.expires_at(until);
    boost::system::error_code woken;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    co_return static_cast<bool>(woken);
  }

 private:
  Console& console_;
  asio::steady_timer timer_;
};

}  // namespace

Awaitable<int> run_account_switch(accounts::Manager& manager, AccountId id, bool on) {
  return switch_account(&manager, id, on);
}

Awaitable<int> delete_account(accounts::Manager* manager, Console* console, AccountId id, bool yes,
                              Millis bound) {
  const auto executor = co_await asio::this_coro::executor;
  const auto loaded = co_await manager->load();
  if (!loaded) co_return refuse(loaded.error());
  const auto account = manager->find(id);
  if (!account) co_return refuse(account.error());

  Waiter waiter(executor, *console);
  if (!yes) {
    console->write(fmt::format(
        "{}\nIts session is logged out at Telegram and removed from this machine; the Telegram "
        "account itself stays.\nType yes to delete it: ",
        describe(*account)));
    std::optional<Input> input = console->take();
    while (!input) {
      co_await waiter.wait(asio::steady_timer::time_point::max());
      input = console->take();
    }
    const auto* line = std::get_if<Line>(&*input);
    if (line == nullptr || ascii_lower(trim(line->text.reveal())) != "yes") {
      console->write("Nothing was deleted.\n");
      co_return kInterrupted;
    }
  }

  std::optional<std::string> sentence;
  manager->on_removed([&](AccountId removed, const Sentence& what) {
    if (removed != id) return;
    sentence = what.english();
    waiter.wake();
  });
  std::optional<Error> failure;
  manager->on_removal_failed([&](AccountId kept, const Error& error) {
    if (kept != id) return;
    failure = error;
    waiter.wake();
  });
  const auto until = std::chrono::steady_clock::now() + bound;
  const bool going_on = account->state == accounts::AccountState::deleting;
  auto work = going_on ? manager->go_on_deleting(id) : manager->remove(id, 0);
  const auto begun = co_await std::move(work);
  if (!begun) co_return refuse(begun.error());
  bool in_time = true;
  while (!sentence && !failure && in_time) {
    in_time = co_await waiter.wait(until);
    const auto input = console->take();
    if (input && std::holds_alternative<Interrupted>(*input)) in_time = false;
  }
  if (sentence) {
    console->write(fmt::format("Deleted {}. {}\n", describe(*account), *sentence));
    co_return 0;
  }
  if (failure) {
    fmt::print(stderr,
               "tgpanel: the session is over, but the account could not be removed from this "
               "machine: {}\nIt is being deleted, and the panel goes on with it at its next "
               "start.\n",
               failure->message);
    co_return kFailed;
  }
  console->write(
      "Telegram has not confirmed the log out yet. The account is being deleted, and the panel "
      "goes "
      "on with it at its next start.\n");
  co_return kPartlyDone;
}

namespace {

Awaitable<int> delete_at_terminal(accounts::Manager* manager, AccountId id, bool yes) {
  const auto executor = co_await asio::this_coro::executor;
  const auto console = open_terminal(executor);
  co_return co_await delete_account(manager, console.get(), id, yes);
}

}  // namespace

Awaitable<int> run_account_delete(accounts::Manager& manager, AccountId id, bool yes) {
  return delete_at_terminal(&manager, id, yes);
}

}  // namespace tgpanel::cli
