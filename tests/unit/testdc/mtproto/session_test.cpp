#include "testdc/tl/gzip.hpp"
#include "unit/testdc/mtproto/fixture.hpp"

#include <gmock/gmock.h>

namespace testdc::mtproto {
namespace {

using testing::ElementsAre;
using testing::Pair;

const Value kStatus = {{"_", "account.updateStatus"}, {"offline", false}};
const Value kNearest = {{"_", "help.getNearestDc"}};
const Value kHeld = {{"_", "help.getConfig"}};
const Value kPush = {{"_", "updatesTooLong"}};

class MtprotoSession : public MtprotoServer {
 protected:
  MtprotoSession() { log_on(one); }

  static Bytes container(const std::vector<std::tuple<std::int64_t, std::int32_t, Bytes>>& parts) {
    Bytes out;
    append_number(out, 0x73f1f8dcU);
    append_number(out, static_cast<std::uint32_t>(parts.size()));
    for (const auto& [msg_id, seqno, body] : parts) {
      append_number(out, msg_id);
      append_number(out, seqno);
      append_number(out, static_cast<std::uint32_t>(body.size()));
      append(out, body);
    }
    return out;
  }

  std::uint8_t state_of(std::int64_t msg_id) {
    one.send({{"_", "mt_msgs_state_req"}, {"msg_ids", Value::array({msg_id})}});
    return one.receive_kind("mt_msgs_state_info").object.at("info").get_binary().at(0);
  }

  void release_held() {
    on_server([&] {
      for (Reply& reply : sink.held) reply(std::unexpected(RpcError{400, "HELD"}));
      sink.held.clear();
    });
  }

  std::vector<std::string> methods() {
    return on_server([&] {
      std::vector<std::string> out;
      for (const auto& [caller, method] : sink.calls) out.push_back(method);
      return out;
    });
  }

