#pragma once
// What passes between the transport (mtproto/) and the calls' handlers (rpc/, auth/, world/).

#include "testdc/tl/schema.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <string>

namespace testdc {

using tl::Value;

/// Telegram's rpc_error: thrown by handlers.
struct RpcError {
  int code = 400;
  std::string text;
};

/// Who calls. A key is one authorisation; a key may have several sessions (file uploads add two).
struct Caller {
  std::uint64_t auth_key_id = 0;  // the permanent key, also behind a bound temporary one
  std::int64_t session_id = 0;
  std::int64_t user_id = 0;  // 0 until logged in; filled in by the dispatcher
  std::int32_t dc = 0;       // the DC the key was made with: help.getConfig must name it
  bool test_mode = false;    // the client said DC 10000 + n
  std::string device{};      // device_model of initConnection
};

/// Answers one call: with a result (encoded by the method's type) or an rpc_error. May be kept and
/// called later, at most once; a call that is never answered stays silent, as with a lost answer.
using Reply = std::function<void(std::expected<Value, RpcError>)>;

/// Takes calls from the transport, already unwrapped of invokeWithLayer, initConnection,
/// invokeAfterMsg(s) and invokeWithoutUpdates. Executor: the data centre's one thread.
class CallSink {
 public:
  CallSink() = default;
  CallSink(const CallSink&) = delete;
  CallSink& operator=(const CallSink&) = delete;
  virtual ~CallSink() = default;

  virtual void on_call(const Caller& caller, Value query, Reply reply) = 0;
  /// A session of this key was seen on a connection for the first time, or its last connection
  /// went.
  virtual void on_online(std::uint64_t auth_key_id, bool online) = 0;

  /// The client has destroyed this key: whoever was logged in with it is so no more.
  virtual void on_key_destroyed(std::uint64_t /*auth_key_id*/) {}

  /// Something went wrong here that is no refusal: a message that could not be read, an answer that
  /// could not be written. Every test is to fail of it.
  virtual void on_trouble(const std::string& /*what*/) {}
};

/// What the handlers may ask of the transport. Executor: the data centre's one thread.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// Sends an Updates object to every session of the key that wants updates (kept until
  /// acknowledged and sent again on a new connection). Lost when no session is connected: the
  /// client then asks for the difference. Sessions opened with invokeWithoutUpdates get none.
  virtual void push(std::uint64_t auth_key_id, const Value& updates) = 0;
  [[nodiscard]] virtual bool online(std::uint64_t auth_key_id) const = 0;
  /// Forgets the key: its next packet is answered with transport error -404.
  virtual void destroy_key(std::uint64_t auth_key_id) = 0;
  /// Forgets sessions (not keys) and closes their connections: a client that comes back is told
  /// new_session_created.
  virtual void forget_sessions(std::uint64_t auth_key_id) = 0;
  /// Closes the key's connections now; 0 means everybody's.
  virtual void drop_connections(std::uint64_t auth_key_id) = 0;
  /// While true every new connection is refused (the SOCKS5 port answers "connection refused").
  virtual void refuse_connections(bool refuse) = 0;
};

}  // namespace testdc
