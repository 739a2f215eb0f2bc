#include "accounts/phone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tgpanel::accounts {
namespace {

TEST(Phone, TakesWhatPeopleWrite) {
  for (const char* text : {"+989121234567", "+98 912 123 4567", "00989121234567", "98-912-123-4567",
                           "(98) 912.1234567", "+۹۸۹۱۲۱۲۳۴۵۶۷", "+٩٨٩١٢١٢٣٤٥٦٧",
                           "\u200e+98\u00a0912\u2011123\u20114567\u200e"}) {
    const auto phone = normalise_phone(text);
    ASSERT_TRUE(phone) << text;
    EXPECT_EQ(*phone, "+989121234567") << text;
  }
}

TEST(Phone, RefusesAnythingElseWithASentence) {
  for (const std::string& text :
       {std::string(), std::string(" "), std::string("+"), std::string("/start"), std::string("👍"),
        std::string("09121234567"), std::string("+12345"), std::string("+1234567890123456"),
        std::string("12345678x"), std::string("+98+9121234567"), std::string("\xff\xfe"),
        std::string(4096, '1'), std::string("²³¹²³¹²³")}) {
    const auto phone = normalise_phone(text);
    ASSERT_FALSE(phone) << text;
    EXPECT_EQ(phone.error().code, Errc::invalid);
    EXPECT_NE(phone.error().message.find("country code"), std::string::npos);
  }
}

TEST(Code, DigitsOfTheRightLength) {
  EXPECT_EQ(normalise_code("12345", 5).value(), "12345");
  EXPECT_EQ(normalise_code(" 1 2-3 4 5 ", 5).value(), "12345");
  EXPECT_EQ(normalise_code("۱۲۳۴۵", 5).value(), "12345");
  EXPECT_EQ(normalise_code("123456", 0).value(), "123456");
  for (const char* text : {"", "1234", "123456", "12a45", "+12345", "/cancel", "👍"}) {
    EXPECT_FALSE(normalise_code(text, 5)) << text;
  }
  EXPECT_FALSE(normalise_code("12", 0));
  EXPECT_NE(normalise_code("1", 6).error().message.find("6 digits"), std::string::npos);
}

TEST(Email, AddressesAndCodes) {
  EXPECT_EQ(normalise_email(" a.b@example.co.uk\n").value(), "a.b@example.co.uk");
  for (const char* text : {"", "a", "@example.com", "a@", "a@b", "a@b.", "a b@example.com",
                           "a@b@example.com", "\xff@b.c"}) {
    EXPECT_FALSE(normalise_email(text)) << text;
  }
  EXPECT_FALSE(normalise_email(std::string(250, 'a') + "@b.cd"));
  EXPECT_EQ(normalise_email_code(" 12-34 ۵۶ ").value(), "123456");
  EXPECT_EQ(normalise_email_code("aB3").value(), "aB3");
  for (const char* text : {"", " ", "12?4", "کد", "\xff"}) {
    EXPECT_FALSE(normalise_email_code(text)) << text;
  }
  EXPECT_FALSE(normalise_email_code(std::string(65, '1')));
}

RC_GTEST_PROP(Phone, AnyBytesAreTakenOrRefusedAndTakingIsIdempotent, (const std::string& text)) {
  const auto phone = normalise_phone(text);
  if (!phone) return;
  RC_ASSERT(phone->size() >= 8 && phone->size() <= 16 && phone->front() == '+');
  RC_ASSERT(normalise_phone(*phone).value() == *phone);
}

}  // namespace
}  // namespace tgpanel::accounts
