#pragma once
// A data centre without its transport: calls go in, answers are checked against the schema.

#include "testdc/auth/auth.hpp"
#include "testdc/world/callbacks.hpp"
#include "testdc/world/files.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace testdc {

class FakeTransport final : public Transport {
 public:
  void push(std::uint64_t key, const Value& updates) override { pushed.emplace_back(key, updates); }

  bool online(std::uint64_t key) const override { return key == online_key; }

  void destroy_key(std::uint64_t key) override { destroyed.push_back(key); }

  void forget_sessions(std::uint64_t) override {}

  void drop_connections(std::uint64_t) override {}

  void refuse_connections(bool) override {}

  std::vector<std::pair<std::uint64_t, Value>> pushed;
  std::vector<std::uint64_t> destroyed;
  std::uint64_t online_key = 0;
};

class AuthFixture : public testing::Test {
 protected:
  AuthFixture();

  /// The answer, or the error as {"error": "400 TEXT"}.
  Value call(std::uint64_t key, const Value& query);

  static std::string error_of(const Value& answer) { return answer.value("error", ""); }

  Value send_code(std::uint64_t key, const char* phone = "+98 912 000 0001");
  Value sign_in(std::uint64_t key, const Value& sent, std::string_view code,
                const char* phone = "+98 912 000 0001");
  /// Logs in by code; the user must have no password.
  void log_in(std::uint64_t key, const char* phone = "+98 912 000 0001");
  Value export_token(std::uint64_t key);
  static std::string link_of(const Value& login_token);

  boost::asio::io_context io;
  tgpanel::ManualClock clock{tgpanel::from_unix_ms(1'700'000'000'000)};
  Dispatcher dispatcher{io.get_executor()};
  World world{clock};
  Files files;
  Callbacks callbacks{world};
  FakeTransport transport;
  Auth auth{io.get_executor(), {dispatcher, world, transport, clock}};
  std::int64_t ali = 0;   // +98 912 000 0001
  std::int64_t sara = 0;  // +98 912 000 0002, password "open sesame"
  std::int64_t bot = 0;   // token 777:secret
};

}  // namespace testdc