  Client one = client();
};

TEST_F(MtprotoSession, IsAnnouncedOnceWithItsFirstMessage) {
  Client fresh = client();
  fresh.connect();
  fresh.make_key();
  const std::int64_t first = fresh.send({{"_", "mt_ping"}, {"ping_id", 9}}, false);
  const auto created = fresh.receive_kind("mt_new_session_created");
  EXPECT_EQ(created.object.at("first_msg_id"), first);
  EXPECT_EQ(created.object.at("server_salt"), fresh.salt);
  EXPECT_EQ(created.seqno % 2, 1);
  const auto pong = fresh.receive_kind("mt_pong");
  EXPECT_EQ(pong.object.at("ping_id"), 9);
  EXPECT_EQ(pong.object.at("msg_id"), first);
  EXPECT_EQ(pong.seqno % 2, 0);
  fresh.send({{"_", "mt_ping"}, {"ping_id", 10}}, false);
  EXPECT_EQ(fresh.receive()->object.at("_"), "mt_pong");
}

TEST_F(MtprotoSession, IdsOfTheServerRiseAndAreOdd) {
  std::int64_t last = 0;
  for (int i = 0; i < 20; ++i) {
    const auto answer = one.receive_answer(one.send(kStatus));
    EXPECT_EQ(answer.msg_id % 4, 1);
    EXPECT_GT(answer.msg_id, last);
    last = answer.msg_id;
  }
  on_server([&] { server->push(one.key_id, kPush); });
  EXPECT_EQ(one.receive_kind("updatesTooLong").msg_id % 4, 3);
}

TEST_F(MtprotoSession, TellsTheRightSaltOnce) {
  const std::int64_t right = one.salt;
  one.salt = 1;
  const std::int64_t msg_id = one.send(kStatus);
  const auto bad = one.receive_kind("mt_bad_server_salt");
  EXPECT_EQ(bad.object.at("bad_msg_id"), msg_id);
  EXPECT_EQ(bad.object.at("error_code"), 48);
  EXPECT_EQ(bad.object.at("new_server_salt"), right);
  one.salt = right;
  one.receive_answer(one.send(kStatus));
  on_server([&] { server->change_salts(one.key_id); });
  one.send(kStatus);
  EXPECT_NE(one.receive_kind("mt_bad_server_salt").object.at("new_server_salt"), right);
}

TEST_F(MtprotoSession, GivesFutureSalts) {
  const std::int64_t msg_id = one.send({{"_", "mt_get_future_salts"}, {"num", 5}}, false);
  const auto salts = one.receive_kind("mt_future_salts").object;
  EXPECT_EQ(salts.at("req_msg_id"), msg_id);
  ASSERT_EQ(salts.at("salts").size(), 5U);
  EXPECT_EQ(salts.at("salts").at(0).at("salt"), one.salt);
}

TEST_F(MtprotoSession, UnpacksContainersAndAnswersInOne) {
  const std::int64_t a = one.next_id();
  const std::int64_t b = one.next_id();
  const std::int64_t c = one.next_id();
  const auto seq_a = one.next_seqno(true);
  const auto seq_b = one.next_seqno(true);
  one.send_as(
      container({{a, seq_a, schema().encode(kStatus)},
                 {b, seq_b, schema().encode(kNearest)},
                 {c, one.next_seqno(false), schema().encode({{"_", "mt_ping"}, {"ping_id", 3}})}}),
      one.next_id(), one.next_seqno(false));
  const auto first = one.receive_answer(a);
  const auto second = one.receive_answer(b);
  EXPECT_EQ(first.packet, second.packet);
  EXPECT_EQ(one.receive_kind("mt_pong").object.at("ping_id"), 3);
}

TEST_F(MtprotoSession, RefusesBadContainers) {
  const std::int64_t inner = one.next_id();
  const Bytes nested = container({{inner, 0, container({})}});
  one.send_as(nested, one.next_id(), one.next_seqno(false));
  EXPECT_EQ(one.receive_kind("mt_bad_msg_notification").object.at("error_code"), 64);
  Bytes cut = container({{one.next_id(), 0, schema().encode(kStatus)}});
  cut.resize(cut.size() - 4);
  one.send_as(cut, one.next_id(), one.next_seqno(false));
  EXPECT_EQ(one.receive_kind("mt_bad_msg_notification").object.at("error_code"), 64);
}

TEST_F(MtprotoSession, SaysWhatIsWrongWithAMessage) {
  const auto code_for = [&](std::int64_t msg_id, std::int32_t seqno, const Value& object) {
    one.send_as(schema().encode(object), msg_id, seqno);
    const auto bad = one.receive_kind("mt_bad_msg_notification").object;
    EXPECT_EQ(bad.at("bad_msg_id"), msg_id);
    EXPECT_EQ(bad.at("bad_msg_seqno"), seqno);
    return bad.at("error_code").get<int>();
  };
  const std::int64_t minute = 60LL << 32;
  EXPECT_EQ(code_for(one.next_id() - 6 * minute, 99, kStatus), 16);
  EXPECT_EQ(code_for(one.next_id() + minute, 99, kStatus), 17);
  EXPECT_EQ(code_for(one.next_id() + 2, 99, kStatus), 18);
  EXPECT_EQ(code_for(one.next_id(), one.next_seqno(false), kStatus), 35);
  EXPECT_EQ(code_for(one.next_id(), one.next_seqno(true),
                     {{"_", "mt_msgs_ack"}, {"msg_ids", Value::array()}}),
            34);
  const std::int64_t early = one.next_id();
  const std::int32_t early_seqno = one.next_seqno(true);
  one.receive_answer(one.send(kStatus));
  EXPECT_EQ(code_for(one.next_id(), early_seqno, kStatus), 32);
  EXPECT_EQ(code_for(early, one.next_seqno(true), kStatus), 33);
}

TEST_F(MtprotoSession, AnswersACallOnceHoweverOftenItCame) {
  const std::int64_t msg_id = one.next_id();
  const std::int32_t seqno = one.next_seqno(true);
  const auto before = methods().size();
  one.send_as(schema().encode(kStatus), msg_id, seqno);
  const auto first = one.receive_answer(msg_id);
  one.send_as(schema().encode(kStatus), msg_id, seqno);
  const auto second = one.receive_answer(msg_id);
  EXPECT_EQ(first.msg_id, second.msg_id);
  EXPECT_EQ(methods().size(), before + 1);
}

TEST_F(MtprotoSession, SendsAgainWhatHasNoReceipt) {
  on_server([&] { server->push(one.key_id, kPush); });
  const auto update = one.receive_kind("updatesTooLong");
  const std::int64_t call = one.send(kNearest);
  const auto answer = one.receive_answer(call);

  one.disconnect();
  one.connect();
  one.send({{"_", "mt_ping"}, {"ping_id", 1}}, false);
  EXPECT_EQ(one.receive_kind("updatesTooLong").msg_id, update.msg_id);
  EXPECT_EQ(one.receive_answer(call).msg_id, answer.msg_id);

  one.send({{"_", "mt_msgs_ack"}, {"msg_ids", Value::array({update.msg_id, answer.msg_id})}},
           false);
  one.receive_answer(one.send(kStatus));
  one.disconnect();
  one.connect();
  one.send({{"_", "mt_ping"}, {"ping_id", 2}}, false);
  while (const auto next = one.receive()) {
    EXPECT_NE(next->msg_id, update.msg_id);
    EXPECT_NE(next->msg_id, answer.msg_id);
    if (next->object.is_object() && next->object.at("_") == "mt_pong") break;
  }
}

TEST_F(MtprotoSession, AsksForTheDifferenceAfterLostUpdates) {
  one.disconnect();
  while (on_server([&] { return server->online(one.key_id); })) std::this_thread::yield();
  on_server([&] {
    server->push(one.key_id,
                 {{"_", "updateShort"}, {"update", {{"_", "updateConfig"}}}, {"date", 1}});
  });
  one.connect();
  one.send({{"_", "mt_ping"}, {"ping_id", 1}}, false);
  one.receive_kind("updatesTooLong");
}

TEST_F(MtprotoSession, ResendsOnRequest) {
  on_server([&] { server->push(one.key_id, kPush); });
  const auto update = one.receive_kind("updatesTooLong");
  one.send({{"_", "mt_msg_resend_req"}, {"msg_ids", Value::array({update.msg_id})}}, false);
  EXPECT_EQ(one.receive_kind("updatesTooLong").msg_id, update.msg_id);
}

TEST_F(MtprotoSession, KnowsTheStateOfMessages) {
  const std::int64_t now = one.next_id();
  EXPECT_EQ(state_of(now - (3600LL << 32)), 1);
  EXPECT_EQ(state_of(now), 2);
  EXPECT_EQ(state_of(now + (3600LL << 32)), 3);
  const std::int64_t held = one.send(kHeld);
  EXPECT_EQ(state_of(held), 4 + 8 + 32);
  release_held();
  one.receive_answer(held);
  EXPECT_EQ(state_of(held) & 4, 4);
  const std::int64_t answered = one.send(kStatus);
  const auto answer = one.receive_answer(answered);
  EXPECT_EQ(state_of(answered), 4 + 8 + 64);
  one.send({{"_", "mt_msgs_ack"}, {"msg_ids", Value::array({answer.msg_id})}}, false);
  EXPECT_EQ(state_of(answered), 4 + 8);
}

TEST_F(MtprotoSession, KeepsTheOrderOfChainedCalls) {
  const std::int64_t first = one.send(kHeld);
  const std::int64_t second =
      one.send({{"_", "invokeAfterMsgs"}, {"msg_ids", Value::array({first})}, {"query", kStatus}});
  one.receive_answer(one.send(kNearest));
  EXPECT_THAT(methods(),
              ElementsAre("account.updateStatus", "help.getConfig", "help.getNearestDc"));
  on_server([&] {
    sink.held.front()(Value{{"_", "nothing that fits"}});  // answered as an internal error
    sink.held.clear();
  });
  EXPECT_EQ(one.receive_answer(first).object.at("error_message"), "TESTDC_INTERNAL_ERROR");
  EXPECT_EQ(one.receive_answer(second).object.at("error_message"), "MSG_WAIT_FAILED");
  EXPECT_THAT(on_server([&] { return sink.troubles; }),
              ElementsAre(testing::StartsWith("the answer of help.getConfig is wrong: ")));

  const std::int64_t ok = one.send(kStatus);
  const std::int64_t then =
      one.send({{"_", "invokeAfterMsg"}, {"msg_id", ok}, {"query", kNearest}});
  EXPECT_EQ(one.receive_answer(then).object.at("_"), "nearestDc");
}

TEST_F(MtprotoSession, RefusesOtherLayersAndUninitialisedConnections) {
  const auto other =
      one.receive_answer(one.send({{"_", "invokeWithLayer"}, {"layer", 10}, {"query", kStatus}}));
  EXPECT_EQ(other.object.at("error_message"), "CONNECTION_LAYER_INVALID");
  Client fresh = client();
  fresh.connect();
  fresh.make_key();
  const auto early = fresh.receive_answer(fresh.send(kStatus));
  EXPECT_EQ(early.object.at("error_message"), "CONNECTION_NOT_INITED");
}

TEST_F(MtprotoSession, PassesOnWhoCalls) {
  one.receive_answer(one.send(kStatus));
  const Caller caller = on_server([&] { return sink.calls.back().first; });
  EXPECT_EQ(caller.auth_key_id, one.key_id);
  EXPECT_EQ(caller.session_id, one.session_id);
  EXPECT_EQ(caller.dc, 1);
  EXPECT_TRUE(caller.test_mode);
  EXPECT_EQ(caller.device, "test");
}

TEST_F(MtprotoSession, PacksLargeAnswers) {
  on_server([&] { sink.country_size = 200'000; });
  const auto answer = one.receive_answer(one.send(kNearest));
  EXPECT_LT(answer.body.size(), 20'000U);
  EXPECT_EQ(answer.object.at("country").get<std::string>(), std::string(200'000, 'x'));
}

TEST_F(MtprotoSession, TakesPackedCalls) {
  const Bytes packed = tl::gzip(schema().encode(kNearest));
  Bytes body;
  append_number(body, 0x3072cfa1U);
  body.push_back(static_cast<std::uint8_t>(packed.size()));
  append(body, packed);
  body.resize((body.size() + 3) / 4 * 4);
  const std::int64_t msg_id = one.next_id();
  one.send_as(body, msg_id, one.next_seqno(true));
  EXPECT_EQ(one.receive_answer(msg_id).object.at("_"), "nearestDc");
}

TEST_F(MtprotoSession, RefusesWhatTheSchemaDoesNotKnow) {
  const std::int64_t msg_id = one.next_id();
  one.send_as(Bytes{1, 2, 3, 4, 5, 6, 7, 8}, msg_id, one.next_seqno(true));
  EXPECT_EQ(one.receive_answer(msg_id).object.at("error_message"), "INPUT_FETCH_ERROR");
  EXPECT_EQ(on_server([&] { return sink.troubles.size(); }), 1U);
}

TEST_F(MtprotoSession, DropsAnswers) {
  const std::int64_t held = one.send(kHeld);
  const std::int64_t drop = one.send({{"_", "mt_rpc_drop_answer"}, {"req_msg_id", held}});
  EXPECT_EQ(one.receive_answer(drop).object.at("_"), "mt_rpc_answer_dropped_running");
  release_held();
  const std::int64_t unknown = one.send({{"_", "mt_rpc_drop_answer"}, {"req_msg_id", 1}});
  while (const auto next = one.receive()) {
    EXPECT_NE(next->answers, held);
    if (next->answers == unknown) {
      EXPECT_EQ(next->object.at("_"), "mt_rpc_answer_unknown");
      break;
    }
  }
}

TEST_F(MtprotoSession, CallsWithoutUpdatesGetNone) {
  one.session_id = 77;
  const Value call = {{"_", "invokeWithoutUpdates"}, {"query", kStatus}};
  one.receive_answer(one.send(call));
  on_server([&] { server->push(one.key_id, kPush); });
  one.send({{"_", "mt_ping"}, {"ping_id", 1}}, false);
  while (const auto next = one.receive()) {
    const std::string kind = next->object.value("_", "");
    EXPECT_NE(kind, "updatesTooLong");
    if (kind == "mt_pong") break;
  }
  EXPECT_EQ(one.packets_of_others, 1);
}

TEST_F(MtprotoSession, ReportsWhoIsOnline) {
  EXPECT_THAT(on_server([&] { return sink.changes; }), ElementsAre(Pair(one.key_id, true)));
  EXPECT_TRUE(on_server([&] { return server->online(one.key_id); }));
  on_server([&] { server->drop_connections(one.key_id); });
  while (one.receive()) {
  }
  EXPECT_FALSE(on_server([&] { return server->online(one.key_id); }));
  EXPECT_THAT(on_server([&] { return sink.changes; }),
              ElementsAre(Pair(one.key_id, true), Pair(one.key_id, false)));
}

TEST_F(MtprotoSession, ForgottenSessionsAreCreatedAnew) {
  on_server([&] { server->forget_sessions(one.key_id); });
  while (one.receive()) {
  }
  one.connect();
  one.send(kStatus);
  one.receive_kind("mt_new_session_created");
}

TEST_F(MtprotoSession, DestroysKeysAndSessions) {
  one.send({{"_", "mt_destroy_session"}, {"session_id", 5}}, false);
  EXPECT_EQ(one.receive_kind("mt_destroy_session_none").object.at("session_id"), 5);
  one.send({{"_", "mt_destroy_auth_key"}}, false);
  one.receive_kind("mt_destroy_auth_key_ok");
  one.send(kStatus);
  const auto answer = one.receive_packet();
  ASSERT_TRUE(answer);
  EXPECT_EQ(read_number<std::int32_t>(*answer), -404);
}

TEST_F(MtprotoSession, ClosesAfterTheDelayThatAPingAskedFor) {
  one.send({{"_", "mt_ping_delay_disconnect"}, {"ping_id", 1}, {"disconnect_delay", 0}}, false);
  while (one.receive()) {
  }
  SUCCEED();
}

TEST_F(MtprotoSession, GivesAQuickReceipt) {
  one.send_packet(seal(one.key, one.key_id, Direction::from_client,
                       Packet{one.salt, one.session_id, one.next_id(), one.next_seqno(true),
                              schema().encode(kHeld), 0}),
                  true);
  const auto receipt = one.receive_packet();
  ASSERT_TRUE(receipt);
  ASSERT_EQ(receipt->size(), 4U);
  EXPECT_NE(read_number<std::uint32_t>(*receipt) & 1U << 31U, 0U);
}

TEST_F(MtprotoSession, ForgedPacketsEndTheConnection) {
  Bytes packet =
      seal(one.key, one.key_id, Direction::from_client,
           Packet{one.salt, one.session_id, one.next_id(), 1, schema().encode(kStatus), 0});
  packet.back() ^= 1U;
  one.send_packet(packet);
  EXPECT_FALSE(one.receive_packet());
}

}  // namespace
}  // namespace testdc::mtproto
