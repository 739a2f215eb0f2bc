// Login codes as Telegram's own chat writes them, and how they end when they are shared.

#include "auth_fixture.hpp"
#include "testdc/world/methods.hpp"

namespace testdc {
namespace {

constexpr std::uint64_t phone_key = 11;  // Ali's phone, logged in
constexpr std::uint64_t new_key = 12;    // the client that asks for the code

const char* const ali_phone = "989120000001";

class ServiceChatTest : public AuthFixture {
 protected:
  ServiceChatTest() {
    world.connect([this](std::int64_t user) { return auth.keys_of_user(user); }, transport);
    auth.set_code(ali_phone, "24680");
    log_in(phone_key);
    transport.pushed.clear();
  }

  static constexpr Peer telegram{Peer::Type::user, World::service_user};

  MessagePtr newest() { return world.messages(ali, telegram).back(); }

  void write(std::int64_t user, std::int64_t to, std::string_view text) {
    Draft draft;
    draft.text = text;
    world.send({user, 0}, {Peer::Type::user, to}, std::move(draft));
  }

  /// The outcome of a login that asks for a code, lets `act` happen, and then enters the code.
  std::string log_in_after(const std::function<void()>& act) {
    const Value sent = send_code(new_key);
    act();
    return error_of(sign_in(new_key, sent, "24680"));
  }
};

TEST_F(ServiceChatTest, TheCodeComesToTheOtherSessions) {
  send_code(new_key);
  ASSERT_EQ(transport.pushed.size(), 1U);
  EXPECT_EQ(transport.pushed[0].first, phone_key);
  const auto& update = transport.pushed[0].second.at("updates").at(0);
  EXPECT_EQ(update.at("_"), "updateNewMessage");
  const auto& message = update.at("message");
  EXPECT_EQ(message.at("from_id").at("user_id"), World::service_user);
  EXPECT_EQ(message.at("peer_id").at("user_id"), World::service_user);
  EXPECT_NE(message.at("message").get<std::string>().find("Login code: 24680."), std::string::npos);
  EXPECT_FALSE(message.contains("out"));
}

TEST_F(ServiceChatTest, AnUnknownPhoneGetsNoMessage) {
  send_code(new_key, "989129999999");
  EXPECT_TRUE(transport.pushed.empty());
}

TEST_F(ServiceChatTest, ACodeThatNobodySharesServes) {
  EXPECT_EQ(log_in_after([] {}), "");
}

TEST_F(ServiceChatTest, ACodeThatItsOwnerTypesIntoAChatIsExpired) {
  EXPECT_EQ(log_in_after([&] { write(ali, sara, "it is 24680"); }), "400 PHONE_CODE_EXPIRED");
}

TEST_F(ServiceChatTest, WhatOthersTypeSaysNothing) {
  EXPECT_EQ(log_in_after([&] { write(sara, ali, "24680"); }), "");
}

TEST_F(ServiceChatTest, ACodeThatIsWrittenByAnEditIsExpired) {
  EXPECT_EQ(log_in_after([&] {
              write(ali, sara, "wait");
              const Peer chat{Peer::Type::user, sara};
              const int id = World::id_for(*world.messages(ali, chat).back(), ali);
              Revision revision;
              revision.text = "24680";
              world.edit({ali, 0}, chat, id, std::move(revision));
            }),
            "400 PHONE_CODE_EXPIRED");
}

TEST_F(ServiceChatTest, AForwardedCodeIsExpired) {
  add_world_methods(dispatcher, world, files, callbacks);
  const auto peer = [this](std::int64_t user) {
    return Value{{"_", "inputPeerUser"},
                 {"user_id", user},
                 {"access_hash", world.access_hash(ali, {Peer::Type::user, user})}};
  };
  EXPECT_EQ(log_in_after([&] {
              const auto answer = call(phone_key, {{"_", "messages.forwardMessages"},
                                                   {"from_peer", peer(World::service_user)},
                                                   {"to_peer", peer(sara)},
                                                   {"id", {World::id_for(*newest(), ali)}},
                                                   {"random_id", {77}}});
              ASSERT_EQ(error_of(answer), "");
            }),
            "400 PHONE_CODE_EXPIRED");
}

TEST_F(ServiceChatTest, AClientMayEndACodeItself) {
  EXPECT_EQ(log_in_after([&] {
              call(phone_key, {{"_", "account.invalidateSignInCodes"}, {"codes", {"11111"}}});
            }),
            "");
  EXPECT_EQ(log_in_after([&] {
              call(phone_key, {{"_", "account.invalidateSignInCodes"}, {"codes", {"24680"}}});
            }),
            "400 PHONE_CODE_EXPIRED");
}

}  // namespace
}  // namespace testdc
