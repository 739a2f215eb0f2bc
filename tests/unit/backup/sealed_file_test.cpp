// What was done to a backup is said: cut short, altered, another key, another file.

#include "backup/sealed_file.hpp"

#include "backup_fixture.hpp"

namespace tgpanel::backup {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kSealedPart = kPartBytes + crypto::kStreamExtraBytes;

class SealedFileTest : public BackupTest {
 protected:
  SealedFileTest() {
    EXPECT_TRUE(make());
    whole = test::read(file());
    beginning = whole.size() % kSealedPart;
  }

  std::string trouble_of(const std::string& bytes) {
    test::write(file(), bytes);
    return trouble();
  }

  std::string whole;
  std::size_t beginning = 0;  // bytes before the parts
};

TEST_F(SealedFileTest, IsWholePartsAfterItsBeginning) {
  EXPECT_GE(whole.size() / kSealedPart, 4U);
  EXPECT_LT(beginning, 600U);
  EXPECT_EQ(trouble_of(whole), "none");
}

TEST_F(SealedFileTest, CutShortAnywhere) {
  for (std::size_t size = 1; size < beginning; ++size) {
    EXPECT_THAT(trouble_of(whole.substr(0, size)), HasSubstr("cut short")) << size;
  }
  for (const std::size_t size :
       {beginning, beginning + 1, beginning + kSealedPart - 1, beginning + kSealedPart,
        beginning + 2 * kSealedPart, whole.size() - kSealedPart, whole.size() - 1}) {
    EXPECT_THAT(trouble_of(whole.substr(0, size)), HasSubstr("cut short")) << size;
  }
}

TEST_F(SealedFileTest, AlteredAnywhere) {
  std::size_t step = 1;
  for (std::size_t at = 17; at < whole.size(); at += step) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x20);
    EXPECT_THAT(trouble_of(changed), HasSubstr("altered")) << at;
    if (at > beginning + 100) step = 9'973;
  }
  auto last = whole;
  last.back() = static_cast<char>(last.back() ^ 1);
  EXPECT_THAT(trouble_of(last), HasSubstr("altered"));
}

TEST_F(SealedFileTest, PartsThatAreSwappedOrLeftOut) {
  const auto part = [&](std::size_t n) {
    return whole.substr(beginning + n * kSealedPart, kSealedPart);
  };
  const auto rest = whole.substr(beginning + 2 * kSealedPart);
  const auto front = whole.substr(0, beginning);
  EXPECT_THAT(trouble_of(front + part(1) + part(0) + rest), HasSubstr("altered"));
  EXPECT_THAT(trouble_of(front + part(0) + rest), HasSubstr("altered"));
  EXPECT_THAT(trouble_of(whole + "x"), HasSubstr("something follows"));
  EXPECT_THAT(trouble_of(whole + part(0)), HasSubstr("something follows"));
}

TEST_F(SealedFileTest, APartOfAnotherBackup) {
  ASSERT_TRUE(make(NewFile::Present::replaced));
  const auto other = test::read(file());
  EXPECT_THAT(trouble_of(whole.substr(0, beginning) + other.substr(beginning)),
              HasSubstr("altered"));
}

TEST_F(SealedFileTest, AnotherFile) {
  EXPECT_THAT(trouble_of(""), HasSubstr("is no backup"));
  EXPECT_THAT(trouble_of("something else that is longer"), HasSubstr("is no backup"));
  EXPECT_THAT(trouble_of("tgpanel backup 2\n" + whole.substr(17)), HasSubstr("newer version"));
  std::filesystem::remove(file());
  EXPECT_EQ(SealedReader::open(file()).error().code, Errc::not_found);
  EXPECT_EQ(SealedReader::open(dir.path()).error().code, Errc::invalid);
}

TEST_F(SealedFileTest, AnotherKeyIsNotTakenForDamage) {
  test::write(dir / "other", std::string(64, 'b'), 0400);
  auto elsewhere = sources;
  elsewhere.data_dir = dir / "new";
  elsewhere.key_file = dir / "other";
  const auto check = SealedReader::open(file())->key_check();
  const auto refused = storage::Keyring::open_copy(elsewhere, check);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::configuration);
  EXPECT_THAT(refused.error().message, HasSubstr("is not the one this backup was made with"));
  elsewhere.key_file = dir / "key";
  EXPECT_TRUE(storage::Keyring::open_copy(elsewhere, check));
}

}  // namespace
}  // namespace tgpanel::backup
