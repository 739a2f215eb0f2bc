#include "telegram/incoming.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tgpanel::telegram {
namespace {

using Kind = Incoming::Kind;

TEST(Incoming, AnswersCarryTheirRequest) {
  IncomingReader reader;
  const auto answer = reader.look(R"({"@type":"user","id":5,"@extra":17,"@client_id":3})");
  EXPECT_EQ(answer.kind, Kind::answer);
  EXPECT_EQ(answer.request, 17U);
  EXPECT_EQ(answer.client_id, 3);
  const auto list = reader.look(R"({"@type":"updates","updates":[],"@extra":18,"@client_id":3})");
  EXPECT_EQ(list.kind, Kind::answer);
}

TEST(Incoming, OnlyWantedUpdatesPass) {
  IncomingReader reader;
  const auto kind = [&](const char* json) { return reader.look(json).kind; };
  EXPECT_EQ(kind(R"({"@type":"updateNewMessage","message":{"@type":"message"},"@client_id":1})"),
            Kind::update);
  EXPECT_EQ(kind(R"({"@type":"updateUserStatus","user_id":1,"@client_id":1})"), Kind::dropped);
  EXPECT_EQ(kind(R"({"message":{"@type":"x"},"@client_id":2,"@type":"updateNewMessage"})"),
            Kind::update);
}

TEST(Incoming, AClosedClientIsRecognised) {
  IncomingReader reader;
  const auto closed = reader.look(
      R"({"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateClosed"},"@client_id":4})");
  EXPECT_EQ(closed.kind, Kind::closed);
  EXPECT_EQ(closed.client_id, 4);
  const auto ready = reader.look(
      R"({"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateReady"},"@client_id":4})");
  EXPECT_EQ(ready.kind, Kind::update);
}

TEST(Incoming, WhatCannotBeReadIsDropped) {
  IncomingReader reader;
  for (const char* json :
       {"", "{", "[]", "null", "{}", R"({"@type":5})", R"({"@type":"ok"})",
        R"({"@type":"ok","@client_id":1})", R"({"@type":"ok","@client_id":1,"@extra":"x"})",
        R"({"@type":"updateNewMessage"})", R"({"@type":"ok","@client_id":4294967297,"@extra":5})",
        R"({"@type":"ok","@client_id":-4294967295,"@extra":5})"}) {
    EXPECT_EQ(reader.look(json).kind, Kind::dropped) << json;
  }
}

TEST(Incoming, WhatIsBrokenInTheMiddleIsDropped) {
  IncomingReader reader;
  for (
      const char* json :
      {R"({"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateClosed"A},"_id":4})",
       R"({"@type":"updateAuthorizationState","@cli_state":{"@tn":ation.StateClosed"},"6,"@client_id":-1})",
       R"({"@type":"ok","@client_id":1,"@extra":5]})"}) {
    EXPECT_EQ(reader.look(json).kind, Kind::dropped) << json;
  }
}

TEST(Incoming, WhatWasLookedAtIsBuiltAsTheOtherParserBuildsIt) {
  IncomingReader reader;
  EXPECT_TRUE(reader.build().is_null());
  for (
      const char* json :
      {R"({"@type":"ok","@client_id":1,"@extra":5})",
       R"({"@type":"x","a":[1,-1,18446744073709551615,-9223372036854775808,0.5,1e3,true,false,null],
            "b":{"c":[],"d":{},"e":"\u06a9\ud83d\ude00\"\n"},"twice":1,"twice":2,"@client_id":1})",
       R"({"@type":"updateUserStatus","user_id":1,"@client_id":1})"}) {
    reader.look(json);
    const auto built = reader.build();
    const auto parsed = Json::parse(json);
    EXPECT_EQ(built, parsed);
    EXPECT_EQ(built.dump(), parsed.dump());
    for (const auto& [key, value] : parsed.items()) {
      EXPECT_EQ(built.at(key).type(), value.type()) << key;
    }
  }
  reader.look("[1]");
  EXPECT_TRUE(reader.build().is_null());
  reader.look("{");
  EXPECT_TRUE(reader.build().is_null()) << "of the one before";
}

RC_GTEST_PROP(Incoming, AnyBytesAreRead, (const std::string& bytes)) {
  IncomingReader reader;
  reader.look(bytes);
  RC_ASSERT(reader.look(R"({"@type":"ok","@client_id":1,"@extra":2})").request == 2U);
}

}  // namespace
}  // namespace tgpanel::telegram
