#include "testdc/mtproto/server.hpp"

#include "testdc/mtproto/bind_key.hpp"
#include "testdc/mtproto/connection.hpp"
#include "testdc/mtproto/handshakes.hpp"
#include "testdc/mtproto/session.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace testdc::mtproto {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Transport error: https://core.telegram.org/mtproto/mtproto-transports#transport-errors
constexpr std::int32_t kAuthKeyNotFound = -404;
constexpr std::size_t kMaxIdleSessions = 8;  // per key, without a connection

using SessionPtr = std::shared_ptr<Session>;
using ConnectionPtr = std::shared_ptr<Connection>;

}  // namespace

struct Server::Impl final : Connection::Handler,
                            SessionHost,
                            std::enable_shared_from_this<Server::Impl> {
  struct Peer {
    std::vector<std::weak_ptr<Session>> sessions;
  };

  Impl(tgpanel::Executor its_executor, Parts its_parts, RsaKey its_rsa, std::uint16_t port)
      : executor(std::move(its_executor)),
        parts(std::move(its_parts)),
        rsa(std::move(its_rsa)),
        acceptor(executor, tcp::endpoint(asio::ip::address_v4::loopback(), port)) {}

  void accept();
  void stop();

  void on_packet(const ConnectionPtr& from, Frame packet) override;
  void on_closed(const ConnectionPtr& connection) override;
  void on_plain(const ConnectionPtr& from, ByteView packet);
  void on_encrypted(const ConnectionPtr& from, const AuthKeyPtr& key, const Frame& packet);
  static void send_error(Connection& to, std::int32_t code);

  SessionPtr session_of(const AuthKeyPtr& key, std::int64_t session_id);
  template <class Visit>
  void each_session(std::uint64_t owner, Visit visit) const;
  void refresh_online(std::uint64_t owner);
  void forget(std::uint64_t key_id);

  [[nodiscard]] const tl::Schema& schema() const override { return *parts.schema; }

  [[nodiscard]] const tgpanel::Clock& clock() const override { return parts.clock; }

  CallSink& sink() override { return parts.sink; }

  void flush_soon(const SessionPtr& session) override;
  void bind_key(Session& session, std::int64_t msg_id, const Value& query) override;
  bool destroy_session(Session& by, std::int64_t session_id) override;
  bool destroy_key_of(Session& by) override;

  [[nodiscard]] std::int64_t now_ms() const { return tgpanel::to_unix_ms(parts.clock.now()); }

  tgpanel::Executor executor;
  Parts parts;
  RsaKey rsa;
  tcp::acceptor acceptor;
  bool refusing = false;
  Handshakes handshakes;
  AuthKeys keys;
  std::map<std::uint64_t, std::set<std::uint64_t>> temporary_keys;       // by the permanent one
  std::map<std::uint64_t, std::map<std::int64_t, SessionPtr>> sessions;  // by key
  std::map<ConnectionPtr, Peer> peers;
  std::set<std::uint64_t> online_keys;
  std::int64_t last_plain_id = 0;
};

void Server::Impl::accept() {
  acceptor.async_accept(
      [weak = weak_from_this()](const boost::system::error_code& error, tcp::socket socket) {
        const auto self = weak.lock();
        if (!self || !self->acceptor.is_open()) return;
        if (!error) {
          const auto connection =
              std::make_shared<Connection>(std::move(socket), *self, self->refusing);
          self->peers.try_emplace(connection);
          connection->start();
        }
        self->accept();
      });
}

void Server::Impl::stop() {
  boost::system::error_code ignored;
  acceptor.close(ignored);
  for (const auto& [connection, peer] : std::exchange(peers, {})) connection->abandon();
}

