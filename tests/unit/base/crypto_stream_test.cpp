#include "base/crypto_stream.hpp"

#include "base/crypto.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tgpanel::crypto {
namespace {

const Secret& stream_key() {
  static const Secret secret(std::string(kKeyBytes, 'k'));
  return secret;
}

struct Sealed {
  std::string header;
  std::vector<std::string> parts;
};

Sealed seal_three() {
  StreamSealer sealer(stream_key(), "context");
  return {sealer.header(),
          {sealer.seal("one", Part::one_of_many), sealer.seal("two", Part::one_of_many),
           sealer.seal("", Part::last)}};
}

TEST(CryptoStream, OpensWhatWasSealedInItsOrder) {
  const auto sealed = seal_three();
  EXPECT_EQ(sealed.parts[0].size(), 3 + kStreamExtraBytes);
  StreamOpener opener(stream_key(), "context", sealed.header);
  const auto one = opener.open(sealed.parts[0]);
  ASSERT_TRUE(one);
  EXPECT_EQ(one->plain, "one");
  EXPECT_EQ(one->part, Part::one_of_many);
  EXPECT_EQ(opener.open(sealed.parts[1])->plain, "two");
  EXPECT_EQ(opener.open(sealed.parts[2])->part, Part::last);
}

TEST(CryptoStream, NoticesEveryChange) {
  const auto sealed = seal_three();
  EXPECT_FALSE(StreamOpener(Secret(std::string(kKeyBytes, 'x')), "context", sealed.header)
                   .open(sealed.parts[0]));
  EXPECT_FALSE(StreamOpener(stream_key(), "another", sealed.header).open(sealed.parts[0]));
  EXPECT_FALSE(StreamOpener(stream_key(), "context", sealed.header).open(sealed.parts[1]))
      << "left out";
  EXPECT_FALSE(StreamOpener(stream_key(), "context", sealed.header).open("short"));
  for (std::size_t i = 0; i < sealed.parts[0].size(); ++i) {
    auto changed = sealed.parts[0];
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(StreamOpener(stream_key(), "context", sealed.header).open(changed)) << i;
  }
}

TEST(CryptoStream, TheSameIsNeverSealedTheSame) {
  EXPECT_NE(seal_three().parts[0], seal_three().parts[0]);
}

TEST(Crypto, AKeyForOnePurposeIsAnother) {
  const auto backup = derive(stream_key(), "backup");
  EXPECT_EQ(backup.reveal().size(), kKeyBytes);
  EXPECT_EQ(backup.reveal(), derive(stream_key(), "backup").reveal());
  EXPECT_NE(backup.reveal(), derive(stream_key(), "another").reveal());
  EXPECT_NE(backup.reveal(), stream_key().reveal());
}

}  // namespace
}  // namespace tgpanel::crypto
