#include "app/running.hpp"

#include "app/bot_session.hpp"
#include "app/exit_codes.hpp"
#include "app/house.hpp"
#include "app/pace_scale.hpp"
#include "app/ready_line.hpp"
#include "app/systemd.hpp"
#include "base/random.hpp"
#include "bot/bot.hpp"
#include "jobs/deeds.hpp"
#include "jobs/limiter.hpp"
#include "jobs/runner.hpp"
#include "monitor/monitor.hpp"
#include "panel/adapters.hpp"
#include "panel/panel_impl.hpp"
#include "storage/job_repository.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace tgpanel::app {

namespace {

// Together below the 5 s within which SIGTERM ends the panel.
constexpr Millis kFinishWork{1'500};
constexpr Millis kCloseClients{2'500};

/// Uniform in [0, 1).
double chance() {
  constexpr std::uint32_t kSteps = 1U << 31U;
  return static_cast<double>(random_below(kSteps)) / static_cast<double>(kSteps);
}

/// Everything of one run. Members are released in the opposite order of their use of each other.
class Running {
 public:
  Running(asio::io_context& io, House& house, const Settings& settings, BotSession session)
      : house_(house),
        stop_asked_(io, asio::steady_timer::time_point::max()),
        view_(house.accounts()),
        source_(house.accounts()),
        accounts_(house.accounts()),
        monitor_(io.get_executor(), house.database(), house.clock(), view_,
                 monitor_limits(settings.pace_scale)),
        rules_(monitor_),
        repository_(house.database()),
        limiter_(repository_, house.clock(), io.get_executor()),
        deeds_(jobs::telegram_deeds()),
        runner_({.executor = io.get_executor(),
                 .clock = house.clock(),
                 .repository = repository_,
                 .limiter = limiter_,
                 .accounts = source_,
                 .deeds = *deeds_,
                 .pace = job_pace(settings.pace_scale),
                 .random = chance}),
        panel_(accounts_, rules_, runner_, repository_),
        bot_(io.get_executor(), house.hub(), house.clock(),
             {.client = house.client(),
              .folder = std::move(session.folder),
              .database_key = std::move(session.database_key),
              .token = settings.bot_token,
              .admins = settings.admins,
              .channel = settings.channel,
              .rates = bot_rates(settings.pace_scale)}) {}

  /// The first call asks for a clean stop; start() then fails with `cancelled`.
  void ask_to_stop(std::string_view why) {
    if (std::exchange(stopping_, true)) return;
    spdlog::info("stopping: {}", why);
    tell_systemd_stopping();
    stop_asked_.cancel();
    // While it starts, what holds it up are requests of its clients: these fail now.
    if (!ready_) asio::co_spawn(stop_asked_.get_executor(), close_all(), asio::detached);
  }

  Awaitable<int> run() {
    observe();
    const auto started = co_await start();
    int code = kDone;
    if (started) {
      ready_ = true;
      const auto accounts = house_.accounts().list();
      const auto line = ready_line(bot_.username(), accounts);
      fmt::print("tgpanel: ready: {}\n", line);
      std::fflush(stdout);
      tell_systemd_ready(line);
      boost::system::error_code ignored;
      if (!stopping_) {
        co_await stop_asked_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      }
      code = lost_ ? kConfiguration : kDone;
    } else if (!stopping_) {
      fmt::print(stderr, "tgpanel: {}\n", started.error().message);
      code = exit_code(started.error().code);
    }
    co_await stop();
    co_return code;
  }

 private:
  void observe() {
    auto& accounts = house_.accounts();
    accounts.on_update([this](AccountId id, const Json& update) { monitor_.feed(id, update); });
    accounts.on_ready([this](AccountId id) {
      monitor_.account_ready(id);
      runner_.wake();
    });
    accounts.on_change([this](const accounts::Account& account) {
      if (account.state != accounts::AccountState::active) monitor_.account_gone(account.id);
      runner_.wake();
    });
    bot_.on_lost([this](const Error& error) {
      fmt::print(stderr, "tgpanel: {}\n", error.message);
      lost_ = true;
      ask_to_stop("the bot's session has ended");
    });
  }

  Awaitable<Result<void>> start() {
    if (auto read = co_await monitor_.start(); !read) co_return read;
    monitoring_ = true;
    if (auto read = co_await limiter_.load(); !read) co_return read;
    if (auto logged_in = co_await bot_.start(); !logged_in) co_return logged_in;
    bot_started_ = true;
    monitor_.set_alert_channel(bot_.channel());
    if (bot_.channel() != 0) monitor_.set_sink(&bot_);
    accounts_started_ = true;
    if (auto opened = co_await house_.accounts().start(); !opened) co_return opened;
    if (auto resumed = co_await runner_.resume(); !resumed) co_return resumed;
    bot_.serve(panel_);
    co_return Result<void>{};
  }

  // Work first, then what it works with.
  Awaitable<> stop() {
    co_await runner_.stop(kFinishWork);
    if (monitoring_) co_await monitor_.stop(kFinishWork);
    monitor_.set_sink(nullptr);
    if (bot_started_) co_await bot_.stop(kCloseClients);
    if (accounts_started_) co_await house_.accounts().stop(kCloseClients);
    limiter_.stop();
    co_await house_.hub().close_all(kCloseClients);
  }

  Awaitable<> close_all() { co_await house_.hub().close_all(kCloseClients); }

  House& house_;
  asio::steady_timer stop_asked_;
  bool stopping_ = false;
  bool ready_ = false;
  bool lost_ = false;
  bool monitoring_ = false;
  bool bot_started_ = false;
  bool accounts_started_ = false;

  panel::ManagerAccountsView view_;
  panel::ManagerAccountSource source_;
  panel::ManagerAccounts accounts_;
  monitor::Monitor monitor_;
  panel::MonitorRules rules_;
  storage::JobRepository repository_;
  jobs::Limiter limiter_;
  std::unique_ptr<jobs::Deeds> deeds_;
  jobs::Runner runner_;
  panel::PanelImpl panel_;
  bot::Bot bot_;
};

/// The first signal asks for a clean stop, the second ends the process at once.
Awaitable<> follow_signals(asio::signal_set& signals, Running& running) {
  boost::system::error_code error;
  co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return;
  running.ask_to_stop("asked to by a signal");
  co_await signals.async_wait(asio::redirect_error(asio::use_awaitable, error));
  if (!error) std::_Exit(kInterrupted);
}

Awaitable<> run_until_done(Running& running, asio::signal_set& signals, int& code) {
  code = co_await running.run();
  signals.cancel();
}

}  // namespace

int run_panel(const Settings& settings) {
  asio::io_context io(1);
  auto house = House::open(io, settings);
  if (!house) {
    fmt::print(stderr, "tgpanel: {}\n", house.error().message);
    return exit_code(house.error().code);
  }
  auto session = open_bot_session(settings.data_dir, settings.bot_token, (*house)->keyring());
  if (!session) {
    fmt::print(stderr, "tgpanel: {}\n", session.error().message);
    return exit_code(session.error().code);
  }
  int code = kFailed;
  {
    asio::signal_set signals(io, SIGTERM, SIGINT);
    Running running(io, **house, settings, std::move(*session));
    asio::co_spawn(io, follow_signals(signals, running), asio::detached);
    asio::co_spawn(io, run_until_done(running, signals, code), [](const std::exception_ptr& bug) {
      if (bug) std::rethrow_exception(bug);
    });
    io.run();
  }
  return code;
}

}  // namespace tgpanel::app
