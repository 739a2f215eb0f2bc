#include "testdc/rpc/dispatcher.hpp"

#include "testdc/rpc/faults.hpp"

#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace testdc {

namespace {

// Enough for the longest test; a benchmark's older calls fall out.
constexpr std::size_t max_records = 200'000;
constexpr std::size_t max_troubles = 100;
// Longer ones are parts of files.
constexpr std::size_t max_logged_bytes = 1024;

constexpr std::string_view pending = "pending";

/// The query as the log shows it.
Value without_files(const Value& query) {
  Value logged = query;
  for (auto& [name, content] : logged.items()) {
    if (content.is_binary() && content.get_binary().size() > max_logged_bytes) {
      content = fmt::format("{} bytes", content.get_binary().size());
    }
  }
  return logged;
}

std::string name_of(const Value& query) {
  const auto name = query.find("_");
  return name != query.end() && name->is_string() ? name->get<std::string>() : std::string("?");
}

std::string outcome_of(const RpcError& error) {
  return fmt::format("{} {}", error.code, error.text);
}

}  // namespace

struct Dispatcher::Impl {
  explicit Impl(tgpanel::Executor executor_in) : executor(std::move(executor_in)) {}

  /// A call on its way: kept by whoever has to answer it.
  struct Call {
    Caller caller;
    Value query;
    std::string method;
    Reply reply;
    std::uint64_t record = 0;
    bool silent = false;
    bool answered = false;
  };

  using CallPtr = std::shared_ptr<Call>;

  void add(std::string method, LateHandler handler) {
    if (handlers.contains(method)) throw std::logic_error("two handlers for " + method);
    handlers.emplace(std::move(method), std::move(handler));
  }

  std::uint64_t begin_record(const Call& call) {
    if (log.size() == max_records) {
      log.pop_front();
      ++first_record;
    }
    CallRecord& record = log.emplace_back();
    record.time_ms = now_ms();
    record.user_id = call.caller.user_id;
    record.auth_key_id = call.caller.auth_key_id;
    record.method = call.method;
    record.outcome = pending;
    record.query = without_files(call.query);
    return first_record + log.size() - 1;
  }

  void end_record(const Call& call, std::string outcome) {
    if (call.record >= first_record && call.record - first_record < log.size()) {
      log[call.record - first_record].outcome = std::move(outcome);
    }
    for (const auto& observer : record_observers) observer();
  }

  void answer(const CallPtr& call, std::expected<Value, RpcError> result) {
    if (std::exchange(call->answered, true)) return;
    std::string outcome = call->silent ? "silenced" : result ? "ok" : outcome_of(result.error());
    // The client learns of it first: whoever waits for the record finds the answer under way.
    if (!call->silent) call->reply(std::move(result));
    end_record(*call, std::move(outcome));
  }

  /// Nothing when the call may go on.
  [[nodiscard]] std::optional<RpcError> refusal(const Call& call) const {
    if (call.caller.user_id == 0) {
      if (open_methods.contains(call.method)) return std::nullopt;
      return RpcError{401, "AUTH_KEY_UNREGISTERED"};
    }
    if (closed_to_bots.contains(call.method) && is_bot && is_bot(call.caller.user_id)) {
      return RpcError{400, "BOT_METHOD_INVALID"};
    }
    return refuse ? refuse(call.caller, call.query) : std::nullopt;
  }

  void handle(const CallPtr& call) {
    if (const auto error = refusal(*call)) {
      answer(call, std::unexpected(*error));
      return;
    }
    const auto found = handlers.find(call->method);
    if (found == handlers.end()) {
      // Telegram's own words for a constructor it does not know; TDLib takes it as an ordinary
      // failure.
      answer(call, std::unexpected(RpcError{400, "INPUT_METHOD_INVALID"}));
      return;
    }
    try {
      found->second(call->caller, call->query,
                    [this, call, still_here = std::weak_ptr(alive)](auto result) {
                      if (!still_here.expired()) answer(call, std::move(result));
                    });
    } catch (const RpcError& error) {
      answer(call, std::unexpected(error));
    } catch (const std::exception& bug) {
      note_trouble(fmt::format("{} failed: {}", call->method, bug.what()));
      answer(call, std::unexpected(RpcError{400, fmt::format("HANDLER_FAILED: {}", bug.what())}));
    }
  }

  void note_trouble(const std::string& what) {
    fmt::print(stderr, "testdc: {}\n", what);
    // One that comes with every packet need not be kept without end.
    if (troubles.size() < max_troubles) troubles.push_back(what);
  }

  void start(const CallPtr& call) {
    // Before anything may refuse it: whoever asks, and whatever he gets, a handler is missing.
    if (!handlers.contains(call->method)) ++unknown[call->method];
    if (const auto blocked = blocked_keys.find(call->caller.auth_key_id);
        blocked != blocked_keys.end()) {
      answer(call, std::unexpected(blocked->second));
      return;
    }
    const auto fault = faults.take(call->method, call->caller.user_id);
    if (!fault) {
      handle(call);
      return;
    }
    if (fault->drop) {
      end_record(*call, "dropped");
      return;
    }
    call->silent = fault->silence;
    auto go_on = [this, call, code = fault->code, text = fault->text] {
      if (code != 0) {
        answer(call, std::unexpected(RpcError{code, text}));
      } else {
        handle(call);
      }
    };
    if (fault->delay_ms > 0) {
      later(fault->delay_ms, std::move(go_on));
    } else {
      go_on();
    }
  }

