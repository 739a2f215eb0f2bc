#include "testdc/tl/schema.hpp"

#include "random_value.hpp"
#include "testdc/tl/fixed_ids.hpp"
#include "testdc/tl/gzip.hpp"
#include "testdc/tl/tables.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace testdc::tl {
namespace {

const Schema& schema() {
  static const auto loaded = Schema::load(TGPANEL_SCHEMA_DIR);
  return *loaded;
}

const Tables& tables() {
  static const Tables loaded = Tables::load(TGPANEL_SCHEMA_DIR);
  return loaded;
}

Bytes hex(std::string_view text) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    out.push_back(
        static_cast<std::uint8_t>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

Bytes joined(Bytes front, const Bytes& back) {
  front.insert(front.end(), back.begin(), back.end());
  return front;
}

Bytes le32(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8U),
          static_cast<std::uint8_t>(value >> 16U), static_cast<std::uint8_t>(value >> 24U)};
}

/// A gzip_packed object around a stream shorter than 254 bytes.
Bytes packed(const Bytes& stream) {
  Bytes out = joined(le32(gzip_packed_id), {static_cast<std::uint8_t>(stream.size())});
  out = joined(std::move(out), stream);
  while (out.size() % 4 != 0) out.push_back(0);
  return out;
}

TEST(Schema, IsTheLayerThatTdlibSpeaks) {
  EXPECT_EQ(schema().layer(), 223);
}

TEST(Schema, KnowsMethodsFromConstructors) {
  EXPECT_TRUE(schema().is_method("messages.sendMessage"));
  EXPECT_TRUE(schema().is_method("help.getConfig"));
  EXPECT_FALSE(schema().is_method("message"));
  EXPECT_FALSE(schema().is_method("nothing"));
}

TEST(Schema, SaysWhichFileIsMissing) {
  try {
    (void)Schema::load("/nowhere");
    FAIL();
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("/nowhere/api-schema.json"), std::string::npos)
        << e.what();
  }
}

// Bytes of the MTProto documentation's example of a key exchange
// (core.telegram.org/mtproto/samples-auth_key).
TEST(Encode, WritesTheDocumentedBytes) {
  const Bytes nonce = hex("3E0549828CCA27E966B301A48FECE2FC");
  const Value query = {{"_", "mt_req_pq_multi"}, {"nonce", Value::binary(nonce)}};
  EXPECT_EQ(schema().encode(query), joined(hex("F18E7EBE"), nonce));

  const Value answer = {{"_", "mt_resPQ"},
                        {"nonce", Value::binary(nonce)},
                        {"server_nonce", Value::binary(hex("A5CF4D33F4A11EA877BA4AA573907330"))},
                        {"pq", Value::binary(hex("17ED48941A08F981"))},
                        {"server_public_key_fingerprints", {-4344800451088585951}}};
  EXPECT_EQ(schema().encode(answer), hex("632416053E0549828CCA27E966B301A48FECE2FCA5CF4D33F4A11EA87"
                                         "7BA4AA5739073300817ED48941A08F981"
                                         "00000015C4B51C01000000216BE86C022BB4C3"));
}

TEST(Encode, ComputesFlags) {
  // user#... flags: self is bit 10, first_name bit 1.
  const Value user = {
      {"_", "user"}, {"id", 5}, {"self", true}, {"first_name", "A"}, {"bot", false}};
  const Bytes bytes = schema().encode(user);
  EXPECT_EQ(Bytes(bytes.begin() + 4, bytes.begin() + 8), le32(1U << 10U | 1U << 1U));
  const auto back = schema().decode(bytes);
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(back->value, (Value{{"_", "user"}, {"id", 5}, {"self", true}, {"first_name", "A"}}));
}

