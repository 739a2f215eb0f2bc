#pragma once
// One MTProto session: service messages, calls and their answers, updates. Knows nothing of
// sockets. Executor: the data centre's one thread. Source:
// https://core.telegram.org/mtproto/service_messages

#include "base/time.hpp"
#include "testdc/mtproto/auth_key.hpp"
#include "testdc/mtproto/inbox.hpp"
#include "testdc/mtproto/invoke.hpp"
#include "testdc/mtproto/outbox.hpp"
#include "testdc/rpc/call.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace testdc::mtproto {

/// One connection, as a session sees it.
class Link {
 public:
  Link() = default;
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  virtual ~Link() = default;

  virtual void send(ByteView packet) = 0;
  /// Closes the connection unless this is called again before.
  virtual void close_after(std::chrono::seconds delay) = 0;
};

class Session;

/// What sessions need of the server.
class SessionHost {
 public:
  SessionHost() = default;
  SessionHost(const SessionHost&) = delete;
  SessionHost& operator=(const SessionHost&) = delete;
  virtual ~SessionHost() = default;

  [[nodiscard]] virtual const tl::Schema& schema() const = 0;
  [[nodiscard]] virtual const tgpanel::Clock& clock() const = 0;
  virtual CallSink& sink() = 0;
  /// Calls `session.flush()` soon.
  virtual void flush_soon(const std::shared_ptr<Session>& session) = 0;
  /// auth.bindTempAuthKey, whose message has this id. Throws RpcError.
  virtual void bind_key(Session& session, std::int64_t msg_id, const Value& query) = 0;
  /// False when the key has no such session.
  virtual bool destroy_session(Session& by, std::int64_t session_id) = 0;
  virtual bool destroy_key_of(Session& by) = 0;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(SessionHost& host, AuthKeyPtr key, std::int64_t id);

  /// A packet of this session, opened. True when `link` is new to the session.
  bool attach(const std::shared_ptr<Link>& link);
  void receive(const Packet& packet);
  void detach(const Link& link);

  [[nodiscard]] bool connected() const { return !links_.empty(); }

  /// Keeps an update until its receipt comes; when nobody is connected the client will be told to
  /// ask for the difference.
  void push(const std::shared_ptr<const Bytes>& update);

  [[nodiscard]] bool wants_updates() const { return wants_updates_; }

  /// Sends what is waiting.
  void flush();

  [[nodiscard]] const AuthKeyPtr& key() const { return key_; }

  [[nodiscard]] std::int64_t id() const { return id_; }

 private:
  struct Incoming {
    std::int64_t msg_id = 0;
    std::int32_t seqno = 0;
    ByteView body;
  };

  struct Waiting {
    UnwrappedCall call;
    std::set<std::int64_t> after;
  };

  void begin(const Packet& packet);
  void handle(const Incoming& message);
  void handle_container(const Incoming& message);
  void handle_object(const Incoming& message, Value object);
  bool handle_service(std::int64_t msg_id, const std::string& name, const Value& object);
  void handle_again(const Incoming& message);

  void start_call(std::int64_t msg_id, Value object);
  bool must_wait(std::int64_t msg_id, UnwrappedCall& call);
  void run_call(std::int64_t msg_id, Value query);
  void answer(std::int64_t msg_id, const std::string& method,
              const std::expected<Value, RpcError>& result);
  void answer_bytes(std::int64_t msg_id, const Bytes& object, CallState outcome);
  void release_after(std::int64_t msg_id, bool succeeded);
  [[nodiscard]] Caller caller() const;

  void acknowledge(const Value& msg_ids);
  void answer_state_request(std::int64_t msg_id, const Value& msg_ids);
  void drop_answer(std::int64_t msg_id, std::int64_t request);
  void send_service(const Value& object, std::int64_t request = 0,
                    Outbox::Kind kind = Outbox::Kind::service);
  void send_bad(std::int64_t msg_id, std::int32_t seqno, BadMessage code);
  void send_too_long();

  [[nodiscard]] std::int64_t now_ms() const;

  [[nodiscard]] std::int64_t now_s() const { return now_ms() / 1000; }

  SessionHost& host_;
  AuthKeyPtr key_;
  std::int64_t id_;
  std::vector<std::shared_ptr<Link>> links_;  // packets go to the last one that was heard of
  Inbox inbox_;
  Outbox outbox_;
  std::set<std::int64_t> receipts_;  // to be sent
  std::map<std::int64_t, Waiting> waiting_;
  bool begun_ = false;
  bool wants_updates_ = false;
  bool lost_updates_ = false;
  bool flush_planned_ = false;
};

}  // namespace testdc::mtproto
