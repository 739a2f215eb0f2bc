#include "jobs/limiter.hpp"

#include "storage/job_repository.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <compare>
#include <list>
#include <map>
#include <utility>

namespace tgpanel::jobs {

namespace {

using Timer = asio::steady_timer;

struct Key {
  AccountId account = 0;
  std::string method;
  friend auto operator<=>(const Key&, const Key&) = default;
};

/// Calls of one account and method, one after the other.
struct Lane {
  bool taken = false;
  std::list<std::shared_ptr<Timer>> line;  // who waits, in order, each until its own deadline

  /// All look again, in order: the first may take its turn.
  void wake() const {
    for (const auto& waiting : line) waiting->cancel();
  }
};

std::int64_t seconds_until(Instant until, Instant now) {
  return std::max<std::int64_t>(1, (until - now + Millis{999}) / std::chrono::seconds{1});
}

}  // namespace

struct Limiter::State : std::enable_shared_from_this<Limiter::State> {
  State(storage::JobRepository& rows, const Clock& wall, Executor on, LimiterSettings with)
      : repository(rows), clock(wall), executor(std::move(on)), settings(with) {}

  storage::JobRepository& repository;
  const Clock& clock;
  Executor executor;
  LimiterSettings settings;
  bool stopped = false;
  std::map<Key, Instant> waits;
  std::map<Key, std::shared_ptr<Lane>> lanes;

  [[nodiscard]] std::optional<Instant> until(const Key& key) const {
    const auto found = waits.find(key);
    if (found == waits.end() || found->second <= clock.now()) return std::nullopt;
    return found->second;
  }

  std::shared_ptr<Lane> lane(const Key& key) {
    auto& lane = lanes[key];
    if (!lane) lane = std::make_shared<Lane>();
    return lane;
  }

  /// A wait that those in line are to hear of at once.
  void wait_until(const Key& key, Instant until) {
    waits[key] = until;
    lane(key)->wake();
  }

  // Brings the disk to what memory says now; writes go out in the order of these calls. A wait
  // holds in memory even when the disk fails: after a restart the next 429 tells it again.
  static Awaitable<> store(std::shared_ptr<State> self, Key key) {
    if (self->stopped) co_return;
    const auto found = self->waits.find(key);
    if (found == self->waits.end()) {
      co_await self->repository.remove_wait(key.account, std::move(key.method));
      co_return;
    }
    storage::WaitRow row{.account_id = key.account,
                         .method = std::move(key.method),
                         .until_ms = to_unix_ms(found->second)};
    co_await self->repository.save_wait(std::move(row));
  }
};

class Limiter::LimitedClient final : public telegram::Client {
 public:
  LimitedClient(std::shared_ptr<State> state, AccountId account,
                std::shared_ptr<telegram::Client> client)
      : state_(std::move(state)), account_(account), client_(std::move(client)) {}

  Awaitable<telegram::Response> request(Json function, Millis deadline) override {
    // The caller may let go of this object while it waits.
    Key key{account_, function.value("@type", "")};
    return run(state_, client_, std::move(key), std::move(function), deadline);
  }

  [[nodiscard]] bool open() const override { return !state_->stopped && client_->open(); }

 private:
  static Awaitable<telegram::Response> run(std::shared_ptr<State> state,
                                           std::shared_ptr<telegram::Client> client, Key key,
                                           Json function, Millis deadline) {
    const auto lane = state->lane(key);
    const auto latest = Timer::clock_type::now() + deadline;
    Millis left = deadline;
    for (;;) {
      if (state->stopped) co_return closed();
      if (const auto until = state->until(key)) {
        const auto seconds = seconds_until(*until, state->clock.now());
        co_return std::unexpected(
            telegram::TdError{429, fmt::format("Too Many Requests: retry after {}", seconds)});
      }
      if (left <= Millis{0}) co_return too_late();
      if (!lane->taken) break;
      co_await wait_in_line(state, lane, latest);
      left = std::chrono::ceil<Millis>(latest - Timer::clock_type::now());
    }

    lane->taken = true;
    const auto silent = watch_silence(state, key);
    const auto answer = co_await client->request(std::move(function), left);
    const bool noticed = silent->noticed;
    silent->over = true;
    silent->timer.cancel();
    lane->taken = false;
    lane->wake();

    const auto wait_s = answer ? 0 : answer.error().retry_after_s();
    if (wait_s > 0) {
      state->waits[key] = state->clock.now() + std::chrono::seconds{wait_s};
    } else if (noticed) {
      state->waits.erase(key);
    }
    if (wait_s > 0 || noticed) co_await State::store(state, key);
    co_return answer;
  }

