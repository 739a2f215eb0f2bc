#include "accounts/watched_client.hpp"

#include "accounts/message_count.hpp"
#include "telegram/td_types.hpp"

#include <utility>

namespace tgpanel::accounts {

/// Shared with calls under way, which may outlive the object.
struct WatchedClient::State {
  std::shared_ptr<telegram::Client> inner;
  OnEnding on_ending;
  std::size_t calls = 0;
  MessageCount messages{};
};

namespace {

void count_answer(const Json& answer, MessageCount& count) {
  const auto messages = answer.find("messages");
  if (messages != answer.end() && messages->is_array()) {
    count.saw(messages->get_ref<const Json::array_t&>());
  } else if (telegram::type_of(answer) == "message") {
    count.saw({&answer, 1});
  }
}

class UnderWay {
 public:
  explicit UnderWay(std::size_t& calls) : calls_(calls) { ++calls_; }

  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

  ~UnderWay() { --calls_; }

 private:
  std::size_t& calls_;
};

}  // namespace

WatchedClient::WatchedClient(std::shared_ptr<telegram::Client> inner, OnEnding on_ending)
    : state_(std::make_shared<State>(
          State{.inner = std::move(inner), .on_ending = std::move(on_ending)})) {}

Awaitable<telegram::Response> WatchedClient::request(Json function, Millis deadline) {
  return ask(state_, std::move(function), deadline);
}

Awaitable<telegram::Response> WatchedClient::ask(std::shared_ptr<State> state, Json function,
                                                 Millis deadline) {
  const UnderWay call(state->calls);
  auto response = co_await state->inner->request(std::move(function), deadline);
  if (response) {
    count_answer(*response, state->messages);
  } else if (telegram::ends_session(response.error())) {
    state->on_ending(response.error());
  }
  co_return response;
}

bool WatchedClient::open() const {
  return state_->inner->open();
}

std::size_t WatchedClient::calls_under_way() const {
  return state_->calls;
}

void WatchedClient::saw(const Json& message) {
  state_->messages.saw({&message, 1});
}

std::size_t WatchedClient::messages() const {
  return state_->messages.count();
}

}  // namespace tgpanel::accounts
