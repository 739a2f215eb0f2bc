#include "telegram/hub.hpp"

#include "telegram/hub_state.hpp"

#include <utility>
#include <vector>

namespace tgpanel::telegram {

namespace {

class HubClient final : public Client {
 public:
  HubClient(std::shared_ptr<HubState> hub, std::shared_ptr<ClientRecord> record)
      : hub_(std::move(hub)), record_(std::move(record)) {}

  HubClient(const HubClient&) = delete;
  HubClient& operator=(const HubClient&) = delete;

  ~HubClient() override {
    record_->on_update = nullptr;
    hub_->abandon(*record_);
  }

  Awaitable<Response> request(Json function, Millis deadline) override {
    // Not a coroutine of this object: the caller may drop the client while it waits.
    return HubState::request(hub_, record_, std::move(function), deadline);
  }

  [[nodiscard]] bool open() const override { return record_->open; }

 private:
  std::shared_ptr<HubState> hub_;
  std::shared_ptr<ClientRecord> record_;
};

Awaitable<> close_all_clients(std::shared_ptr<HubState> hub, Millis bound) {
  auto start = [hub, bound](Completion<bool> done) {
    struct Waiting {
      std::size_t left;
      Completion<bool> done;
    };
    hub->refuse_new();
    const auto open = hub->open_clients();
    if (open.empty()) {
      done(true);
      return;
    }
    auto waiting = std::make_shared<Waiting>(Waiting{open.size(), std::move(done)});
    for (const auto& record : open) {
      hub->submit(record, Json{{"@type", "close"}}, bound, [waiting](const Response&) {
        if (--waiting->left == 0) waiting->done(true);
      });
    }
  };
  co_await await_completion<bool>(std::move(start));
}

}  // namespace

Hub::Hub(const Executor& executor, std::unique_ptr<TdJson> library)
    : state_(std::make_shared<HubState>(executor, std::move(library))) {
  HubState::start(state_);
}

Hub::~Hub() {
  state_->stop();
}

std::shared_ptr<Client> Hub::create(UpdateHandler on_update) {
  return std::make_shared<HubClient>(state_, state_->add(std::move(on_update)));
}

Awaitable<> Hub::close_all(Millis bound) {
  return close_all_clients(state_, bound);
}

bool Hub::all_closed() const {
  return state_->open_clients().empty();
}

const Pulse& Hub::pulse() const {
  return state_->pulse();
}

}  // namespace tgpanel::telegram
