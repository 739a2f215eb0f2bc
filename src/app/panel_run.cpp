#include "app/panel_run.hpp"

#include "accounts/manager.hpp"
#include "app/bot_session.hpp"
#include "app/disk_guard.hpp"
#include "app/foundation.hpp"
#include "app/heap.hpp"
#include "app/open_files.hpp"
#include "app/pace_scale.hpp"
#include "app/ready_line.hpp"
#include "app/systemd.hpp"
#include "app/watchdog.hpp"
#include "base/random.hpp"
#include "bot/bot.hpp"
#include "cli/exit_codes.hpp"
#include "cli/refuse.hpp"
#include "jobs/deeds.hpp"
#include "jobs/limiter.hpp"
#include "jobs/runner.hpp"
#include "monitor/monitor.hpp"
#include "panel/adapters.hpp"
#include "panel/manager_desk.hpp"
#include "panel/panel_impl.hpp"
#include "panel/stored_preferences.hpp"
#include "storage/job_repository.hpp"
#include "telegram/hub.hpp"
#include "words/errors_common.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tgpanel::app {

namespace {

// The parts of the 5 s that a stop may take.
constexpr Millis kRunnerBound{600};
constexpr Millis kMonitorBound{600};
constexpr Millis kBotBound{1'000};
constexpr Millis kAccountsBound{1'500};
constexpr Millis kClientsBound{500};
constexpr unsigned kStopSeconds = 5;
constexpr Millis kDrainBound{300};

constexpr Millis kTrimGap{60'000};

// For what admins are told before a panel whose disk is full stops.
constexpr Millis kFarewell{2'000};
// Of PanelRun::run(): stopped for want of room, to be started anew when there is.
constexpr int kParked = -1;

// Of the bot's waits: no account has this id.
constexpr AccountId kBot = 0;
constexpr const char* kBotSends = "sendMessage";

constexpr Millis kFirstRetry{5'000};
constexpr Millis kLongestRetry{60'000};

// Everything that must survive is on disk already: ending here is a crash that is prepared for.
void give_up(int) {
  constexpr std::string_view kSentence = "tgpanel: the stop took too long; ended as it was\n";
  static_cast<void>(!::write(STDERR_FILENO, kSentence.data(), kSentence.size()));
  ::_exit(cli::kFailed);
}

// A chance in [0, 1) for the spread of paces.
double chance() {
  constexpr std::uint32_t kSteps = 1U << 24U;
  return static_cast<double>(random_below(kSteps)) / kSteps;
}

class PanelRun {
 public:
  PanelRun(asio::io_context& io, asio::signal_set& signals, const Settings& settings,
           Foundation& base, BotSession session, bool had_no_room)
      : io_(io),
        settings_(settings),
        base_(base),
        session_(std::move(session)),
        signals_(signals),
        stopped_(io, asio::steady_timer::time_point::max()),
        farewell_(io),
        repository_(base.database()),
        limiter_(repository_, base.clock(), io.get_executor()),
        view_(base.manager(), limiter_),
        monitor_(io.get_executor(), base.database(), base.clock(), view_,
                 monitor_limits(settings.pace_scale)),
        deeds_(jobs::telegram_deeds()),
        source_(base.manager()),
        runner_(jobs::RunnerParts{.executor = io.get_executor(),
                                  .clock = base.clock(),
                                  .repository = repository_,
                                  .limiter = limiter_,
                                  .accounts = source_,
                                  .deeds = *deeds_,
                                  .pace = job_pace(settings.pace_scale),
                                  .random = chance,
                                  .admins = settings.admins,
                                  .send_deadline = text_deadline(settings.pace_scale)}),
        accounts_(base.manager(), limiter_),
        rules_(monitor_),
        desk_(io.get_executor(),
              {.manager = base.manager(),
               .monitor = monitor_,
               .limiter = limiter_,
               .database = base.database(),
               .clock = base.clock()},
              {.report_bot = settings.report_check_bot,
               .report_deadline = report_deadline(settings.pace_scale)}),
        preferences_(base.database(), base.clock(), settings.language == "fa" ? 1 : 0),
        panel_(accounts_, rules_, runner_, repository_, desk_,
               {preferences_, base.clock(), settings.time_zone}),
        disk_(io.get_executor(), base.database(), settings.data_dir,
              disk_look_gap(settings.pace_scale),
              [this](Disk now, const DiskLook& look) { disk_changed(now, look); }),
        had_no_room_(had_no_room),
        trimmer_(io.get_executor(), kTrimGap),
        watchdog_(io.get_executor(), base.hub().pulse(), watchdog_limits()) {}

  int run() {
    wait_signal();
    observe_accounts();
    disk_.start();
    trimmer_.start();
    asio::co_spawn(io_, live(), [this](const std::exception_ptr& bug) {
      signals_.cancel();
      disk_.stop();
      trimmer_.stop();
      watchdog_.stop();
      if (bug) std::rethrow_exception(bug);
      ended_ = true;
    });
    while (!ended_ && io_.run_one() > 0) {
    }
    // What still comes back from threads finds its owners here, not gone.
    io_.run_for(kDrainBound);
    return exit_code_;
  }

 private:
  void wait_signal() {
    signals_.async_wait([this](const boost::system::error_code& error, int number) {
      if (error) return;
      if (stopping_) ::_exit(cli::kInterrupted);
      spdlog::info("{}: stopping", number == SIGINT ? "SIGINT" : "SIGTERM");
      request_stop();
      wait_signal();
    });
  }

  void observe_accounts() {
    auto& manager = base_.manager();
    manager.on_update([this](AccountId account, const Json& update) {
      runner_.feed(account, update);
      monitor_.feed(account, update);
      desk_.feed(account, update);
    });
    manager.on_notice([this] {
      if (bot_) bot_->tell_notices();
    });
    runner_.contacts().on_stop([this] {
      if (bot_) bot_->tell_notices();
    });
    manager.on_ready([this](AccountId account) {
      monitor_.account_ready(account);
      runner_.wake();
    });
    manager.on_reopen([this](AccountId account) { monitor_.account_reopens(account); });
    manager.on_note([this] {
      if (bot_) bot_->tell_recovery_notes();
    });
    manager.on_change([this](const accounts::Account& account) {
      if (account.state != accounts::AccountState::active) monitor_.account_gone(account.id);
      runner_.wake();
    });
  }

  // TDLib ends the process when it cannot write its own files: before it comes to that the panel
  // begins nothing new, and then closes every client and waits (run_panel).
  void disk_changed(Disk now, const DiskLook& look) {
    disk_look_ = look;
    runner_.hold(now != Disk::good);
    base_.manager().hold_logins(now == Disk::good ? std::nullopt
                                                  : std::optional<Sentence>(words::disk_low_login));
    if (bot_) bot_->tell_admins(disk_words(now));
    if (now != Disk::out || stopping_ || parking_) return;
    parking_ = true;
    farewell_.expires_after(kFarewell);
    farewell_.async_wait([this](const boost::system::error_code& error) {
      if (error || stopping_) return;
      exit_code_ = kParked;
      request_stop();
    });
  }

  [[nodiscard]] Sentence disk_words(Disk now) const {
    switch (now) {
      case Disk::good:
        break;
      case Disk::low:
        return {words::disk_low, disk_look_.free >> 20U};
      case Disk::out:
        return words::disk_out;
    }
    return words::disk_back;
  }

  // What admins chose in Settings, before anything runs and at every change.
  void apply_preferences() {
    using enum panel::Preference;
    const auto value = [this](panel::Preference key) { return preferences_.value(key, 0); };
    const jobs::Pace pace{.panel_gap = Millis{value(panel_gap) * 1'000},
                          .account_gap = Millis{value(account_gap) * 1'000}};
    const auto paced = runner_.set_pace(job_pace(settings_.pace_scale, pace));
    const auto limited = runner_.contacts().set_limits(static_cast<int>(value(per_recipient)),
                                                       static_cast<int>(value(per_account)),
                                                       std::chrono::hours{value(flood_stop)});
    for (const auto* outcome : {&paced, &limited}) {
      if (!*outcome) spdlog::error("settings: {}", outcome->error().message);
    }
    monitor_.set_digest(static_cast<std::size_t>(value(digest)));
    monitor_.set_private_chats(value(private_chats) != 0);
  }

  void request_stop() {
    stopping_ = true;
    static_cast<void>(std::signal(SIGALRM, give_up));
    ::alarm(kStopSeconds);
    // To systemd a panel that waits for room is no service that ends.
    if (exit_code_ != kParked) tell_systemd_stopping();
    stopped_.cancel();
    farewell_.cancel();
    disk_.stop();
    trimmer_.stop();
    if (starting_) asio::co_spawn(io_, end_start(), asio::detached);
  }

  // What the start waits for ends with its client. The accounts have to know first that it is the
  // panel that closes: to them a closed client is a lost session.
  Awaitable<> end_start() {
    if (manager_started_) co_await base_.manager().stop(kAccountsBound);
    co_await base_.hub().close_all(kBotBound);
  }

  void end_with(const Error& error) {
    fmt::print(stderr, "tgpanel: {}\n", error.message);
    exit_code_ = cli::exit_code(error.code);
  }

  Awaitable<> live() {
    auto started = co_await start();
    starting_ = false;
    if (started && !stopping_) {
      announce();
      co_await until_stopped(Millis::max());
    } else if (!started && !stopping_) {
      end_with(started.error());
    }
    if (!stopping_) request_stop();
    co_await stop();
  }

  // Order matters: the alert channel must be known before the first message comes (it is never
  // monitored), and the monitor must be awake before the accounts are.
  Awaitable<Result<void>> start() {
    const auto stored = co_await base_.manager().stored();
    if (!stored) co_return std::unexpected(stored.error());
    if (auto enough = check_open_files(stored->size()); !enough) co_return enough;
    if (auto read = co_await preferences_.load(); !read) co_return read;
    apply_preferences();
    preferences_.on_change([this](panel::Preference) { apply_preferences(); });
    if (auto read = co_await limiter_.load(); !read) co_return read;
    if (auto read = co_await monitor_.start(); !read) co_return read;
    monitor_started_ = true;
    if (auto bot = co_await start_bot(); !bot) co_return bot;
    monitor_.set_alert_channel(bot_->channel(), bot_->discussion());
    monitor_.set_sink(bot_->channel() == 0 ? nullptr : bot_.get());
    if (stopping_) co_return fail(Errc::cancelled, "stopped while starting");
    manager_started_ = true;
    if (auto read = co_await base_.manager().start(); !read) co_return read;
    if (stopping_) co_return fail(Errc::cancelled, "stopped while starting");
    if (auto resumed = co_await runner_.resume(); !resumed) co_return resumed;
    bot_->serve(panel_);
    // What the disk was like before anybody could be told.
    if (had_no_room_ || disk_.state() != Disk::good) bot_->tell_admins(disk_words(disk_.state()));
    co_return Result<void>();
  }

  // Without a network the panel waits for it; a token that Telegram refuses ends the start.
  Awaitable<Result<void>> start_bot() {
    for (Millis pause = kFirstRetry;; pause = std::min(pause * 2, kLongestRetry)) {
      // Asked to stop before there was a client that could be closed under the start.
      if (stopping_) co_return fail(Errc::cancelled, "stopped while starting");
      bot::BotOptions options;
      options.client = client_settings(settings_);
      options.folder = session_.folder;
      options.database_key = session_.database_key;
      options.token = settings_.bot_token;
      options.admins = settings_.admins;
      options.channel = settings_.channel;
      options.rates = bot_rates(settings_.pace_scale);
      options.time_zone = settings_.time_zone;
      options.language = language_of(settings_.language).value_or(Language::en);
      options.language_of = [this](UserId admin) {
        return preferences_.value(panel::Preference::language, admin) == 1 ? Language::fa
                                                                           : Language::en;
      };
      options.waits = kept_waits();
      bot_ = std::make_unique<bot::Bot>(io_.get_executor(), base_.hub(), base_.clock(),
                                        std::move(options));
      auto started = co_await bot_->start();
      if (started) {
        bot_->on_lost([this](const Error& error) {
          if (stopping_) return;
          end_with(error);
          exit_code_ = cli::kLoginNeeded;
          request_stop();
        });
        co_return started;
      }
      const auto& error = started.error();
      const bool passing = error.code == Errc::timeout || error.code == Errc::telegram ||
                           error.code == Errc::flood_wait;
      if (stopping_ || !passing) co_return started;
      const Millis wait = std::max(pause, Millis{error.retry_after_s * 1'000});
      spdlog::warn("the bot cannot start yet: {} Next attempt in {} s", error.message,
                   wait.count() / 1'000);
      tell_systemd_status("the bot cannot reach Telegram yet");
      co_await until_stopped(wait);
    }
  }

  // The bot's waits are kept beside those of accounts.
  bot::KeptWaits kept_waits() {
    return {.until =
                [this](ChatId chat) {
                  return limiter_.until(kBot, kBotSends, chat).value_or(Instant{});
                },
            .keep =
                [this](ChatId chat, Instant until) {
                  asio::co_spawn(io_, limiter_.tell(kBot, kBotSends, chat, until), asio::detached);
                }};
  }

  void announce() {
    const auto line = ready_line(bot_->username(), base_.manager().list());
    fmt::print("tgpanel: ready: {}\n", line);
    static_cast<void>(std::fflush(stdout));
    tell_systemd_ready(line);
  }

  // Until request_stop(), at most `wait`.
  Awaitable<> until_stopped(Millis wait) {
    if (stopping_) co_return;
    if (wait == Millis::max()) {
      stopped_.expires_at(asio::steady_timer::time_point::max());
    } else {
      stopped_.expires_after(wait);
    }
    boost::system::error_code woken;
    auto token = asio::redirect_error(asio::use_awaitable, woken);
    co_await stopped_.async_wait(token);
  }

  // First what begins new deeds, then what they need, the clients last.
  Awaitable<> stop() {
    co_await runner_.stop(kRunnerBound);
    if (monitor_started_) co_await monitor_.stop(kMonitorBound);
    monitor_.set_sink(nullptr);
    if (bot_) co_await bot_->stop(kBotBound);
    if (manager_started_) co_await base_.manager().stop(kAccountsBound);
    limiter_.stop();
    co_await base_.hub().close_all(kClientsBound);
    if (exit_code_ == kParked && !base_.hub().all_closed()) {
      // Opened again its folder would be found in use: whoever watches over the process starts it.
      spdlog::error("a client did not close; the panel ends instead of waiting for room");
      exit_code_ = cli::kFailed;
    }
    spdlog::info("stopped");
  }

  asio::io_context& io_;
  const Settings& settings_;
  Foundation& base_;
  BotSession session_;
  asio::signal_set& signals_;
  asio::steady_timer stopped_;  // cancelled by request_stop()
  asio::steady_timer farewell_;
  storage::JobRepository repository_;
  jobs::Limiter limiter_;
  panel::ManagerAccountsView view_;
  monitor::Monitor monitor_;
  std::unique_ptr<jobs::Deeds> deeds_;
  panel::ManagerAccountSource source_;
  jobs::Runner runner_;
  panel::ManagerAccounts accounts_;
  panel::MonitorRules rules_;
  panel::ManagerDesk desk_;
  panel::StoredPreferences preferences_;
  panel::PanelImpl panel_;
  std::unique_ptr<bot::Bot> bot_;
  DiskGuard disk_;
  DiskLook disk_look_;
  bool had_no_room_;  // and was waited for
  bool parking_ = false;
  HeapTrimmer trimmer_;
  Watchdog watchdog_;
  bool starting_ = true;
  bool monitor_started_ = false;
  bool manager_started_ = false;
  bool stopping_ = false;
  bool ended_ = false;
  int exit_code_ = cli::kDone;
};

/// From the lock to the stop; `parked`: it was stopped for want of room.
int run_once(const Settings& settings, bool parked) {
  asio::io_context io(1);
  // First of all: a signal that comes while keys and databases are opened is kept, not fatal.
  asio::signal_set signals(io, SIGTERM, SIGINT);
  auto lock = lock_data_folder(settings);
  if (!lock) return cli::refuse(lock.error());
  const auto waited =
      wait_for_disk(io, signals, settings.data_dir, disk_look_gap(settings.pace_scale), parked);
  if (waited == DiskWait::interrupted) return cli::kDone;
  auto base = Foundation::open(settings, io.get_executor(), std::move(*lock));
  if (!base) return cli::refuse(base.error());
  auto session = open_bot_session(settings.data_dir, settings.bot_token, (*base)->keyring());
  if (!session) return cli::refuse(session.error());
  if (auto kept = keep_damaged_aside(*session, settings.test_dc); !kept) {
    return cli::refuse(kept.error());
  }
  const bool had_no_room = parked || waited == DiskWait::waited;
  return PanelRun(io, signals, settings, **base, std::move(*session), had_no_room).run();
}

}  // namespace

int run_panel(const Settings& settings) {
  int code = run_once(settings, false);
  while (code == kParked) {
    ::alarm(0);  // of the stop that has ended
    code = run_once(settings, true);
  }
  return code;
}

}  // namespace tgpanel::app
