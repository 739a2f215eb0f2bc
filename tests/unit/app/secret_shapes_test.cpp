#include "app/secret_shapes.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tgpanel::app {
namespace {

TEST(SecretShapes, AreNotRepeated) {
  const std::string token = "7000001:AAHshapes-of_a-token-0123456789abc";
  const std::string hash = "5ca1ab1e0DDBA11c0ffee0b5e55edca7";
  EXPECT_EQ(without_secrets("API_ID is \"" + token + "\"; a number"),
            "API_ID is \"(a secret, not shown)\"; a number");
  EXPECT_EQ(without_secrets(hash), "(a secret, not shown)");
  EXPECT_EQ(without_secrets("/run/" + hash + hash + "/x"), "/run/(a secret, not shown)/x");
  EXPECT_EQ(without_secrets("has \"+1 (555) 831-4072\", " + hash),
            "has \"+1 ••• ••72\", (a secret, not shown)");
  EXPECT_EQ(without_secrets("+15558314072"), "+1 ••• ••72");
}

TEST(SecretShapes, EverythingElseIsLeft) {
  for (const std::string text :
       {"", "API_ID is \"abc\"; a number is expected, such as 1234567", "-1001234567890",
        "is -100123456789012345678 meant?", "names \"/var/lib/tgpanel/deadbeef/master.key\"",
        "+03:30", "1 + 2", "12:30:45", "socks5://127.0.0.1:1080", "7000001:too-short",
        "می‌خواهم 👍"}) {
    EXPECT_EQ(without_secrets(text), text);
  }
}

}  // namespace
}  // namespace tgpanel::app
