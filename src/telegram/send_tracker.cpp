#include "telegram/send_tracker.hpp"

#include "telegram/completion.hpp"
#include "telegram/deadlines.hpp"
#include "telegram/td_types.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace tgpanel::telegram {

namespace {

using MessageKey = std::pair<ChatId, MessageId>;  // the temporary id

constexpr Millis kDropDeadline{10'000};

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

  struct Handed {
    MessageKey message;
    std::optional<Response> outcome;  // known already
  };

  std::shared_ptr<Client> client;
  bool gone = false;
  int asking = 0;                        // sends that do not know their temporary id yet
  std::map<MessageKey, Response> early;  // outcomes that came while somebody was asking
  std::map<MessageKey, Waiter> waiters;
  std::map<std::uint64_t, MessageKey> under_way;  // of send_once, by number
  std::map<MessageKey, Response> late;            // of those, nobody waiting at that moment
  std::uint64_t last = 0;
  std::unique_ptr<Deadlines> deadlines;

  [[nodiscard]] bool is_under_way(const MessageKey& message) const {
    return std::ranges::any_of(under_way,
                               [&](const auto& entry) { return entry.second == message; });
  }

  void finish(const MessageKey& message, Response response) {
    auto node = waiters.extract(message);
    if (node.empty()) {
      if (is_under_way(message)) {
        late.insert_or_assign(message, std::move(response));
      } else if (asking > 0) {
        early.insert_or_assign(message, std::move(response));
      }
      return;
    }
    deadlines->remove(node.mapped().when);
    node.mapped().done(std::move(response));
  }

  void end_all(const char* why) {
    under_way.clear();
    late.clear();
    for (auto& [message, waiter] : std::exchange(waiters, {})) {
      deadlines->remove(waiter.when);
      waiter.done(std::unexpected(TdError{TdError::kClosed, why}));
    }
  }

  void expire(std::uint64_t key) {
    for (const auto& [message, waiter] : waiters) {
      if (waiter.key != key) continue;
      finish(message, std::unexpected(TdError{TdError::kDeadline,
                                              "Telegram did not confirm the message in time"}));
      return;
    }
  }

  static Awaitable<Handed> hand_over(std::shared_ptr<State> self, Json function, Millis deadline) {
    const auto client = self->client;
    ++self->asking;
    auto pending = co_await client->request(std::move(function), deadline);
    --self->asking;
    auto early = std::exchange(self->early, {});
    if (self->asking > 0) self->early = early;  // somebody else's may be among them
    Handed handed;
    if (!pending) {
      handed.outcome = std::unexpected(std::move(pending.error()));
      co_return handed;
    }
    const Json* message = &*pending;
    if (type_of(*message) == "messages" && message->contains("messages") &&
        !message->at("messages").empty()) {
      message = &message->at("messages").front();
    }
    handed.message = {int_field(*message, "chat_id"), int_field(*message, "id")};
    if (object_field(*message, "sending_state").is_null()) {
      handed.outcome = *message;  // final already
    } else if (const auto found = early.find(handed.message); found != early.end()) {
      self->early.erase(handed.message);
      handed.outcome = std::move(found->second);
    } else if (self->gone) {
      handed.outcome = std::unexpected(TdError{TdError::kClosed, "sending was ended"});
    }
    co_return handed;
  }

  static Awaitable<Response> wait(std::shared_ptr<State> self, MessageKey message,
                                  Millis deadline) {
    if (!self->deadlines) {
      self->deadlines = std::make_unique<Deadlines>(co_await asio::this_coro::executor);
      self->deadlines->on_expired([state = self.get()](std::uint64_t key) { state->expire(key); });
    }
    auto start = [self, message, deadline](Completion<Response> done) {
      const auto timer = ++self->last;
      self->waiters.insert_or_assign(
          message, Waiter{std::move(done), self->deadlines->add(timer, deadline), timer});
    };
    co_return co_await await_completion<Response>(std::move(start));
  }

  static Awaitable<Response> send(std::shared_ptr<State> self, Json function, Millis deadline) {
    const auto client = self->client;
    auto handed = co_await hand_over(self, std::move(function), deadline);
    if (handed.outcome) co_return std::move(*handed.outcome);
    auto outcome = co_await wait(self, handed.message, deadline);
    if (!outcome && outcome.error().code == TdError::kDeadline) {
      co_await drop(client, handed.message);
    }
    co_return outcome;
  }

  static Awaitable<Response> send_once(std::shared_ptr<State> self, std::uint64_t number,
                                       Json function, Millis deadline) {
    auto found = self->under_way.find(number);
    if (found == self->under_way.end()) {
      auto handed = co_await hand_over(self, std::move(function), deadline);
      if (handed.outcome) co_return std::move(*handed.outcome);
      found = self->under_way.insert_or_assign(number, handed.message).first;
    }
    const MessageKey message = found->second;
    if (auto node = self->late.extract(message); !node.empty()) {
      self->under_way.erase(number);
      co_return std::move(node.mapped());
    }
    auto outcome = co_await wait(self, message, deadline);
    const bool open = !outcome && outcome.error().code == TdError::kDeadline;
    if (!open) self->under_way.erase(number);
    co_return outcome;
  }

  static Awaitable<> forget(std::shared_ptr<State> self, std::uint64_t number) {
    const auto node = self->under_way.extract(number);
    if (node.empty()) co_return;
    self->late.erase(node.mapped());
    const auto client = self->client;
    if (client) co_await drop(client, node.mapped());
  }

  // What a person would get late is better not sent at all.
  static Awaitable<> drop(std::shared_ptr<Client> client, MessageKey message) {
    Json function{{"@type", "deleteMessages"},
                  {"chat_id", message.first},
                  {"message_ids", Json::array({message.second})},
                  {"revoke", true}};
    co_await client->request(std::move(function), kDropDeadline);
  }
};

SendTracker::SendTracker(std::shared_ptr<Client> client) : state_(std::make_shared<State>()) {
  state_->client = std::move(client);
}

SendTracker::~SendTracker() {
  end();
}

void SendTracker::end() {
  state_->gone = true;
  state_->client.reset();
  state_->end_all("sending was ended");
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
    state_->end_all("the client is closed");
  }
}

Awaitable<Response> SendTracker::send(Json function, Millis deadline) {
  return State::send(state_, std::move(function), deadline);
}

Awaitable<Response> SendTracker::send_once(std::uint64_t number, Json function, Millis deadline) {
  return State::send_once(state_, number, std::move(function), deadline);
}

Awaitable<> SendTracker::forget(std::uint64_t number) {
  return State::forget(state_, number);
}

}  // namespace tgpanel::telegram
