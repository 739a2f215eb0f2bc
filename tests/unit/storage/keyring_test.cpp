#include "storage/keyring.hpp"

#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kHexKey = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

class KeyringTest : public ::testing::Test {
 protected:
  KeyringTest() {
    std::filesystem::create_directory(dir_ / "data");
    sources_.data_dir = dir_ / "data";
    sources_.config_dir = dir_ / "config" / "tgpanel";
  }

  std::filesystem::path key_file(const std::string& content = kHexKey + "\n",
                                 ::mode_t mode = 0400) {
    test::write(dir_ / "key", content, mode);
    return dir_ / "key";
  }

  std::string refusal() {
    const auto opened = Keyring::open(sources_);
    if (opened) return "opened";
    EXPECT_EQ(opened.error().code, Errc::configuration);
    return opened.error().message;
  }

  test::TempDir dir_;
  KeySources sources_;
};

TEST_F(KeyringTest, TheFirstStartCreatesAPrivateKeyOutsideTheDataFolder) {
  const auto first = Keyring::open(sources_);
  ASSERT_TRUE(first) << first.error().message;
  const auto file = dir_ / "config" / "tgpanel" / "master.key";
  EXPECT_EQ(first->created(), file);
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms::owner_read);

  const auto second = Keyring::open(sources_);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->created(), std::nullopt);
  const auto key = Keyring::new_database_key();
  EXPECT_EQ(second->unwrap(first->wrap(key)).value().reveal(), key.reveal());
}

TEST_F(KeyringTest, WrappedKeysHideTheKeyAndNoticeEveryChange) {
  sources_.key_file = key_file();
  const auto ring = Keyring::open(sources_);
  ASSERT_TRUE(ring);
  const auto key = Keyring::new_database_key();
  EXPECT_EQ(key.reveal().size(), 32U);
  EXPECT_NE(key.reveal(), Keyring::new_database_key().reveal());
  const auto wrapped = ring->wrap(key);
  EXPECT_THAT(wrapped, Not(HasSubstr(key.reveal())));
  EXPECT_NE(wrapped, ring->wrap(key));
  for (std::size_t i = 0; i < wrapped.size(); ++i) {
    auto changed = wrapped;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(ring->unwrap(changed)) << i;
  }
  EXPECT_FALSE(ring->unwrap(""));
}

TEST_F(KeyringTest, AKeyFileHoldsHexDigitsOrTheBytes) {
  sources_.key_file = key_file();
  const auto hex = Keyring::open(sources_);
  ASSERT_TRUE(hex) << hex.error().message;
  const auto wrapped = hex->wrap(Secret("database key"));
  std::string raw;
  for (char c = 0; c < 32; ++c) raw.push_back(c);
  test::write(dir_ / "raw", raw, 0400);
  sources_.key_file = dir_ / "raw";
  const auto bytes = Keyring::open(sources_);
  ASSERT_TRUE(bytes) << bytes.error().message;
  EXPECT_EQ(bytes->unwrap(wrapped).value().reveal(), "database key");
}

TEST_F(KeyringTest, AWrongKeyIsRefusedAndChangesNothing) {
  sources_.key_file = key_file();
  ASSERT_TRUE(Keyring::open(sources_));
  const auto before = test::read(dir_ / "data" / "key.check");
  test::write(dir_ / "other", std::string(64, 'a'), 0400);
  sources_.key_file = dir_ / "other";
  EXPECT_THAT(refusal(), HasSubstr("not the one this data folder was made with"));
  EXPECT_EQ(test::read(dir_ / "data" / "key.check"), before);
}

TEST_F(KeyringTest, AMissingKeyIsNeverReplacedByANewOne) {
  ASSERT_TRUE(Keyring::open(sources_));
  const auto file = dir_ / "config" / "tgpanel" / "master.key";
  std::filesystem::remove(file);
  EXPECT_THAT(refusal(), HasSubstr("missing"));
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(KeyringTest, AFolderInUseWithoutItsCheckIsRefused) {
  sources_.has_sessions = true;
  EXPECT_THAT(refusal(), HasSubstr("key.check is missing"));
  EXPECT_FALSE(std::filesystem::exists(dir_ / "config"));
}

TEST_F(KeyringTest, ADamagedCheckIsRefused) {
  for (const auto* content :
       {"", "{}", "[]", R"({"version":2,"proof":"00"})", R"({"version":1,"proof":"zz"})",
        R"({"version":1,"proof":"00","salt":"00"})"}) {
    test::write(dir_ / "data" / "key.check", content);
    EXPECT_THAT(refusal(), HasSubstr("damaged")) << content;
  }
}

TEST_F(KeyringTest, AKeyInsideTheDataFolderIsRefusedAlsoThroughALink) {
  test::write(dir_ / "data" / "key", kHexKey, 0400);
  sources_.key_file = dir_ / "data" / "key";
  EXPECT_THAT(refusal(), HasSubstr("inside the data folder"));
  std::filesystem::create_symlink(dir_ / "data" / "key", dir_ / "link");
  sources_.key_file = dir_ / "link";
  EXPECT_THAT(refusal(), HasSubstr("inside the data folder"));
  sources_.key_file.reset();
  sources_.config_dir = dir_ / "data" / "config";
  EXPECT_THAT(refusal(), HasSubstr("inside the data folder"));
}

TEST_F(KeyringTest, AKeyThatOthersReadIsRefused) {
  sources_.key_file = key_file(kHexKey, 0440);
  EXPECT_THAT(refusal(), HasSubstr("chmod 0400"));
}

TEST_F(KeyringTest, AMalformedKeyIsRefusedWithoutShowingIt) {
  for (const auto& content : {std::string(), std::string("short"), std::string(63, 'a'),
                              std::string(65, 'a'), "g" + std::string(63, 'a')}) {
    std::filesystem::remove(dir_ / "key");
    sources_.key_file = key_file(content);
    const auto sentence = refusal();
    EXPECT_THAT(sentence, HasSubstr("64 hexadecimal digits"));
    if (content.size() > 10) {
      EXPECT_THAT(sentence, Not(HasSubstr(content)));
    }
  }
  sources_.key_file = dir_ / "nowhere";
  EXPECT_THAT(refusal(), HasSubstr("TGPANEL_KEY_FILE"));
}

TEST_F(KeyringTest, APassphraseOpensWhatItMade) {
  test::write(dir_ / "passphrase", "correct horse battery\n", 0400);
  sources_.passphrase_file = dir_ / "passphrase";
  const auto first = Keyring::open(sources_);
  ASSERT_TRUE(first) << first.error().message;
  const auto second = Keyring::open(sources_);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->unwrap(first->wrap(Secret("k"))).value().reveal(), "k");

  test::write(dir_ / "wrong", "incorrect horse battery", 0400);
  sources_.passphrase_file = dir_ / "wrong";
  EXPECT_THAT(refusal(), HasSubstr("not the one"));
  sources_.passphrase_file.reset();
  EXPECT_THAT(refusal(), HasSubstr("TGPANEL_PASSPHRASE_FILE"));
}

