#include "telegram/send_tracker.hpp"

#include "telegram/completion.hpp"
#include "telegram/deadlines.hpp"
#include "telegram/td_types.hpp"

#include <map>
#include <utility>
#include <vector>

namespace tgpanel::telegram {

namespace {

using MessageKey = std::pair<ChatId, MessageId>;  // the temporary id

TdError error_of(const Json& object) {
  return {static_cast<int>(int_field(object, "code")), string_field(object, "message")};
}

}  // namespace

struct SendTracker::State {
  struct Waiter {
    Completion<Response> done;
    Deadlines::When when;
    std::uint64_t key = 0;
  };

  std::shared_ptr<Client> client;
  bool gone = false;
  int asking = 0;                        // sends that do not know their temporary id yet
  std::map<MessageKey, Response> early;  // outcomes that came while somebody was asking
  std::map<MessageKey, Waiter> waiters;
  std::uint64_t last = 0;
  std::unique_ptr<Deadlines> deadlines;

  void finish(const MessageKey& message, Response response) {
    auto node = waiters.extract(message);
    if (node.empty()) {
      if (asking > 0) early.insert_or_assign(message, std::move(response));
      return;
    }
    deadlines->remove(node.mapped().when);
    node.mapped().done(std::move(response));
  }

  void expire(std::uint64_t key) {
    for (const auto& [message, waiter] : waiters) {
      if (waiter.key != key) continue;
      finish(message, std::unexpected(TdError{TdError::kDeadline,
                                              "Telegram did not confirm the message in time"}));
      return;
    }
  }

  static Awaitable<Response> send(std::shared_ptr<State> self, Json function, Millis deadline) {
    const auto executor = co_await asio::this_coro::executor;
    if (!self->deadlines) {
      self->deadlines = std::make_unique<Deadlines>(executor);
      self->deadlines->on_expired([state = self.get()](std::uint64_t key) { state->expire(key); });
    }
    const auto client = self->client;
    ++self->asking;
    auto pending = co_await client->request(std::move(function), deadline);
    --self->asking;
    auto early = std::exchange(self->early, {});
    if (self->asking > 0) self->early = early;  // somebody else's may be among them
    if (!pending) co_return std::unexpected(std::move(pending.error()));

    const Json* message = &*pending;
    if (type_of(*message) == "messages" && message->contains("messages") &&
        !message->at("messages").empty()) {
      message = &message->at("messages").front();
    }
    if (object_field(*message, "sending_state").is_null()) co_return *message;  // final already
    const MessageKey key(int_field(*message, "chat_id"), int_field(*message, "id"));
    if (const auto found = early.find(key); found != early.end()) {
      self->early.erase(key);
      co_return std::move(found->second);
    }
    if (self->gone) {
      co_return std::unexpected(TdError{TdError::kClosed, "sending was ended"});
    }
    auto start = [self, key, deadline](Completion<Response> done) {
      const auto timer = ++self->last;
      self->waiters.emplace(key,
                            Waiter{std::move(done), self->deadlines->add(timer, deadline), timer});
    };
    co_return co_await await_completion<Response>(std::move(start));
  }
};

SendTracker::SendTracker(std::shared_ptr<Client> client) : state_(std::make_shared<State>()) {
  state_->client = std::move(client);
}

SendTracker::~SendTracker() {
  state_->gone = true;
  state_->client.reset();
  auto waiters = std::exchange(state_->waiters, {});
  for (auto& [message, waiter] : waiters) {
    state_->deadlines->remove(waiter.when);
    waiter.done(std::unexpected(TdError{TdError::kClosed, "sending was ended"}));
  }
}

void SendTracker::observe(const Json& update) {
  const auto type = type_of(update);
  if (type == "updateMessageSendSucceeded") {
    const Json& message = object_field(update, "message");
    state_->finish({int_field(message, "chat_id"), int_field(update, "old_message_id")}, message);
  } else if (type == "updateMessageSendFailed") {
    const Json& message = object_field(update, "message");
    state_->finish({int_field(message, "chat_id"), int_field(update, "old_message_id")},
                   std::unexpected(error_of(object_field(update, "error"))));
  } else if (type == "updateAuthorizationState" &&
             type_of(object_field(update, "authorization_state")) == "authorizationStateClosed") {
    auto waiters = std::exchange(state_->waiters, {});
    for (auto& [message, waiter] : waiters) {
      state_->deadlines->remove(waiter.when);
      waiter.done(std::unexpected(TdError{TdError::kClosed, "the client is closed"}));
    }
  }
}

Awaitable<Response> SendTracker::send(Json function, Millis deadline) {
  return State::send(state_, std::move(function), deadline);
}

}  // namespace tgpanel::telegram