void Server::Impl::on_packet(const ConnectionPtr& from, Frame packet) {
  try {
    if (packet.payload.size() < 8) {
      from->close();
      return;
    }
    const auto key_id = read_number<std::uint64_t>(packet.payload);
    if (key_id == 0) {
      on_plain(from, ByteView(packet.payload).subspan(8));
      return;
    }
    const auto found = keys.find(key_id);
    const bool expired = found != keys.end() && found->second->temporary() &&
                         found->second->expires_at <= now_ms() / 1000;
    if (found == keys.end() || expired) {
      send_error(*from, kAuthKeyNotFound);
      return;
    }
    on_encrypted(from, AuthKeyPtr(found->second), packet);
  } catch (const std::exception& error) {
    parts.sink.on_trouble(fmt::format("a packet was not handled: {}", error.what()));
    from->close();
  }
}

void Server::Impl::send_error(Connection& to, std::int32_t code) {
  Bytes raw;
  append_number(raw, code);
  to.send(raw);
}

void Server::Impl::on_plain(const ConnectionPtr& from, ByteView packet) {
  Reader reader(packet);
  reader.number<std::int64_t>();  // msg_id
  const ByteView body = reader.take(reader.number<std::uint32_t>());
  if (!reader.ok() || body.size() < 4) {
    from->close();
    return;
  }
  const Handshake::Context context{*parts.schema, rsa,
                                   [this](std::uint64_t id) { return keys.contains(id); }};
  auto step = handshakes.step(context, from, body, now_ms() / 1000);
  if (!step) {
    parts.sink.on_trouble(step.error());
    from->close();
    return;
  }
  if (step->key) {
    const std::uint64_t id = step->key->id;
    keys[id] = std::make_shared<AuthKey>(std::move(*step->key));
  }
  last_plain_id = std::max(last_plain_id + 4, now_ms() / 1000 << 32 | 1);
  Bytes out;
  append_number(out, std::uint64_t{0});
  append_number(out, last_plain_id);
  append_number(out, static_cast<std::uint32_t>(step->answer.size()));
  append(out, step->answer);
  from->send(out);
}

void Server::Impl::on_encrypted(const ConnectionPtr& from, const AuthKeyPtr& key,
                                const Frame& packet) {
  // A padded stream leaves up to 15 bytes behind the last whole block.
  ByteView payload = packet.payload;
  if (payload.size() >= 24) payload = payload.first(24 + (payload.size() - 24) / 16 * 16);
  const auto opened = open(key->bytes, Direction::from_client, payload);
  const auto peer = peers.find(from);
  if (!opened || peer == peers.end()) {
    from->close();
    return;
  }
  if (packet.quick_ack) from->send_quick_ack(opened->quick_ack);
  const SessionPtr session = session_of(key, opened->session_id);
  if (session->attach(from)) {
    peer->second.sessions.push_back(session);
    refresh_online(key->owner());
  }
  session->receive(*opened);
}

SessionPtr Server::Impl::session_of(const AuthKeyPtr& key, std::int64_t session_id) {
  auto& of_key = sessions[key->id];
  const auto known = of_key.find(session_id);
  if (known != of_key.end()) return known->second;
  for (auto at = of_key.begin(); at != of_key.end() && of_key.size() >= kMaxIdleSessions;)
    at = at->second->connected() ? std::next(at) : of_key.erase(at);
  return of_key[session_id] = std::make_shared<Session>(*this, key, session_id);
}

template <class Visit>
void Server::Impl::each_session(std::uint64_t owner, Visit visit) const {
  const auto visit_key = [&](std::uint64_t key_id) {
    const auto found = sessions.find(key_id);
    if (found == sessions.end()) return;
    for (const auto& [id, session] : found->second) visit(*session);
  };
  visit_key(owner);
  const auto temporary = temporary_keys.find(owner);
  if (temporary == temporary_keys.end()) return;
  for (const std::uint64_t key_id : temporary->second) visit_key(key_id);
}

void Server::Impl::refresh_online(std::uint64_t owner) {
  if (owner == 0) return;
  bool now = false;
  each_session(owner, [&](const Session& session) { now = now || session.connected(); });
  const bool before = online_keys.contains(owner);
  if (now == before) return;
  if (now) {
    online_keys.insert(owner);
  } else {
    online_keys.erase(owner);
  }
  parts.sink.on_online(owner, now);
}