  template <class Function>
  void later(int delay_ms, Function function) {
    auto timer = std::make_shared<tgpanel::asio::steady_timer>(executor,
                                                               std::chrono::milliseconds(delay_ms));
    timer->async_wait(
        [timer, alive = std::weak_ptr(alive), function = std::move(function)](auto error) {
          if (!error && !alive.expired()) function();
        });
  }

  static std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  tgpanel::Executor executor;
  std::unordered_map<std::string, LateHandler> handlers;
  std::set<std::string> open_methods;
  std::set<std::string> closed_to_bots;
  std::function<std::int64_t(std::uint64_t)> user_of_key;
  std::function<bool(std::int64_t)> is_bot;
  std::function<std::optional<RpcError>(const Caller&, const Value&)> refuse;
  std::map<std::uint64_t, RpcError> blocked_keys;
  Faults faults;
  std::deque<CallRecord> log;
  std::uint64_t first_record = 0;  // number of the oldest record that is still there
  std::map<std::string, int> unknown;
  std::vector<std::string> troubles;
  std::vector<std::function<void()>> record_observers;
  std::vector<std::function<void(std::uint64_t, bool)>> online_observers;
  std::function<void(std::uint64_t)> key_destroyed;
  std::shared_ptr<bool> alive = std::make_shared<bool>(true);  // late answers may outlive us
};

Dispatcher::Dispatcher(tgpanel::Executor executor)
    : impl_(std::make_unique<Impl>(std::move(executor))) {}

Dispatcher::~Dispatcher() = default;

void Dispatcher::add(std::string method, Handler handler) {
  add_late(std::move(method),
           [handler = std::move(handler)](const Caller& caller, const Value& query,
                                          const Reply& reply) { reply(handler(caller, query)); });
}

void Dispatcher::add_late(std::string method, LateHandler handler) {
  impl_->add(std::move(method), std::move(handler));
}

void Dispatcher::allow_without_login(std::set<std::string> methods) {
  impl_->open_methods.merge(methods);
}

void Dispatcher::close_to_bots(std::set<std::string> methods) {
  impl_->closed_to_bots.merge(methods);
}

void Dispatcher::identify_by(std::function<std::int64_t(std::uint64_t)> user_of_key,
                             std::function<bool(std::int64_t)> is_bot) {
  impl_->user_of_key = std::move(user_of_key);
  impl_->is_bot = std::move(is_bot);
}

void Dispatcher::refuse_by(
    std::function<std::optional<RpcError>(const Caller&, const Value&)> refusal) {
  impl_->refuse = std::move(refusal);
}

void Dispatcher::block_key(std::uint64_t auth_key_id, std::optional<RpcError> error) {
  if (error) {
    impl_->blocked_keys.insert_or_assign(auth_key_id, *std::move(error));
  } else {
    impl_->blocked_keys.erase(auth_key_id);
  }
}

void Dispatcher::add_fault(Fault fault) {
  impl_->faults.add(std::move(fault));
}

void Dispatcher::clear_faults() {
  impl_->faults.clear();
}

const std::deque<CallRecord>& Dispatcher::log() const {
  return impl_->log;
}

void Dispatcher::clear_log() {
  impl_->first_record += impl_->log.size();
  impl_->log.clear();
}

const std::map<std::string, int>& Dispatcher::unknown() const {
  return impl_->unknown;
}

const std::vector<std::string>& Dispatcher::troubles() const {
  return impl_->troubles;
}

std::set<std::string> Dispatcher::methods() const {
  std::set<std::string> out;
  for (const auto& [method, handler] : impl_->handlers) out.insert(method);
  return out;
}

void Dispatcher::on_trouble(const std::string& what) {
  impl_->note_trouble(what);
}

void Dispatcher::on_record(std::function<void()> observer) {
  impl_->record_observers.push_back(std::move(observer));
}

void Dispatcher::on_call(const Caller& caller, Value query, Reply reply) {
  auto call = std::make_shared<Impl::Call>();
  call->caller = caller;
  call->caller.user_id = impl_->user_of_key ? impl_->user_of_key(caller.auth_key_id) : 0;
  call->query = std::move(query);
  call->method = name_of(call->query);
  call->reply = std::move(reply);
  call->record = impl_->begin_record(*call);
  impl_->start(call);
}

void Dispatcher::on_online(std::uint64_t auth_key_id, bool online) {
  for (const auto& observer : impl_->online_observers) observer(auth_key_id, online);
}

void Dispatcher::on_online_changed(std::function<void(std::uint64_t, bool)> observer) {
  impl_->online_observers.push_back(std::move(observer));
}

void Dispatcher::on_key_destroyed(std::uint64_t auth_key_id) {
  if (impl_->key_destroyed) impl_->key_destroyed(auth_key_id);
}

void Dispatcher::forget_keys_with(std::function<void(std::uint64_t)> observer) {
  impl_->key_destroyed = std::move(observer);
}

}  // namespace testdc
