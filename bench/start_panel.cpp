#include "accounts/manager.hpp"
#include "bench/process_times.hpp"
#include "bench/start_measure.hpp"
#include "storage/database.hpp"
#include "storage/keyring.hpp"
#include "telegram/hub.hpp"
#include "telegram/td_types.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>

namespace bench {

namespace {

using namespace tgpanel;
using SteadyClock = std::chrono::steady_clock;

constexpr int kLoginsAtATime = 10;  // the manager's own limit

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

/// What `tgpanel run` holds for its accounts.
class Panel {
 public:
  explicit Panel(const StartTask& task) {
    spdlog::set_level(spdlog::level::warn);
    storage::KeySources sources;
    sources.data_dir = task.folder;
    sources.config_dir = task.folder.string() + "-key";
    sources.has_sessions = std::filesystem::exists(task.folder / "key.check");
    keyring_.emplace(must(storage::Keyring::open(sources)));
    database_ = must(storage::Database::open(task.folder / "panel.db", context.get_executor()));
    auto library = must(telegram::load_library(task.library, {}));
    hub_ = std::make_unique<telegram::Hub>(context.get_executor(), std::move(library));
    accounts::ManagerOptions options;
    options.folder = task.folder;
    options.client.api_id = 1;
    options.client.api_hash = Secret("0123456789abcdef0123456789abcdef");
    options.client.test_dc = true;
    options.client.proxy =
        must(telegram::parse_proxy(fmt::format("socks5://127.0.0.1:{}", task.socks_port)));
    manager = std::make_unique<accounts::Manager>(context.get_executor(), *hub_, *database_,
                                                  *keyring_, clock_, std::move(options));
  }

  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;
  ~Panel() = default;

  void spawn(Awaitable<> work) {
    asio::co_spawn(context, std::move(work), [](const std::exception_ptr& error) {
      if (error) std::rethrow_exception(error);
    });
  }

  asio::io_context context;

 private:
  SystemClock clock_;
  std::optional<storage::Keyring> keyring_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<telegram::Hub> hub_;

 public:
  std::unique_ptr<accounts::Manager> manager;
};

// Leads one login to its end; answers each step as it comes.
Awaitable<> log_in(Panel* panel, int number) {
  auto login = must(co_await panel->manager->begin_login());
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer changed(executor, std::chrono::hours(1));
  login->on_step([&changed](const accounts::LoginStep&) { changed.cancel(); });
  while (true) {
    if (std::holds_alternative<accounts::LoggedIn>(login->step())) break;
    if (const auto* failed = std::get_if<accounts::LoginFailed>(&login->step())) {
      throw std::runtime_error(failed->error.message);
    }
    const auto before = login->step().index();
    if (std::holds_alternative<accounts::WaitPhone>(login->step())) {
      std::string phone = "+" + phone_of(number);
      must(co_await login->submit_phone(std::move(phone)));
    } else if (std::holds_alternative<accounts::WaitCode>(login->step())) {
      Secret code(kLoginCode);
      must(co_await login->submit_code(std::move(code)));
    }
    if (login->step().index() != before) continue;
    changed.expires_after(std::chrono::hours(1));
    boost::system::error_code cancelled;  // there is a new step
    co_await changed.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
  login->on_step(nullptr);
}

Awaitable<> log_in_some(Panel* panel, int first, int accounts, std::shared_ptr<int> left) {
  for (int number = first; number < accounts; number += kLoginsAtATime) {
    co_await log_in(panel, number);
  }
  if (--*left == 0) co_await panel->manager->stop(Millis{60'000});
}

Awaitable<> start_and_measure(Panel* panel, int accounts, StartResult* result) {
  const auto start = SteadyClock::now();
  const auto since = [start] {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
  };
  std::set<AccountId> authorised;
  panel->manager->on_update([&](AccountId id, const Json& update) {
    const auto& state = telegram::object_field(update, "authorization_state");
    if (telegram::type_of(state) != "authorizationStateReady") return;
    authorised.insert(id);
    if (authorised.size() == static_cast<std::size_t>(accounts)) result->all_ready_s = since();
  });
  auto started = co_await panel->manager->start();
  must(started);
  result->all_loaded_s = since();
  for (const auto& account : panel->manager->list()) {
    if (account.state == accounts::AccountState::active) continue;
    throw std::runtime_error(account.name + ": " + accounts::to_string(account.state));
  }
  if (panel->manager->list().size() != static_cast<std::size_t>(accounts)) {
    throw std::runtime_error("some accounts are missing");
  }
  result->memory_after_mb = resident_mb(::getpid());
  co_await panel->manager->stop(Millis{60'000});
}

}  // namespace

void log_in_panel(const StartTask& task) {
  Panel panel(task);
  const auto left = std::make_shared<int>(kLoginsAtATime);
  for (int lane = 0; lane < kLoginsAtATime; ++lane) {
    panel.spawn(log_in_some(&panel, lane, task.accounts, left));
  }
  panel.context.run();
}

StartResult start_panel(const StartTask& task) {
  Panel panel(task);
  StartResult result;
  result.memory_before_mb = resident_mb(::getpid());
  panel.spawn(start_and_measure(&panel, task.accounts, &result));
  panel.context.run();
  return result;
}

}  // namespace bench