void Server::Impl::on_closed(const ConnectionPtr& connection) {
  auto node = peers.extract(connection);
  if (node.empty()) return;
  for (const auto& weak : node.mapped().sessions) {
    const auto session = weak.lock();
    if (!session) continue;
    session->detach(*connection);
    refresh_online(session->key()->owner());
  }
}

void Server::Impl::flush_soon(const SessionPtr& session) {
  asio::post(executor, [session] { session->flush(); });
}

void Server::Impl::bind_key(Session& session, std::int64_t msg_id, const Value& query) {
  AuthKey& key = *session.key();
  mtproto::bind_key(*parts.schema, keys, key, session.id(), msg_id, query);
  temporary_keys[key.bound_to].insert(key.id);
  refresh_online(key.bound_to);
}

bool Server::Impl::destroy_session(Session& by, std::int64_t session_id) {
  return sessions[by.key()->id].erase(session_id) != 0;
}

bool Server::Impl::destroy_key_of(Session& by) {
  const std::uint64_t owner = by.key()->owner();
  if (owner == 0) return false;
  asio::post(executor, [self = shared_from_this(), owner] {
    self->parts.sink.on_key_destroyed(owner);
    self->forget(owner);
  });
  return true;
}

void Server::Impl::forget(std::uint64_t key_id) {
  const auto temporary = temporary_keys.extract(key_id);
  if (!temporary.empty()) {
    for (const std::uint64_t id : temporary.mapped()) {
      keys.erase(id);
      sessions.erase(id);
    }
  }
  keys.erase(key_id);
  sessions.erase(key_id);
  refresh_online(key_id);
}

Server::Server(tgpanel::Executor executor, Parts parts, RsaKey rsa, std::uint16_t port)
    : impl_(std::make_shared<Impl>(std::move(executor), std::move(parts), std::move(rsa), port)) {
  impl_->accept();
}

Server::~Server() {
  impl_->stop();
}

std::uint16_t Server::port() const {
  return impl_->acceptor.local_endpoint().port();
}

void Server::push(std::uint64_t auth_key_id, const Value& updates) {
  std::shared_ptr<const Bytes> encoded;
  impl_->each_session(auth_key_id, [&](Session& session) {
    if (!session.wants_updates()) return;
    if (!encoded) encoded = std::make_shared<const Bytes>(impl_->schema().encode(updates));
    session.push(encoded);
  });
}

bool Server::online(std::uint64_t auth_key_id) const {
  return impl_->online_keys.contains(auth_key_id);
}

void Server::destroy_key(std::uint64_t auth_key_id) {
  impl_->forget(auth_key_id);
}

void Server::forget_sessions(std::uint64_t auth_key_id) {
  // A client that has nothing to ask would not notice: as with a server that was restarted, the
  // connections go as well.
  drop_connections(auth_key_id);
  impl_->sessions.erase(auth_key_id);
  const auto temporary = impl_->temporary_keys.find(auth_key_id);
  if (temporary != impl_->temporary_keys.end())
    for (const std::uint64_t id : temporary->second) impl_->sessions.erase(id);
  impl_->refresh_online(auth_key_id);
}

void Server::drop_connections(std::uint64_t auth_key_id) {
  std::vector<ConnectionPtr> doomed;
  for (const auto& [connection, peer] : impl_->peers) {
    const bool fits = auth_key_id == 0 || std::ranges::any_of(peer.sessions, [&](const auto& weak) {
                        const auto session = weak.lock();
                        return session && session->key()->owner() == auth_key_id;
                      });
    if (fits) doomed.push_back(connection);
  }
  for (const auto& connection : doomed) connection->close();
}

void Server::refuse_connections(bool refuse) {
  impl_->refusing = refuse;
}

void Server::change_salts(std::uint64_t auth_key_id) {
  impl_->each_session(
      auth_key_id, [&](Session& session) { session.key()->salts.replace(impl_->now_ms() / 1000); });
}

}  // namespace testdc::mtproto
