// A handshake that goes on over another connection, as with a client that got no answer in time.
#include "testdc/mtproto/handshakes.hpp"

#include "unit/testdc/mtproto/fixture.hpp"

#include <memory>
#include <vector>

namespace testdc::mtproto {
namespace {

using MtprotoHandshakes = MtprotoServer;

TEST_F(MtprotoHandshakes, GoOnOverAnotherConnection) {
  Client one = client();
  one.connect();
  const Value pq = one.ask_pq();
  one.connect();
  const Value dh = one.ask_dh(pq);
  one.connect(Framing::abridged);
  EXPECT_EQ(one.finish_dh(pq, dh).at("_"), "mt_dh_gen_ok");
  one.connect();
  initialise(one);
}

TEST_F(MtprotoHandshakes, AnswerTheSameToAQueryThatIsSentAgain) {
  Client one = client();
  one.connect();
  const Value pq = one.ask_pq();
  one.connect();
  EXPECT_EQ(one.ask_again(), pq);
  const Value dh = one.ask_dh(pq, 10001, 86400);
  EXPECT_EQ(one.ask_again(), dh) << "over the same connection too";
  one.connect();
  EXPECT_EQ(one.ask_again(), dh);
  const Value end = one.finish_dh(pq, dh);
  EXPECT_EQ(end.at("_"), "mt_dh_gen_ok");
  one.connect();
  EXPECT_EQ(one.ask_again(), end);
  // The key is still the one that was agreed on: a temporary one, of nobody yet.
  const auto early =
      one.receive_answer(one.send(init(Value{{"_", "account.updateStatus"}, {"offline", false}})));
  EXPECT_EQ(early.object.at("error_message"), "AUTH_KEY_PERM_EMPTY");
  EXPECT_TRUE(on_server([&] { return sink.troubles; }).empty());
}

TEST_F(MtprotoHandshakes, AreNotContinuedAfterForgedData) {
  Client one = client();
  one.connect();
  const Value pq = one.ask_pq();
  EXPECT_TRUE(one.ask_dh(pq, 1, 0, Client::Padding::rsa_pad, true).is_null());
  one.connect();
  EXPECT_TRUE(one.ask_dh(pq).is_null());
}

class HandshakesTest : public testing::Test {
 protected:
  using Connection = std::shared_ptr<const void>;

  static Connection connection() { return std::make_shared<int>(); }

  Bytes ask_pq(const Bytes& nonce, const Connection& from) {
    const Value query = {{"_", "mt_req_pq_multi"}, {"nonce", Value::binary(nonce)}};
    const auto step = handshakes.step(context, from, schema().encode(query), 1'800'000'000);
    return step ? step->answer : Bytes{};
  }

  const RsaKey rsa = RsaKey::generate();
  const Handshake::Context context{schema(), rsa, [](std::uint64_t) { return false; }};
  Handshakes handshakes;
};

TEST_F(HandshakesTest, AreGivenUpByTheConnectionThatTheyCameOverLast) {
  const Bytes nonce = random_bytes(16);
  const auto first = connection();
  const auto second = connection();
  const Bytes answer = ask_pq(nonce, first);
  EXPECT_EQ(ask_pq(nonce, second), answer);
  ask_pq(random_bytes(16), first);
  EXPECT_EQ(ask_pq(nonce, second), answer) << "it had moved on";
  ask_pq(random_bytes(16), second);
  EXPECT_NE(ask_pq(nonce, second), answer) << "it begins anew";
}

TEST_F(HandshakesTest, AreBounded) {
  const Bytes oldest = random_bytes(16);
  const Bytes answer = ask_pq(oldest, connection());
  std::vector<Connection> open;
  while (handshakes.size() < Handshakes::kept)
    ask_pq(random_bytes(16), open.emplace_back(connection()));
  EXPECT_EQ(ask_pq(oldest, connection()), answer);
  ask_pq(random_bytes(16), connection());
  EXPECT_EQ(handshakes.size(), Handshakes::kept);
  EXPECT_NE(ask_pq(oldest, connection()), answer) << "the oldest is forgotten";
}

}  // namespace
}  // namespace testdc::mtproto