TEST(Encode, RefusesWhatTheSchemaDoesNotHave) {
  const std::vector<Value> wrong = {
      {{"_", "nothing"}},
      {{"id", 1}},
      Value(7),
      Value::array(),
      {{"_", "peerUser"}},                                                      // missing
      {{"_", "peerUser"}, {"user_id", "5"}},                                    // wrong kind
      {{"_", "peerUser"}, {"user_id", 5}, {"usr_id", 5}},                       // a typo
      {{"_", "user"}, {"id", 5}, {"first_nam", "A"}},                           // a typo
      {{"_", "user"}, {"id", 5}, {"flags", 2}},                                 // computed
      {{"_", "user"}, {"id", 5}, {"first_name", nullptr}},                      // absent, not null
      {{"_", "user"}, {"id", 5}, {"self", 1}},                                  // no bool
      {{"_", "inputPeerUser"}, {"user_id", 5}},                                 // access_hash
      {{"_", "mt_req_pq_multi"}, {"nonce", Value::binary({1, 2})}},             // 16 bytes
      {{"_", "error"}, {"code", std::int64_t{1} << 40U}, {"text", ""}},         // no int
      {{"_", "messagePeerReaction"}, {"peer_id", {{"_", "user"}, {"id", 5}}}},  // another type
      {{"_", "contacts.block"}, {"id", {{"_", "help.getConfig"}}}},             // a method
  };
  for (const Value& value : wrong) {
    EXPECT_THROW((void)schema().encode(value), std::logic_error) << value;
  }
}

TEST(Encode, SaysWhere) {
  const Value message = {{"_", "messages.chats"},
                         {"chats", {{{"_", "chatEmpty"}, {"id", 1}, {"titel", "x"}}}}};
  try {
    (void)schema().encode(message);
    FAIL();
  } catch (const std::logic_error& e) {
    EXPECT_STREQ(e.what(),
                 "TL value at messages.chats.chats.chatEmpty: no field \"titel\" in the schema");
  }
}

TEST(Encode, FieldsOfOneFlagComeTogether) {
  // stories and their count, for instance: two fields behind one bit.
  const auto shares = [](const Combinator& c) {
    for (const Field& a : c.fields) {
      for (const Field& b : c.fields) {
        if (&a != &b && a.optional() && a.flags == b.flags && a.bit == b.bit &&
            a.type.kind == Kind::int32 && b.type.kind == Kind::int32) {
          return a.name;
        }
      }
    }
    return std::string();
  };
  const Combinator* const message = tables().find("message");
  ASSERT_NE(message, nullptr);
  ASSERT_EQ(shares(*message), "views");
  Value value = {
      {"_", "message"}, {"id", 1},       {"peer_id", {{"_", "peerUser"}, {"user_id", 1}}},
      {"date", 1},      {"message", ""}, {"views", 3}};
  EXPECT_THROW((void)schema().encode(value), std::logic_error);
  value["forwards"] = 0;
  EXPECT_NO_THROW((void)schema().encode(value));
}

TEST(EncodeResult, FollowsTheMethodsType) {
  EXPECT_EQ(schema().encode_result("account.updateStatus", true), le32(bool_true_id));
  EXPECT_EQ(schema().encode_result("contacts.getContactIDs", {7}),
            joined(le32(vector_id), joined(le32(1), le32(7))));
  const Value users = Value::array({{{"_", "userEmpty"}, {"id", 1}}});
  const Bytes bytes = schema().encode_result("users.getUsers", users);
  EXPECT_EQ(Bytes(bytes.begin(), bytes.begin() + 4), le32(vector_id));
  EXPECT_THROW((void)schema().encode_result("users.getUsers", true), std::logic_error);
  EXPECT_THROW((void)schema().encode_result("help.getConfig", {{"_", "userEmpty"}, {"id", 1}}),
               std::logic_error);
  EXPECT_THROW((void)schema().encode_result("message", true), std::logic_error);
}

TEST(Decode, UnpacksBothKindsOfStream) {
  const Bytes ping = schema().encode({{"_", "mt_ping"}, {"ping_id", 42}});
  // The same ping as a zlib stream with one stored block.
  Bytes zlib = hex("7801010C00F3FF");
  zlib = joined(std::move(zlib), ping);
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const std::uint8_t byte : ping) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  for (const std::uint32_t part : {b >> 8U, b, a >> 8U, a})
    zlib.push_back(static_cast<std::uint8_t>(part));
  for (const Bytes& stream : {zlib, gzip(ping)}) {
    const Bytes whole = packed(stream);
    const auto decoded = schema().decode(whole);
    ASSERT_TRUE(decoded) << decoded.error();
    EXPECT_EQ(decoded->value.at("ping_id"), 42);
    EXPECT_EQ(decoded->used, whole.size());
  }
}

