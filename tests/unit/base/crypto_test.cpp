#include "base/crypto.hpp"

#include "base/random.hpp"
#include "unit/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tgpanel::crypto {
namespace {

Secret key(char fill = 'k') {
  return Secret(std::string(kKeyBytes, fill));
}

TEST(Crypto, ASealedBoxOpensWithItsKeyAndContextOnly) {
  const auto box = seal(key(), "plain", "purpose");
  EXPECT_EQ(unseal(key(), box, "purpose")->reveal(), "plain");
  EXPECT_FALSE(unseal(key('x'), box, "purpose"));
  EXPECT_FALSE(unseal(key(), box, "other"));
  EXPECT_FALSE(unseal(key(), box.substr(1), "purpose"));
  EXPECT_FALSE(unseal(key(), "", "purpose"));
  EXPECT_EQ(unseal(key(), seal(key(), "", ""), "")->reveal(), "");
}

TEST(Crypto, EveryBoxIsDifferent) {
  EXPECT_NE(seal(key(), "plain", ""), seal(key(), "plain", ""));
}

TEST(Crypto, AKeyOfAWrongSizeIsABug) {
  EXPECT_THROW(static_cast<void>(seal(Secret("short"), "", "")), std::logic_error);
  EXPECT_THROW(static_cast<void>(unseal(Secret("short"), "", "")), std::logic_error);
  EXPECT_THROW(static_cast<void>(key_from_passphrase(Secret("p"), "short")), std::logic_error);
}

TEST(Crypto, APassphraseAndItsSaltDecideTheKey) {
  const std::string salt(kSaltBytes, 's');
  const auto first = key_from_passphrase(Secret("passphrase"), salt).value();
  EXPECT_EQ(first.reveal().size(), kKeyBytes);
  EXPECT_EQ(first.reveal(), key_from_passphrase(Secret("passphrase"), salt).value().reveal());
  EXPECT_NE(first.reveal(), key_from_passphrase(Secret("Passphrase"), salt).value().reveal());
  EXPECT_NE(
      first.reveal(),
      key_from_passphrase(Secret("passphrase"), std::string(kSaltBytes, 't')).value().reveal());
}

TEST(Crypto, HashesFiles) {
  const test::TempDir dir;
  test::write(dir / "abc", "abc");
  EXPECT_EQ(file_sha256(dir / "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  test::write(dir / "empty", "");
  EXPECT_EQ(file_sha256(dir / "empty"),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(file_sha256(dir / "none"), std::nullopt);
  EXPECT_EQ(file_sha256(dir.path()), std::nullopt);
}

TEST(Crypto, Hexadecimal) {
  EXPECT_EQ(to_hex("\x01\xfe"), "01fe");
  EXPECT_EQ(to_hex(""), "");
  EXPECT_EQ(from_hex("01FE"), "\x01\xfe");
  EXPECT_EQ(from_hex(""), "");
  EXPECT_EQ(from_hex("0"), std::nullopt);
  EXPECT_EQ(from_hex("0g"), std::nullopt);
  EXPECT_EQ(from_hex("01 2"), std::nullopt);
}

TEST(Random, BytesHexAndRange) {
  EXPECT_EQ(random_bytes(0), "");
  EXPECT_EQ(random_bytes(33).size(), 33U);
  EXPECT_NE(random_bytes(16), random_bytes(16));
  EXPECT_EQ(random_hex(8).size(), 16U);
  for (int i = 0; i < 100; ++i) EXPECT_LT(random_below(3), 3U);
  EXPECT_EQ(random_below(1), 0U);
}

}  // namespace
}  // namespace tgpanel::crypto
