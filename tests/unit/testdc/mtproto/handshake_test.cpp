#include "unit/testdc/mtproto/fixture.hpp"

namespace testdc::mtproto {
namespace {

using MtprotoHandshake = MtprotoServer;

TEST_F(MtprotoHandshake, MakesAKeyInEveryFraming) {
  for (const Framing framing :
       {Framing::intermediate, Framing::padded_intermediate, Framing::abridged}) {
    Client one = client();
    EXPECT_EQ(one.connect(framing), 0);
    one.make_key();
    initialise(one);
    const auto answer = one.receive_answer(one.send({{"_", "help.getNearestDc"}}));
    EXPECT_EQ(answer.object.at("this_dc"), 1);
  }
}

TEST_F(MtprotoHandshake, TakesTheOldRsaPadding) {
  Client one = client();
  one.connect();
  one.make_key(2, 0, Client::Padding::old);
  initialise(one);
  one.receive_answer(one.send({{"_", "help.getNearestDc"}}));
  EXPECT_EQ(on_server([&] { return sink.calls.back().first.dc; }), 2);
  EXPECT_FALSE(on_server([&] { return sink.calls.back().first.test_mode; }));
}

TEST_F(MtprotoHandshake, EndsTheConnectionOnForgedData) {
  Client inner = client();
  inner.connect();
  EXPECT_TRUE(inner.ask_dh(inner.ask_pq(), 1, 0, Client::Padding::rsa_pad, true).is_null());

  Client last = client();
  last.connect();
  const Value pq = last.ask_pq();
  EXPECT_TRUE(last.finish_dh(pq, last.ask_dh(pq), true).is_null());

  Client hurried = client();
  hurried.connect();
  const Value once = hurried.ask_pq();
  const Value dh = hurried.ask_dh(once);
  hurried.ask_pq();
  EXPECT_TRUE(hurried.finish_dh(once, dh).is_null());
}

TEST_F(MtprotoHandshake, SurvivesGarbage) {
  for (int i = 0; i < 50; ++i) {
    Client one = client();
    one.connect();
    Bytes packet = random_bytes(random_u64() % 300 / 4 * 4 + 4);
    if (i % 2 == 0) std::fill_n(packet.begin(), std::min<std::size_t>(8, packet.size()), 0);
    one.send_packet(packet);
    const auto answer = one.receive_packet();
    EXPECT_TRUE(!answer || answer->size() == 4);
  }
  Client last = client();
  log_on(last);
}

TEST_F(MtprotoHandshake, AnUnknownKeyIsToldSo) {
  Client one = client();
  one.connect();
  one.send_packet(random_bytes(88));
  const auto answer = one.receive_packet();
  ASSERT_TRUE(answer);
  EXPECT_EQ(read_number<std::int32_t>(*answer), -404);
}

TEST_F(MtprotoHandshake, RefusesConnectionsWhenToldTo) {
  on_server([&] { server->refuse_connections(true); });
  Client one = client();
  EXPECT_EQ(one.connect(), 5);
  on_server([&] { server->refuse_connections(false); });
  EXPECT_EQ(one.connect(), 0);
  one.make_key();
}

class MtprotoTemporaryKey : public MtprotoServer {
 protected:
  struct Proof {
    std::int64_t msg_id = 0;
    Value query;
  };

  Proof proof(Client& temporary, const Client& permanent, std::int64_t session_id) {
    const std::int64_t nonce = 4711;
    const auto expires_at =
        static_cast<std::int32_t>(tgpanel::to_unix_ms(clock.now()) / 1000 + 3600);
    const Value inner = {{"_", "mt_bind_auth_key_inner"},
                         {"nonce", nonce},
                         {"temp_auth_key_id", static_cast<std::int64_t>(temporary.key_id)},
                         {"perm_auth_key_id", static_cast<std::int64_t>(permanent.key_id)},
                         {"temp_session_id", session_id},
                         {"expires_at", expires_at}};
    Proof out;
    out.msg_id = temporary.next_id();
    const Packet packet{5, 6, out.msg_id, 0, schema().encode(inner), 0};
    out.query = {
        {"_", "auth.bindTempAuthKey"},
        {"perm_auth_key_id", inner["perm_auth_key_id"]},
        {"nonce", nonce},
        {"expires_at", expires_at},
        {"encrypted_message", Value::binary(seal_v1(permanent.key, permanent.key_id, packet))}};
    return out;
  }

  Client::Received bind(Client& temporary, const Proof& proof) {
    temporary.send_as(schema().encode(proof.query), proof.msg_id, temporary.next_seqno(true));
    return temporary.receive_answer(proof.msg_id);
  }
};

TEST_F(MtprotoTemporaryKey, ActsForThePermanentOne) {
  Client permanent = client();
  permanent.connect();
  permanent.make_key();
  Client temporary = client();
  temporary.connect();
  temporary.make_key(10001, 86400);

  const auto early = temporary.receive_answer(
      temporary.send(init(Value{{"_", "account.updateStatus"}, {"offline", false}})));
  EXPECT_EQ(early.object.at("error_message"), "AUTH_KEY_PERM_EMPTY");

  const auto bound = bind(temporary, proof(temporary, permanent, temporary.session_id));
  EXPECT_EQ(read_number<std::uint32_t>(bound.body), 0x997275b5U);  // boolTrue
  initialise(temporary);
  EXPECT_EQ(on_server([&] { return sink.calls.back().first.auth_key_id; }), permanent.key_id);
  EXPECT_TRUE(on_server([&] { return server->online(permanent.key_id); }));

  on_server([&] { server->push(permanent.key_id, Value{{"_", "updatesTooLong"}}); });
  temporary.receive_kind("updatesTooLong");

  on_server([&] { server->destroy_key(permanent.key_id); });
  temporary.send({{"_", "help.getNearestDc"}});
  const auto answer = temporary.receive_packet();
  ASSERT_TRUE(answer);
  EXPECT_EQ(read_number<std::int32_t>(*answer), -404);
}

TEST_F(MtprotoTemporaryKey, NeedsARightProof) {
  Client permanent = client();
  permanent.connect();
  permanent.make_key();
  Client temporary = client();
  temporary.connect();
  temporary.make_key(10001, 86400);
  const auto other_session = bind(temporary, proof(temporary, permanent, 12345));
  EXPECT_EQ(other_session.object.at("error_message"), "ENCRYPTED_MESSAGE_INVALID");
  auto other_nonce = proof(temporary, permanent, temporary.session_id);
  other_nonce.query["nonce"] = 1;
  EXPECT_EQ(bind(temporary, other_nonce).object.at("error_message"), "ENCRYPTED_MESSAGE_INVALID");
  auto other_message = proof(temporary, permanent, temporary.session_id);
  other_message.msg_id = temporary.next_id();
  EXPECT_EQ(bind(temporary, other_message).object.at("error_message"), "ENCRYPTED_MESSAGE_INVALID");
}

}  // namespace
}  // namespace testdc::mtproto