  static Awaitable<> wait_in_line(std::shared_ptr<State> state, std::shared_ptr<Lane> lane,
                                  Timer::time_point latest) {
    constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
    const auto timer = std::make_shared<Timer>(state->executor, latest);
    const auto place = lane->line.insert(lane->line.end(), timer);
    co_await timer->async_wait(kToken);
    lane->line.erase(place);
  }

  struct Silence {
    explicit Silence(const Executor& executor) : timer(executor) {}

    Timer timer;
    bool noticed = false;
    bool over = false;  // the answer came: an expiry on its way means nothing any more
  };

  static std::shared_ptr<Silence> watch_silence(const std::shared_ptr<State>& state,
                                                const Key& key) {
    auto silence = std::make_shared<Silence>(state->executor);
    const Instant until = state->clock.now() + state->settings.sleep;
    silence->timer.expires_after(state->settings.silence);
    silence->timer.async_wait([state, key, until, silence](boost::system::error_code error) {
      if (error || silence->over) return;
      silence->noticed = true;
      state->wait_until(key, until);
      asio::co_spawn(state->executor, State::store(state, key), asio::detached);
    });
    return silence;
  }

  static telegram::Response too_late() {
    return std::unexpected(telegram::TdError{telegram::TdError::kDeadline,
                                             "earlier calls of the method took all of the time"});
  }

  static telegram::Response closed() {
    return std::unexpected(telegram::TdError{telegram::TdError::kClosed, "the panel is stopping"});
  }

  std::shared_ptr<State> state_;
  AccountId account_;
  std::shared_ptr<telegram::Client> client_;
};

Limiter::Limiter(storage::JobRepository& repository, const Clock& clock, Executor executor,
                 LimiterSettings settings)
    : state_(std::make_shared<State>(repository, clock, std::move(executor), settings)) {}

Limiter::~Limiter() {
  stop();
}

Awaitable<Result<void>> Limiter::load() {
  auto state = state_;
  auto rows = co_await state->repository.load_waits(to_unix_ms(state->clock.now()));
  if (!rows) co_return std::unexpected(rows.error());
  for (auto& row : *rows) {
    state->waits[Key{row.account_id, std::move(row.method)}] = from_unix_ms(row.until_ms);
  }
  co_return Result<void>{};
}

std::optional<Instant> Limiter::until(AccountId account, std::string_view method) const {
  return state_->until(Key{account, std::string(method)});
}

std::optional<Instant> Limiter::until(AccountId account) const {
  std::optional<Instant> latest;
  const Instant now = state_->clock.now();
  for (const auto& [key, until] : state_->waits) {
    if (key.account == account && until > now && (!latest || until > *latest)) latest = until;
  }
  return latest;
}

Awaitable<> Limiter::hold(AccountId account, std::string method, Instant until) {
  auto state = state_;
  Key key{account, std::move(method)};
  state->wait_until(key, until);
  co_await State::store(std::move(state), std::move(key));
}

std::shared_ptr<telegram::Client> Limiter::wrap(AccountId account,
                                                std::shared_ptr<telegram::Client> client) {
  return std::make_shared<LimitedClient>(state_, account, std::move(client));
}

void Limiter::stop() {
  state_->stopped = true;
  for (auto& [key, lane] : state_->lanes) lane->wake();
}

}  // namespace tgpanel::jobs