TEST_F(KeyringTest, ACopyElsewhereIsProvedByItsOwnCheckAndCreatesNothing) {
  test::write(dir_ / "passphrase", "correct horse battery\n", 0400);
  sources_.passphrase_file = dir_ / "passphrase";
  const auto first = Keyring::open(sources_);
  ASSERT_TRUE(first) << first.error().message;
  const auto check = test::read(dir_ / "data" / kKeyCheckFile);

  sources_.data_dir = dir_ / "elsewhere";
  const auto copy = Keyring::open_copy(sources_, check);
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(copy->unwrap(first->wrap(Secret("k"))).value().reveal(), "k");
  EXPECT_EQ(copy->derive("backup").reveal(), first->derive("backup").reveal());
  EXPECT_NE(copy->derive("backup").reveal(), copy->derive("other").reveal());

  sources_.passphrase_file.reset();
  const auto without = Keyring::open_copy(sources_, check);
  ASSERT_FALSE(without);
  EXPECT_THAT(without.error().message, HasSubstr("this backup was made with a passphrase"));
  for (const std::string damaged :
       {"", "{}", "[]", R"({"version":"1"})", R"({"version":1,"proof":7,"salt":""})"}) {
    EXPECT_EQ(Keyring::open_copy(sources_, damaged).error().code, Errc::configuration) << damaged;
  }
  EXPECT_FALSE(std::filesystem::exists(dir_ / "elsewhere"));
  EXPECT_FALSE(std::filesystem::exists(sources_.config_dir));
}

TEST_F(KeyringTest, TwoFoldersWithOnePassphraseHaveDifferentKeys) {
  test::write(dir_ / "passphrase", "correct horse battery", 0400);
  sources_.passphrase_file = dir_ / "passphrase";
  const auto first = Keyring::open(sources_);
  std::filesystem::create_directory(dir_ / "data2");
  sources_.data_dir = dir_ / "data2";
  const auto second = Keyring::open(sources_);
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(second->unwrap(first->wrap(Secret("k"))));
}

TEST_F(KeyringTest, APassphraseIsRefusedWhereAKeyFileMadeTheFolder) {
  sources_.key_file = key_file();
  ASSERT_TRUE(Keyring::open(sources_));
  sources_.key_file.reset();
  test::write(dir_ / "passphrase", "correct horse battery", 0400);
  sources_.passphrase_file = dir_ / "passphrase";
  EXPECT_THAT(refusal(), HasSubstr("made with a key file"));
}

TEST_F(KeyringTest, AShortPassphraseAndTwoSourcesAreRefused) {
  test::write(dir_ / "passphrase", "short\n", 0400);
  sources_.passphrase_file = dir_ / "passphrase";
  EXPECT_THAT(refusal(), HasSubstr("too short"));
  sources_.key_file = key_file();
  EXPECT_THAT(refusal(), HasSubstr("both set"));
}

TEST_F(KeyringTest, ASystemdCredentialIsUsed) {
  std::filesystem::create_directory(dir_ / "credentials");
  sources_.credentials_dir = dir_ / "credentials";
  test::write(dir_ / "credentials" / "tgpanel-master-key", kHexKey, 0440);
  const auto first = Keyring::open(sources_);
  ASSERT_TRUE(first) << first.error().message;
  sources_.credentials_dir.reset();
  sources_.key_file = key_file();
  const auto second = Keyring::open(sources_);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->unwrap(first->wrap(Secret("k"))).value().reveal(), "k");
}

TEST_F(KeyringTest, WithNoPlaceForAKeyTheSentenceSaysSo) {
  sources_.config_dir.clear();
  EXPECT_THAT(refusal(), HasSubstr("TGPANEL_KEY_FILE"));
}

}  // namespace
}  // namespace tgpanel::storage
