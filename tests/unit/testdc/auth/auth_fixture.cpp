#include "auth_fixture.hpp"

namespace testdc {

namespace {

const tl::Schema& schema() {
  static const auto loaded = tl::Schema::load(TGPANEL_SCHEMA_DIR);
  return *loaded;
}

}  // namespace

AuthFixture::AuthFixture() {
  NewUser one;
  one.phone = "+989120000001";
  one.first_name = "Ali";
  ali = world.add_user(one);
  NewUser two;
  two.phone = "+989120000002";
  two.first_name = "Sara";
  two.password = "open sesame";
  two.password_hint = "as in the tale";
  sara = world.add_user(two);
  bot = world.add_bot("777:secret", "Panel", "panel_bot");
}

Value AuthFixture::call(std::uint64_t key, const Value& query) {
  // What the client would send, and what it would get: both have to fit the schema.
  const auto sent = schema().decode(schema().encode(query));
  EXPECT_TRUE(sent.has_value());
  std::optional<Value> answer;
  Caller caller;
  caller.auth_key_id = key;
  caller.dc = 2;
  caller.device = "Panel on Linux";
  dispatcher.on_call(caller, sent->value, [&](std::expected<Value, RpcError> result) {
    if (result) {
      EXPECT_NO_THROW((void)schema().encode_result(query.at("_").get<std::string>(), *result));
      answer = *std::move(result);
    } else {
      answer = Value{{"error", std::to_string(result.error().code) + " " + result.error().text}};
    }
  });
  EXPECT_TRUE(answer.has_value()) << query;
  return answer.value_or(nullptr);
}

Value AuthFixture::send_code(std::uint64_t key, const char* phone) {
  return call(key, {{"_", "auth.sendCode"},
                    {"phone_number", phone},
                    {"api_id", 4},
                    {"api_hash", "abc"},
                    {"settings", {{"_", "codeSettings"}}}});
}

Value AuthFixture::sign_in(std::uint64_t key, const Value& sent, std::string_view code,
                           const char* phone) {
  return call(key, {{"_", "auth.signIn"},
                    {"phone_number", phone},
                    {"phone_code_hash", sent.at("phone_code_hash")},
                    {"phone_code", code}});
}

void AuthFixture::log_in(std::uint64_t key, const char* phone) {
  const Value sent = send_code(key, phone);
  const Value answer = sign_in(key, sent, auth.last_code(phone), phone);
  ASSERT_EQ(answer.value("_", ""), "auth.authorization") << answer;
}

Value AuthFixture::export_token(std::uint64_t key) {
  return call(key, {{"_", "auth.exportLoginToken"},
                    {"api_id", 4},
                    {"api_hash", "abc"},
                    {"except_ids", Value::array()}});
}

std::string AuthFixture::link_of(const Value& login_token) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string link = "tg://login?token=";
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const std::uint8_t byte : login_token.at("token").get_binary()) {
    bits = bits << 8U | byte;
    for (count += 8; count >= 6; count -= 6) link += alphabet[bits >> (count - 6) & 63U];
  }
  if (count > 0) link += alphabet[bits << (6 - count) & 63U];
  return link;
}

}  // namespace testdc
