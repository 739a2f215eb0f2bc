#pragma once
// Finds the handler of a call, after the faults that were asked for, and keeps the log of calls.

#include "base/async.hpp"
#include "testdc/rpc/call.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace testdc {

/// Answers at once, or throws RpcError.
using Handler = std::function<Value(const Caller&, const Value& query)>;
/// Answers itself, perhaps later.
using LateHandler = std::function<void(const Caller&, const Value& query, Reply)>;

/// One call as the log keeps it.
struct CallRecord {
  std::int64_t time_ms = 0;  // Unix
  std::int64_t user_id = 0;
  std::uint64_t auth_key_id = 0;
  std::string method;
  std::string outcome;  // "ok", "400 TEXT", "silenced", "pending"
  Value query;          // without the bytes of files
};

/// A fault for calls that fit all its fields.
struct Fault {
  std::string method{};      // "messages.sendReaction"; "*" for any
  std::int64_t user_id = 0;  // 0 for anybody
  int times = 1;             // how many calls; -1 for ever
  int skip = 0;              // calls that fit but pass before the first hit
  int code = 0;              // 0: no error
  std::string text{};        // "FLOOD_WAIT_30", "PEER_FLOOD", ...
  int delay_ms = 0;          // the call is handled that much later
  bool silence = false;      // handled, but the answer is never sent
  bool drop = false;         // handled never, no answer
};

class Dispatcher final : public CallSink {
 public:
  explicit Dispatcher(tgpanel::Executor executor);
  ~Dispatcher() override;

  void add(std::string method, Handler handler);
  void add_late(std::string method, LateHandler handler);
  /// Methods that may be called before a login; all others then fail with 401
  /// AUTH_KEY_UNREGISTERED.
  void allow_without_login(std::set<std::string> methods);
  /// Methods closed to bots: BOT_METHOD_INVALID.
  void close_to_bots(std::set<std::string> methods);
  /// Who is behind a key (0: nobody), and whether that user is a bot. Set by auth/.
  void identify_by(std::function<std::int64_t(std::uint64_t)> user_of_key,
                   std::function<bool(std::int64_t)> is_bot);
  /// Looks at each call of somebody who is logged in; what it returns is the answer.
  void refuse_by(std::function<std::optional<RpcError>(const Caller&, const Value& query)> refusal);
  /// A pending error for a key (revoked sessions): answered to every call of it.
  void block_key(std::uint64_t auth_key_id, std::optional<RpcError> error);

  void add_fault(Fault fault);
  void clear_faults();
  [[nodiscard]] const std::deque<CallRecord>& log() const;
  void clear_log();
  /// Methods that were called, by anybody, and have no handler, with how often.
  [[nodiscard]] const std::map<std::string, int>& unknown() const;
  /// What went wrong in the data centre itself (CallSink::on_trouble, handlers that failed).
  [[nodiscard]] const std::vector<std::string>& troubles() const;
  /// Every method that has a handler.
  [[nodiscard]] std::set<std::string> methods() const;
  /// Called after each record is complete.
  void on_record(std::function<void()> observer);

  void on_call(const Caller& caller, Value query, Reply reply) override;
  void on_online(std::uint64_t auth_key_id, bool online) override;
  void on_online_changed(std::function<void(std::uint64_t, bool)> observer);
  void on_key_destroyed(std::uint64_t auth_key_id) override;
  /// Kept for the report, and written to standard error at once.
  void on_trouble(const std::string& what) override;
  /// One observer, set by auth/.
  void forget_keys_with(std::function<void(std::uint64_t)> observer);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace testdc