TEST(Decode, RefusesBadStreams) {
  const Bytes ping = schema().encode({{"_", "mt_ping"}, {"ping_id", 42}});
  Bytes cut = gzip(ping);
  cut.resize(cut.size() / 2);
  EXPECT_FALSE(schema().decode(packed(cut)));
  EXPECT_FALSE(schema().decode(packed({})));
  EXPECT_FALSE(gunzip(gzip(Bytes(max_unpacked + 1, 0))));
  EXPECT_TRUE(gunzip(gzip(Bytes(max_unpacked, 0))));
  // gzip in gzip in gzip...
  Bytes nested = packed(gzip(ping));
  for (int i = 0; i < max_depth; ++i) nested = packed(gzip(nested));
  EXPECT_FALSE(schema().decode(nested));
}

TEST(Decode, RefusesNestingWithoutEnd) {
  // invokeWithLayer 1 (invokeWithLayer 1 (...
  const Combinator* const wrapper = tables().find("invokeWithLayer");
  ASSERT_NE(wrapper, nullptr);
  Bytes data;
  for (int i = 0; i < 100'000; ++i)
    data = joined(std::move(data), joined(le32(wrapper->id), le32(1)));
  const auto decoded = schema().decode(data);
  ASSERT_FALSE(decoded);
  EXPECT_NE(decoded.error().find("nested too deeply"), std::string::npos) << decoded.error();
}

TEST(Decode, RefusesLengthsThatCannotBe) {
  const Combinator* const method = tables().find("users.getUsers");
  ASSERT_NE(method, nullptr);
  const Bytes head = joined(le32(method->id), le32(vector_id));
  EXPECT_FALSE(schema().decode(joined(head, le32(0xffffffff))));
  EXPECT_FALSE(schema().decode(joined(head, le32(1))));
  EXPECT_TRUE(schema().decode(joined(head, le32(0))));
  EXPECT_FALSE(schema().decode(joined(le32(method->id), le32(vector_id + 1))));
  EXPECT_FALSE(schema().decode(le32(0xdeadbeef)));
  EXPECT_FALSE(schema().decode({}));
}

RC_GTEST_PROP(Codec, RoundTrip, ()) {
  static RandomValue random(tables());
  const Value value = random.any();
  Bytes bytes = schema().encode(value);
  const std::size_t size = bytes.size();
  RC_ASSERT(size % 4 == 0);
  bytes.resize(size + *rc::gen::element<std::size_t>(0, 4, 8));  // what follows is left alone
  const auto back = schema().decode(bytes);
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->used == size);
  RC_ASSERT(back->value == value);
}

RC_GTEST_PROP(Codec, CutBytesAreRefused, ()) {
  static RandomValue random(tables());
  Bytes bytes = schema().encode(random.any());
  // A heap copy of the exact size: the address sanitizer sees a read beyond it.
  const Bytes cut(bytes.begin(),
                  bytes.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(bytes)));
  RC_ASSERT(!schema().decode(cut).has_value());
}

RC_GTEST_PROP(Codec, ChangedBytesNeverCrash, ()) {
  static RandomValue random(tables());
  Bytes bytes = schema().encode(random.any());
  for (int i = *rc::gen::inRange(1, 5); i > 0; --i) {
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
  }
  const auto decoded = schema().decode(bytes);
  if (decoded) {
    // Equal as JSON text would be; NaN is unlike itself, so only the size is compared.
    RC_ASSERT(schema().encode(decoded->value).size() <= bytes.size());
  }
}

TEST(Codec, EveryCombinatorRoundTrips) {
  const auto all = tables().combinators.size();
  EXPECT_GT(all, 2300U);
  rc::check("every combinator", [&] {
    static RandomValue random(tables());
    static std::size_t next = 0;
    for (int i = 0; i < 50; ++i, ++next) {
      const Value value = random.of(tables().combinators[next % all]);
      const auto back = schema().decode(schema().encode(value));
      RC_ASSERT(back.has_value());
      RC_ASSERT(back->value == value);
    }
  });
}

// Once a schema file has one of them, it is to be taken from there.
TEST(FixedIds, AreNotInTheSchema) {
  for (const std::uint32_t id : {vector_id, bool_true_id, bool_false_id, msg_container_id,
                                 rpc_result_id, gzip_packed_id, req_pq_id}) {
    EXPECT_EQ(tables().find(id), nullptr) << std::hex << id;
  }
}

}  // namespace
}  // namespace testdc::tl
