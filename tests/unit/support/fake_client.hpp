#pragma once
// A telegram::Client that answers as told, and a factory of such clients, for tests of what is
// above TDLib. All of it on the test's executor.

#include "telegram/client.hpp"
#include "telegram/completion.hpp"
#include "telegram/td_types.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::test {

using telegram::Response;
using telegram::TdError;

class FakeClient final : public telegram::Client {
 public:
  /// Answers a request; std::nullopt: no answer until reply().
  using Answer = std::function<std::optional<Response>(const Json& function)>;

  explicit FakeClient(telegram::UpdateHandler on_update) : on_update_(std::move(on_update)) {}

  /// The answer to every request of this "@type" from now on. Requests without one get `ok`.
  void answer(const std::string& type, Answer answer) { answers_[type] = std::move(answer); }

  void answer(const std::string& type, Json object) {
    answer(type,
           [object = std::move(object)](const Json&) -> std::optional<Response> { return object; });
  }

  void refuse(const std::string& type, int code, const std::string& message) {
    answer(type, [code, message](const Json&) -> std::optional<Response> {
      return Response(std::unexpected(TdError{code, message}));
    });
  }

  /// Requests of this type stay unanswered until reply().
  void hold(const std::string& type) {
    answer(type, [](const Json&) { return std::optional<Response>(); });
  }

  /// Answers the oldest held request of this type; false when there is none.
  bool reply(const std::string& type, Response response) {
    for (auto held = held_.begin(); held != held_.end(); ++held) {
      if (held->first != type) continue;
      auto done = std::move(held->second);
      held_.erase(held);
      done(std::move(response));
      return true;
    }
    return false;
  }

  /// An update as TDLib would send it.
  void push(const Json& update) {
    const auto handler = on_update_;
    if (handler) handler(update);
  }

  /// updateAuthorizationState; with authorizationStateClosed the client closes.
  void push_authorization(Json state) {
    const bool closed = telegram::type_of(state) == "authorizationStateClosed";
    if (closed) open_ = false;
    Json update = {{"@type", "updateAuthorizationState"},
                   {"authorization_state", std::move(state)}};
    push(update);
    if (!closed) return;
    auto held = std::exchange(held_, {});
    for (auto& [type, done] : held) {
      done(std::unexpected(TdError{TdError::kClosed, "the client is closed"}));
    }
  }

  void push_authorization(const char* type) { push_authorization(Json{{"@type", type}}); }

  void push_connection(const char* type) {
    push({{"@type", "updateConnectionState"}, {"state", {{"@type", type}}}});
  }

  /// Every request so far, in order.
  [[nodiscard]] const std::vector<Json>& sent() const { return sent_; }

  [[nodiscard]] std::size_t count(std::string_view type) const {
    std::size_t number = 0;
    for (const auto& function : sent_) number += telegram::type_of(function) == type ? 1U : 0U;
    return number;
  }

  /// The last request of this type; a null value when there was none.
  [[nodiscard]] Json last(std::string_view type) const {
    for (auto it = sent_.rbegin(); it != sent_.rend(); ++it) {
      if (telegram::type_of(*it) == type) return *it;
    }
    return {};
  }

  /// `close`, `logOut` and `destroy` close the client as the hub's would (LoggingOut or Closing,
  /// then Closed), unless an answer was set for them.
  Awaitable<Response> request(Json function, Millis deadline) override {
    (void)deadline;
    sent_.push_back(function);
    if (!open_) co_return std::unexpected(TdError{TdError::kClosed, "the client is closed"});
    const std::string type(telegram::type_of(function));
    if (const auto found = answers_.find(type); found != answers_.end()) {
      if (auto answer = found->second(function)) co_return std::move(*answer);
      auto start = [this, type](telegram::Completion<Response> done) {
        held_.emplace_back(type, std::move(done));
      };
      co_return co_await telegram::await_completion<Response>(std::move(start));
    }
    if (type == "close" || type == "logOut" || type == "destroy") {
      push_authorization(type == "logOut" ? "authorizationStateLoggingOut"
                                          : "authorizationStateClosing");
      push_authorization("authorizationStateClosed");
    }
    co_return Json{{"@type", "ok"}};
  }

  [[nodiscard]] bool open() const override { return open_; }

 private:
  telegram::UpdateHandler on_update_;
  std::map<std::string, Answer> answers_;
  std::deque<std::pair<std::string, telegram::Completion<Response>>> held_;
  std::vector<Json> sent_;
  bool open_ = true;
};

class FakeFactory final : public telegram::ClientFactory {
 public:
  /// Prepares each new client.
  std::function<void(FakeClient&)> on_create;
  /// Every client made; held here, so that tests look at them after their owners let them go.
  std::vector<std::shared_ptr<FakeClient>> made;

  std::shared_ptr<telegram::Client> create(telegram::UpdateHandler on_update) override {
    auto client = std::make_shared<FakeClient>(std::move(on_update));
    made.push_back(client);
    if (on_create) on_create(*client);
    return client;
  }
};

}  // namespace tgpanel::test
