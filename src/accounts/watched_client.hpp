#pragma once
// An account's client as it is handed out.

#include "telegram/client.hpp"

#include <cstddef>
#include <functional>
#include <memory>

namespace tgpanel::accounts {

/// Looks at every answer: why a session ended is said nowhere but in the answer of a call in
/// flight. Counts what is under way and what its answers bring. Executor: the domain's.
class WatchedClient final : public telegram::Client {
 public:
  using OnEnding = std::function<void(const telegram::TdError&)>;

  WatchedClient(std::shared_ptr<telegram::Client> inner, OnEnding on_ending);

  Awaitable<telegram::Response> request(Json function, Millis deadline) override;
  [[nodiscard]] bool open() const override;

  [[nodiscard]] std::size_t calls_under_way() const;
  /// A message that was pushed to it.
  void saw(const Json& message);
  /// Messages that it was told of, by pushes and in answers, each once.
  [[nodiscard]] std::size_t messages() const;

 private:
  struct State;
  static Awaitable<telegram::Response> ask(std::shared_ptr<State> state, Json function,
                                           Millis deadline);

  std::shared_ptr<State> state_;
};

}  // namespace tgpanel::accounts
