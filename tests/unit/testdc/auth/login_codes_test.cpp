#include "testdc/auth/login_codes.hpp"

#include "testdc/rpc/call.hpp"

#include <gtest/gtest.h>

namespace testdc {
namespace {

class LoginCodesTest : public testing::Test {
 protected:
  /// The error of a check; empty when it passes.
  std::string check(std::string_view hash, std::string_view code, int now = 1000) const {
    try {
      codes.check("98912", hash, code, now);
      return "";
    } catch (const RpcError& error) {
      return error.text;
    }
  }

  std::uint64_t drawn = 41;
  LoginCodes codes{[this] { return ++drawn; }};
};

TEST_F(LoginCodesTest, ARandomCodeOfFiveDigits) {
  EXPECT_EQ(codes.last("98912"), nullptr);
  const auto sent = codes.send("98912", 1000);
  EXPECT_EQ(sent.code, "00042");
  EXPECT_EQ(codes.last("98912")->code, "00042");
  EXPECT_EQ(check(sent.hash, "00042"), "");
}

TEST_F(LoginCodesTest, TheCodeMayBeGiven) {
  codes.set("98912", "12345");
  EXPECT_EQ(codes.last("98912"), nullptr);
  const auto sent = codes.send("98912", 1000);
  EXPECT_EQ(check(sent.hash, "12345"), "");
  codes.set("98912", "54321");  // the one sent already too
  EXPECT_EQ(check(sent.hash, "12345"), "PHONE_CODE_INVALID");
  EXPECT_EQ(check(sent.hash, "54321"), "");
}

TEST_F(LoginCodesTest, WhatIsWrongIsNamed) {
  EXPECT_EQ(check("x", "1"), "PHONE_CODE_EXPIRED");
  const auto sent = codes.send("98912", 1000);
  EXPECT_EQ(check(sent.hash, ""), "PHONE_CODE_EMPTY");
  EXPECT_EQ(check("", sent.code), "PHONE_CODE_HASH_EMPTY");
  EXPECT_EQ(check("other", sent.code), "PHONE_CODE_EXPIRED");
  EXPECT_EQ(check(sent.hash, "99999"), "PHONE_CODE_INVALID");
  EXPECT_EQ(check(sent.hash, sent.code), "") << "a wrong code may be tried again";
}

TEST_F(LoginCodesTest, CodesEnd) {
  const auto sent = codes.send("98912", 1000);
  EXPECT_EQ(check(sent.hash, sent.code, 1000 + login_code_lifetime - 1), "");
  EXPECT_EQ(check(sent.hash, sent.code, 1000 + login_code_lifetime), "PHONE_CODE_EXPIRED");
  codes.resend("98912", sent.hash, 1200);
  EXPECT_EQ(check(sent.hash, sent.code, 1000 + login_code_lifetime), "");
  EXPECT_TRUE(codes.expire("98912"));
  EXPECT_EQ(check(sent.hash, sent.code), "PHONE_CODE_EXPIRED");
  EXPECT_FALSE(codes.expire("1"));
  EXPECT_THROW(codes.resend("98912", sent.hash, 1000), RpcError);
}

TEST_F(LoginCodesTest, ACodeThatIsSharedIsOver) {
  codes.set("98912", "12345");
  for (const char* text : {"", "hello", "123456", "012345", "12 345", "98912"}) {
    const auto sent = codes.send("98912", 1000);
    codes.shared("98912", text);
    EXPECT_EQ(check(sent.hash, "12345"), "") << text;
  }
  for (const char* text : {"12345", "it is 12345.", "012345 or 12345?", "12345 12345"}) {
    const auto sent = codes.send("98912", 1000);
    codes.shared("98912", text);
    EXPECT_EQ(check(sent.hash, "12345"), "PHONE_CODE_EXPIRED") << text;
  }
  codes.shared("1", "12345");  // nothing was sent there
}

TEST_F(LoginCodesTest, AUsedCodeIsOver) {
  const auto first = codes.send("98912", 1000);
  codes.forget("98912");
  EXPECT_EQ(check(first.hash, first.code), "PHONE_CODE_EXPIRED");
  const auto second = codes.send("98912", 1000);
  EXPECT_EQ(check(first.hash, first.code), "PHONE_CODE_EXPIRED");
  EXPECT_EQ(check(second.hash, second.code), "");
}

}  // namespace
}  // namespace testdc
