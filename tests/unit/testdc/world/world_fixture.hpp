#pragma once
// The world behind its calls, without transport and logins: the key of a user is his id. Whatever
// is answered or pushed is encoded by the schema, so that a missing field fails the test.

#include "testdc/rpc/dispatcher.hpp"
#include "testdc/world/callbacks.hpp"
#include "testdc/world/files.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace testdc {

class WorldTransport final : public Transport {
 public:
  void push(std::uint64_t key, const Value& updates) override;

  bool online(std::uint64_t key) const override { return connected.contains(key); }

  void destroy_key(std::uint64_t key) override { destroyed.push_back(key); }

  void forget_sessions(std::uint64_t key) override { forgotten.push_back(key); }

  void drop_connections(std::uint64_t key) override { dropped.push_back(key); }

  void refuse_connections(bool refuse) override { refusing = refuse; }

  std::vector<std::pair<std::uint64_t, Value>> pushed;
  std::set<std::uint64_t> connected;
  std::vector<std::uint64_t> destroyed;
  std::vector<std::uint64_t> forgotten;
  std::vector<std::uint64_t> dropped;
  bool refusing = false;
};

class WorldFixture : public testing::Test {
 protected:
  WorldFixture();

  /// The answer, or the error as {"error": "400 TEXT"}.
  Value call(std::int64_t user, const Value& query);

  static std::string error_of(const Value& answer) { return answer.value("error", ""); }

  /// All updates of this kind that were pushed to a user.
  [[nodiscard]] std::vector<Value> pushed(std::int64_t user, std::string_view kind) const;

  [[nodiscard]] Value input_peer(std::int64_t viewer, Peer peer) const;
  [[nodiscard]] Value input_user(std::int64_t viewer, std::int64_t user) const;
  [[nodiscard]] Value input_channel(std::int64_t viewer, const Chat& chat) const;
  Value send(std::int64_t user, Peer dialog, std::string_view text,
             const Value& more = Value::object());
  int write(std::int64_t user, Peer dialog, std::string_view text);
  static Value keyboard(std::string_view text, const Bytes& data);

  [[nodiscard]] static Peer private_with(std::int64_t user) { return {Peer::Type::user, user}; }

  boost::asio::io_context io;
  tgpanel::ManualClock clock{tgpanel::from_unix_ms(1'700'000'000'000)};
  World world{clock};
  Files files;
  Callbacks callbacks{world};
  Dispatcher dispatcher{io.get_executor()};
  WorldTransport transport;
  std::int64_t ali = 0;
  std::int64_t sara = 0;
  std::int64_t stranger = 0;
  std::int64_t bot = 0;
  Chat& group;    // supergroup "Group", @group: ali (creator), sara
  Chat& channel;  // "News", @news: ali (creator), the bot as admin, sara as reader
  Chat& basic;    // basic group "Basic": ali (creator), sara

 private:
  std::int64_t last_random_id_ = 0;
};

}  // namespace testdc
