#include "bench/process_times.hpp"
#include "bench/start_measure.hpp"
#include "sessions/saved_sessions.hpp"
#include "telegram/td_types.hpp"

#include <unistd.h>

#include <chrono>
#include <set>
#include <stdexcept>

namespace bench {

namespace {

using namespace tgpanel;
using SteadyClock = std::chrono::steady_clock;

support::SessionPlace place_of(const StartTask& task) {
  return {.folder = task.place.folder,
          .library = task.place.library,
          .socks_port = task.place.socks_port};
}

void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

Awaitable<> start_and_measure(support::SavedSessions* panel, int accounts, StartResult* result) {
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
  support::log_in_all(place_of(task), {.first = kFirstPerson, .count = task.accounts});
}

StartResult start_panel(const StartTask& task) {
  support::SavedSessions panel(place_of(task));
  StartResult result;
  result.memory_before_mb = resident_mb(::getpid());
  panel.spawn(start_and_measure(&panel, task.accounts, &result));
  panel.context.run();
  return result;
}

}  // namespace bench
