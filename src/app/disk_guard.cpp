#include "app/disk_guard.hpp"

#include "app/disk_look.hpp"
#include "app/systemd.hpp"
#include "storage/database.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

#include <cerrno>
#include <exception>
#include <string>
#include <system_error>
#include <utility>

namespace tgpanel::app {

namespace {

std::string words_of(const DiskLook& look) {
  return look.error != 0 ? std::system_category().message(look.error)
                         : std::to_string(look.free >> 20U) + " MiB are free";
}

bool passes_by_itself(int error) {
  return error == 0 || error == ENOSPC || error == EDQUOT || error == EIO;
}

}  // namespace

// Shared with the look that is under way when the guard goes.
struct DiskGuard::Watch {
  Watch(const Executor& executor, storage::Database& db, std::filesystem::path where, Millis often,
        OnChange change)
      : database(db),
        folder(std::move(where)),
        every(often),
        on_change(std::move(change)),
        timer(executor) {}

  static Awaitable<> run(std::shared_ptr<Watch> self) {
    while (!self->stopped) {
      auto work = [folder = self->folder] { return look_at_disk(folder); };
      const auto found = co_await self->database.run_beside(std::move(work));
      if (self->stopped) co_return;
      self->take(found);
      self->timer.expires_after(self->every);
      boost::system::error_code woken;
      auto token = asio::redirect_error(asio::use_awaitable, woken);
      co_await self->timer.async_wait(token);
    }
  }

  void take(const DiskLook& found) {
    const auto before = rule.state();
    const auto now = rule.look(found);
    if (now == before) return;
    const auto level = now == Disk::good ? spdlog::level::info : spdlog::level::warn;
    spdlog::log(level, "the disk of {}: {}", folder.string(), words_of(found));
    on_change(now, found);
  }

  storage::Database& database;
  std::filesystem::path folder;
  Millis every;
  OnChange on_change;
  asio::steady_timer timer;
  DiskRule rule;
  bool stopped = false;
};

DiskGuard::DiskGuard(const Executor& executor, storage::Database& database,
                     std::filesystem::path folder, Millis every, OnChange on_change)
    : watch_(std::make_shared<Watch>(executor, database, std::move(folder), every,
                                     std::move(on_change))) {}

DiskGuard::~DiskGuard() {
  stop();
}

void DiskGuard::start() {
  asio::co_spawn(watch_->timer.get_executor(), Watch::run(watch_),
                 [](const std::exception_ptr& bug) {
                   if (bug) std::rethrow_exception(bug);
                 });
}

void DiskGuard::stop() {
  watch_->stopped = true;
  watch_->timer.cancel();
}

Disk DiskGuard::state() const {
  return watch_->rule.state();
}

DiskWait wait_for_disk(asio::io_context& io, asio::signal_set& signals,
                       const std::filesystem::path& folder, Millis every, bool any_trouble) {
  DiskRule rule;
  bool interrupted = false;
  bool waited = false;
  asio::steady_timer timer(io);
  signals.async_wait([&](const boost::system::error_code& error, int) {
    if (error) return;
    interrupted = true;
    timer.cancel();
  });
  while (!interrupted) {
    const auto look = look_at_disk(folder);
    if (rule.look(look) != Disk::out || (!any_trouble && !passes_by_itself(look.error))) break;
    if (!std::exchange(waited, true)) {
      spdlog::warn("the disk of {} takes no more: {}. The panel waits, and goes on by itself",
                   folder.string(), words_of(look));
    }
    tell_systemd_status("waiting for room on the disk");
    tell_systemd_alive();
    bool rung = false;
    timer.expires_after(every);
    timer.async_wait([&rung](const boost::system::error_code&) { rung = true; });
    while (!rung) io.run_one();
  }
  signals.cancel();
  io.poll();
  io.restart();
  if (interrupted) return DiskWait::interrupted;
  if (waited) spdlog::info("the disk of {} has room again", folder.string());
  return waited ? DiskWait::waited : DiskWait::none;
}

}  // namespace tgpanel::app
