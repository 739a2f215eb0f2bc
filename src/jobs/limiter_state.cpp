#include "jobs/limiter_state.hpp"

#include "base/crash_point.hpp"
#include "storage/job_repository.hpp"
#include "telegram/td_types.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>

namespace tgpanel::jobs {

Awaitable<Result<void>> Limiter::State::load(std::shared_ptr<State> self) {
  const auto now_ms = to_unix_ms(self->now());
  if (auto removed = co_await self->repository_.remove_waits_over(now_ms); !removed) {
    co_return removed;
  }
  auto rows = co_await self->repository_.load_waits(now_ms);
  if (!rows) co_return std::unexpected(rows.error());
  for (auto& row : *rows) {
    const WaitKey key{row.account_id, std::move(row.method), row.chat_id};
    self->waits_.tell(key, from_unix_ms(row.until_ms));
  }
  co_return Result<void>{};
}

void Limiter::State::stop() {
  stopped_ = true;
  for (auto& [key, lane] : lanes_) {
    lane->wake();
    if (lane->flight) lane->flight->timer.cancel();
  }
}

std::shared_ptr<Limiter::State::Lane> Limiter::State::lane(AccountId account,
                                                           const std::string& method) {
  auto& lane = lanes_[{account, method}];
  if (!lane) lane = std::make_shared<Lane>();
  return lane;
}

std::shared_ptr<Limiter::State::Flight> Limiter::State::begin(const WaitKey& key,
                                                              ClientPtr client) {
  auto flight = std::make_shared<Flight>(executor_, std::move(client));
  flight->slept = now() + settings_.sleep;
  lane(key.account, key.method)->flight = flight;
  watch(key, flight);
  return flight;
}

void Limiter::State::watch(const WaitKey& key, const std::shared_ptr<Flight>& flight) {
  flight->timer.expires_after(settings_.silence);
  flight->timer.async_wait(
      [self = shared_from_this(), key, flight](boost::system::error_code error) {
        if (error || flight->over || self->stopped_) return;
        if (self->waits_.infer(key, flight->slept)) {
          asio::co_spawn(self->executor_, store_inferred(self, key), asio::detached);
        }
        self->lane(key.account, key.method)->wake();
        // A call ends by its own deadline. What became of a message may never be told.
        flight->timer.expires_after(self->settings_.sleep - self->settings_.silence);
        flight->timer.async_wait([self, key, flight](boost::system::error_code stopped) {
          if (!stopped && flight->message) self->finish(key, *flight, {});
        });
      });
}

bool Limiter::State::finish(const WaitKey& key, Flight& flight, Outcome outcome) {
  if (flight.over) return false;
  flight.over = true;
  flight.timer.cancel();
  const auto lane = this->lane(key.account, key.method);
  if (lane->flight.get() == &flight) lane->flight.reset();
  bool changed = false;
  if (outcome.wait_s > 0) changed = waits_.tell(key, now() + std::chrono::seconds{outcome.wait_s});
  if (outcome.answered) changed = waits_.answer(key) || changed;
  lane->wake();
  return changed;
}

void Limiter::State::follow(const WaitKey& key, const std::shared_ptr<Flight>& flight,
                            MessageKey message) {
  flight->message = message;
  const auto early =
      std::ranges::find(flight->early, message, &std::pair<MessageKey, Outcome>::first);
  if (early != flight->early.end()) finish_send(key.account, *flight, early->second);
}

void Limiter::State::told(AccountId account, MessageKey message, Outcome outcome) {
  const auto flight = sending(account);
  if (!flight) return;
  if (!flight->message) {
    flight->early.emplace_back(message, outcome);
  } else if (*flight->message == message) {
    finish_send(account, *flight, outcome);
  }
}

void Limiter::State::forgotten(AccountId account, const Json& delete_messages) {
  const auto flight = sending(account);
  if (!flight || !flight->message) return;
  if (telegram::int_field(delete_messages, "chat_id") != flight->message->first) return;
  const auto ids = delete_messages.find("message_ids");
  const auto is_it = [&](const Json& id) { return id == flight->message->second; };
  if (ids != delete_messages.end() && std::ranges::any_of(*ids, is_it)) {
    finish_send(account, *flight, {});
  }
}

std::shared_ptr<Limiter::State::Flight> Limiter::State::sending(AccountId account) const {
  const auto found = lanes_.find({account, kSendMethod});
  return found == lanes_.end() ? nullptr : found->second->flight;
}

void Limiter::State::finish_send(AccountId account, Flight& flight, Outcome outcome) {
  const WaitKey key{account, kSendMethod, 0};
  if (!finish(key, flight, outcome)) return;
  asio::co_spawn(executor_, store(shared_from_this(), key), asio::detached);
}

Awaitable<> Limiter::State::tell(std::shared_ptr<State> self, WaitKey key, Instant until) {
  const bool changed = self->waits_.tell(key, until);
  self->lane(key.account, key.method)->wake();
  if (changed) co_await store(self, std::move(key));
}

Awaitable<> Limiter::State::arrived(std::shared_ptr<State> self, AccountId account) {
  const auto flight = self->sending(account);
  const WaitKey key{account, kSendMethod, 0};
  const bool changed = flight && self->finish(key, *flight, {.answered = true});
  if (changed) co_await store(self, key);
}

Awaitable<> Limiter::State::narrow(std::shared_ptr<State> self, WaitKey key) {
  if (!self->waits_.narrow(key)) co_return;
  auto chat = key;
  co_await store(self, std::move(chat));
  key.chat = 0;
  co_await store(self, std::move(key));
}

Awaitable<> Limiter::State::store(std::shared_ptr<State> self, WaitKey key) {
  if (self->stopped_) co_return;
  const auto end = self->waits_.end_of(key);
  if (!end) {
    co_await self->repository_.remove_wait(key.account, std::move(key.method), key.chat);
    co_return;
  }
  storage::WaitRow row{.account_id = key.account,
                       .method = std::move(key.method),
                       .chat_id = key.chat,
                       .until_ms = to_unix_ms(*end)};
  co_await self->repository_.save_wait(std::move(row));
}

Awaitable<> Limiter::State::store_inferred(std::shared_ptr<State> self, WaitKey key) {
  co_await store(self, std::move(key));
  crash_point("limiter.inferred");
}

}  // namespace tgpanel::jobs
