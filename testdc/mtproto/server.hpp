#pragma once
// The MTProto server behind a SOCKS5 port on 127.0.0.1: connections, keys, sessions.

#include "base/async.hpp"
#include "base/time.hpp"
#include "testdc/mtproto/rsa.hpp"
#include "testdc/rpc/call.hpp"

#include <cstdint>
#include <memory>

namespace testdc::mtproto {

class Server final : public Transport {
 public:
  struct Parts {
    std::shared_ptr<const tl::Schema> schema;
    const tgpanel::Clock& clock;
    CallSink& sink;
  };

  /// Listens at once (port 0: any free one). Throws std::system_error when it cannot. Executor: one
  /// thread, the data centre's; the sink and the clock must outlive the server.
  Server(tgpanel::Executor executor, Parts parts, RsaKey rsa, std::uint16_t port);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Closes the listener and every connection.
  ~Server() override;

  [[nodiscard]] std::uint16_t port() const;

  void push(std::uint64_t auth_key_id, const Value& updates) override;
  [[nodiscard]] bool online(std::uint64_t auth_key_id) const override;
  void destroy_key(std::uint64_t auth_key_id) override;
  void forget_sessions(std::uint64_t auth_key_id) override;
  void drop_connections(std::uint64_t auth_key_id) override;
  void refuse_connections(bool refuse) override;
  /// The salts that clients know are wrong from now on: they are told bad_server_salt.
  void change_salts(std::uint64_t auth_key_id);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace testdc::mtproto
