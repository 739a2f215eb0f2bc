#include "telegram/hub_state.hpp"

#include "base/crash_point.hpp"
#include "telegram/td_types.hpp"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <utility>

namespace tgpanel::telegram {

namespace {

// How long receive() sleeps when nothing comes; stop() wakes it.
constexpr double kReceiveTimeout = 1.0;
constexpr double kStoppingTimeout = 0.05;
constexpr std::chrono::seconds kStopBound{3};
constexpr std::string_view kClose = R"({"@type":"close"})";

bool ends_client(const Json& function) {
  const auto type = type_of(function);
  return type == "close" || type == "logOut" || type == "destroy";
}

Response closed_error() {
  return std::unexpected(TdError{TdError::kClosed, "the client is closed"});
}

}  // namespace

HubState::HubState(const Executor& executor, std::unique_ptr<TdJson> library)
    : executor_(executor), library_(std::move(library)), deadlines_(executor) {}

void HubState::start(const std::shared_ptr<HubState>& self) {
  self->deadlines_.on_expired([weak = std::weak_ptr(self)](std::uint64_t request) {
    if (const auto state = weak.lock()) state->expire(request);
  });
  // The thread ends inside stop(), which the hub's destructor calls: `self` outlives it.
  self->thread_ = std::thread([state = self.get()] { state->receive_until_stopped(); });
}

void HubState::stop() {
  gone_ = true;
  for (auto& [id, record] : clients_) record->on_update = nullptr;
  pending_.clear();
  {
    const std::lock_guard lock(live_mutex_);
    for (const int id : live_) library_->send(id, std::string(kClose));
  }
  stopping_ = true;
  // TDLib answers a request to client 0 with an error at once: receive() returns.
  library_->send(0, std::string(kClose));
  thread_.join();
}

// ---- receive thread

void HubState::receive_until_stopped() {
  while (!stopping_) receive_one(kReceiveTimeout);
  const auto give_up = std::chrono::steady_clock::now() + kStopBound;
  while (std::chrono::steady_clock::now() < give_up) {
    {
      const std::lock_guard lock(live_mutex_);
      if (live_.empty()) return;
    }
    receive_one(kStoppingTimeout);
  }
  spdlog::warn("TDLib did not close every client in time");
}

void HubState::receive_one(double timeout_s) {
  const char* text = library_->receive(timeout_s);
  pulse_.beat();
  if (text == nullptr) return;
  const Incoming incoming = reader_.look(text);
  if (incoming.kind == Incoming::Kind::dropped) return;
  if (incoming.kind == Incoming::Kind::closed) {
    const std::lock_guard lock(live_mutex_);
    live_.erase(incoming.client_id);
  }
  if (stopping_) return;
  asio::post(executor_, [self = shared_from_this(), incoming, object = reader_.build()]() mutable {
    self->deliver(incoming, std::move(object));
  });
}

// ---- executor

std::shared_ptr<ClientRecord> HubState::add(UpdateHandler on_update) {
  auto record = std::make_shared<ClientRecord>();
  if (refusing_) {
    record->open = false;
    return record;
  }
  record->id = library_->create_client_id();
  record->on_update = std::move(on_update);
  clients_.emplace(record->id, record);
  return record;
}

Awaitable<Response> HubState::request(std::shared_ptr<HubState> self,
                                      std::shared_ptr<ClientRecord> record, Json function,
                                      Millis deadline) {
  auto start = [self, record, function = std::move(function),
                deadline](Completion<Response> done) mutable {
    self->submit(record, std::move(function), deadline, std::move(done));
  };
  co_return co_await await_completion<Response>(std::move(start));
}

void HubState::submit(const std::shared_ptr<ClientRecord>& record, Json function, Millis deadline,
                      Completion<Response> done) {
  if (gone_ || !record->open) {
    done(closed_error());
    return;
  }
  const auto request = ++last_request_;
  Pending pending;
  pending.done = std::move(done);
  pending.client_id = record->id;
  pending.ends_client = ends_client(function);
  pending.deadline = deadline;
  pending.when = deadlines_.add(request, deadline);
  pending_.emplace(request, std::move(pending));
  function["@extra"] = request;
  send(*record, function);
}

void HubState::send(ClientRecord& record, Json& function) {
  if (!record.started) {
    record.started = true;
    const std::lock_guard lock(live_mutex_);
    live_.insert(record.id);
  }
  // Text of people may hold broken UTF-8: replaced, not thrown.
  const std::string text = function.dump(-1, ' ', false, Json::error_handler_t::replace);
  crash_step();
  library_->send(record.id, text);
  crash_step();
}

void HubState::abandon(ClientRecord& record) {
  if (gone_ || !record.open) return;
  if (!record.started) {
    record.open = false;
    clients_.erase(record.id);
    return;
  }
  Json close = {{"@type", "close"}};
  send(record, close);
}

std::vector<std::shared_ptr<ClientRecord>> HubState::open_clients() const {
  std::vector<std::shared_ptr<ClientRecord>> open;
  for (const auto& [id, record] : clients_) {
    if (record->open && record->started) open.push_back(record);
  }
  return open;
}

void HubState::deliver(const Incoming& incoming, Json object) {
  if (gone_) return;
  if (incoming.kind == Incoming::Kind::answer) {
    deliver_answer(incoming.request, std::move(object));
    return;
  }
  const auto found = clients_.find(incoming.client_id);
  if (found == clients_.end()) return;
  const auto record = found->second;
  if (incoming.kind == Incoming::Kind::closed) {
    record->open = false;
    clients_.erase(found);
  }
  deliver_update(*record, object);
  if (incoming.kind == Incoming::Kind::closed) {
    finish_client(incoming.client_id);
    spdlog::debug("telegram: a client is closed; {} open", clients_.size());
  }
}

void HubState::deliver_update(ClientRecord& record, const Json& update) {
  // A copy: the handler may drop the client, and with it the handler itself.
  const UpdateHandler handler = record.on_update;
  if (handler) handler(update);
}

void HubState::deliver_answer(std::uint64_t request, Json object) {
  const auto found = pending_.find(request);
  if (found == pending_.end()) return;  // answered after its deadline
  if (type_of(object) == "error") {
    TdError error{static_cast<int>(int_field(object, "code")), string_field(object, "message")};
    // 500 "Request aborted": the client is closing already.
    if (found->second.ends_client && error.code == 500) return;
    finish(request, std::unexpected(std::move(error)));
    return;
  }
  if (found->second.ends_client) return;  // finish_client() completes it
  finish(request, std::move(object));
}

void HubState::finish_client(int client_id) {
  std::vector<std::uint64_t> requests;
  for (const auto& [request, pending] : pending_) {
    if (pending.client_id == client_id) requests.push_back(request);
  }
  for (const auto request : requests) {
    const auto found = pending_.find(request);
    if (found == pending_.end()) continue;
    Json ok = {{"@type", "ok"}};
    finish(request, found->second.ends_client ? Response(std::move(ok)) : closed_error());
  }
}

void HubState::expire(std::uint64_t request) {
  const auto found = pending_.find(request);
  if (found == pending_.end()) return;
  const auto seconds = std::chrono::duration<double>(found->second.deadline).count();
  finish(request,
         std::unexpected(
             TdError{TdError::kDeadline, fmt::format("Telegram did not answer in {} s", seconds)}));
}

void HubState::finish(std::uint64_t request, Response response) {
  auto node = pending_.extract(request);
  if (node.empty()) return;
  deadlines_.remove(node.mapped().when);
  node.mapped().done(std::move(response));
}

}  // namespace tgpanel::telegram
