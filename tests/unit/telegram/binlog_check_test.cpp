// TDLib's log of a session, made here as TDLib makes it. That TDLib's own files are read so too is
// what the end-to-end tests show.

#include "telegram/binlog_check.hpp"

#include "unit/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include <algorithm>
#include <string>

namespace tgpanel::telegram {
namespace {

std::string number(std::uint32_t value, int bytes = 4) {
  std::string text;
  for (int i = 0; i < bytes; ++i, value >>= 8U) text += static_cast<char>(value & 0xFFU);
  return text;
}

const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string event(int type, const std::string& data) {
  auto bytes = number(static_cast<std::uint32_t>(32 + data.size())) + std::string(8, '\1') +
               number(static_cast<std::uint32_t>(type)) + std::string(12, '\0') + data;
  return bytes + number(static_cast<std::uint32_t>(
                     ::crc32(0, raw(bytes), static_cast<uInt>(bytes.size()))));
}

std::string tl(const std::string& text) {
  std::string all = static_cast<char>(text.size()) + text;
  return all + std::string((4 - all.size() % 4) % 4, '\0');
}

struct BinlogTest : testing::Test {
  const Secret key{std::string(32, 'k')};
  const std::string salt = std::string(32, 's');
  const std::string iv = std::string(16, 'i');
  test::TempDir dir;

  [[nodiscard]] std::string derived() const {
    std::string out(32, '\0');
    ::PKCS5_PBKDF2_HMAC(key.reveal().data(), 32, raw(salt), 32, 2, ::EVP_sha256(), 32,
                        reinterpret_cast<unsigned char*>(out.data()));
    return out;
  }

  [[nodiscard]] std::string encryption() const {
    const std::string checked = "cucumbers everywhere";
    std::string hash(32, '\0');
    unsigned size = 0;
    ::HMAC(::EVP_sha256(), derived().data(), 32, raw(checked), checked.size(),
           reinterpret_cast<unsigned char*>(hash.data()), &size);
    return event(-3, number(0) + tl(salt) + tl(iv) + tl(hash));
  }

  /// A whole file of `count` events, encrypted.
  [[nodiscard]] std::string file(int count = 50) const {
    std::string events;
    for (int i = 0; i < count; ++i) {
      events += event(1, std::string(static_cast<std::size_t>(i) * 4, 'e'));
    }
    auto* context = ::EVP_CIPHER_CTX_new();
    int done = 0;
    ::EVP_EncryptInit_ex(context, ::EVP_aes_256_ctr(), nullptr, raw(derived()), raw(iv));
    auto* bytes = reinterpret_cast<unsigned char*>(events.data());
    ::EVP_EncryptUpdate(context, bytes, &done, bytes, static_cast<int>(events.size()));
    ::EVP_CIPHER_CTX_free(context);
    return encryption() + events;
  }

  SessionFileState look(const std::string& content, const char* name = "td.binlog") {
    std::filesystem::remove(dir / "td.binlog");
    test::write(dir / name, content);
    return check_binlog(dir.path(), false, key);
  }
};

TEST_F(BinlogTest, AWholeFileIsSound) {
  EXPECT_EQ(look(file()), SessionFileState::sound);
  EXPECT_EQ(look(file(0)), SessionFileState::sound);
}

TEST_F(BinlogTest, WhatIsNotThereIsAbsent) {
  EXPECT_EQ(check_binlog(dir.path(), false, key), SessionFileState::absent);
  EXPECT_EQ(check_binlog(dir / "nowhere", false, key), SessionFileState::absent);
  test::write(dir / "td.binlog", "rubbish, much of it, and no event at all");
  EXPECT_EQ(check_binlog(dir.path(), true, key), SessionFileState::absent)
      << "the test servers have a file of their own";
}

TEST_F(BinlogTest, AnyByteThatChangedIsNoticed) {
  const auto whole = file(8);
  int unnoticed = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x20);
    unnoticed += look(bytes) == SessionFileState::damaged ? 0 : 1;
  }
  // A size that now reaches beyond the end is as good as a cut: two bytes of each.
  EXPECT_EQ(unnoticed, 2 * 8);
  auto bytes = whole;
  std::fill_n(bytes.begin() + 200, 60, '\xee');
  EXPECT_EQ(look(bytes), SessionFileState::damaged);
}

TEST_F(BinlogTest, ACutInTheLastEventIsWhatAPowerCutLeaves) {
  const auto whole = file(3);
  EXPECT_EQ(look(whole.substr(0, whole.size() - 5)), SessionFileState::sound);
  EXPECT_EQ(look(whole.substr(0, whole.size() - 5) + std::string(2, '\0')),
            SessionFileState::sound);
  EXPECT_EQ(look(whole + std::string(3, 'x')), SessionFileState::sound);
  EXPECT_EQ(look(whole + std::string(4'096, '\0')), SessionFileState::sound);
  EXPECT_EQ(look(whole + std::string(4'096, 'x')), SessionFileState::damaged);
}

TEST_F(BinlogTest, ACutInTheFirstEventLeavesNothingToRead) {
  EXPECT_EQ(look(file().substr(0, 60)), SessionFileState::damaged);
  EXPECT_EQ(look(std::string(4'096, '\0')), SessionFileState::damaged);
  EXPECT_EQ(look(""), SessionFileState::sound) << "TDLib had not begun to write";
}

TEST_F(BinlogTest, AnotherKeyIsForTdlibToSay) {
  test::write(dir / "td.binlog", file());
  const Secret other{std::string(32, 'o')};
  EXPECT_EQ(check_binlog(dir.path(), false, other), SessionFileState::sound);
}

TEST_F(BinlogTest, WhatACrashLeftOfTdlibsRewritingIsRead) {
  EXPECT_EQ(look(file(), "td.binlog.new"), SessionFileState::sound);
  EXPECT_EQ(look("rubbish, much of it, and no event at all", "td.binlog.new"),
            SessionFileState::damaged);
}

}  // namespace
}  // namespace tgpanel::telegram
