#include "testdc/mtproto/crypto.hpp"
#include "testdc/mtproto/dh.hpp"
#include "testdc/mtproto/packet.hpp"
#include "testdc/mtproto/rsa.hpp"
#include "testdc/mtproto/salts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bn.h>

#include <string>

namespace testdc::mtproto {
namespace {

Bytes text(std::string_view s) {
  return {s.begin(), s.end()};
}

std::string hex(ByteView bytes) {
  std::string out;
  for (const std::uint8_t byte : bytes) {
    out += "0123456789abcdef"[byte >> 4U];
    out += "0123456789abcdef"[byte & 15U];
  }
  return out;
}

Bytes from_hex(std::string_view digits) {
  Bytes out;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    out.push_back(
        static_cast<std::uint8_t>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
  return out;
}

TEST(MtprotoCrypto, HashesTheKnownStrings) {
  EXPECT_EQ(hex(sha1({text("a"), text("bc")})), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex(sha256({text("abc")})),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha1({text("abc")}), sha1({text(""), text("abc")}));
}

// The properties that define the mode, checked against AES-256 of one block with a zero iv.
TEST(MtprotoCrypto, IgeChainsBothNeighbours) {
  IgeKey key;
  fill_random(key.key);
  const Bytes first = random_bytes(16);
  const Bytes one = ige_encrypt(first, key);
  Bytes second = random_bytes(16);
  const Bytes both = ige_encrypt(join({first, second}), key);
  EXPECT_EQ(Bytes(both.begin(), both.begin() + 16), one);
  Bytes mixed(16);
  for (std::size_t i = 0; i < 16; ++i) mixed[i] = second[i] ^ one[i];
  Bytes expected = ige_encrypt(mixed, key);
  for (std::size_t i = 0; i < 16; ++i) expected[i] ^= first[i];
  EXPECT_EQ(Bytes(both.begin() + 16, both.end()), expected);
}

TEST(MtprotoCrypto, IgeDecryptsWhatItEncrypted) {
  for (std::size_t blocks = 0; blocks < 70; ++blocks) {
    IgeKey key;
    fill_random(key.key);
    fill_random(key.iv);
    const Bytes data = random_bytes(blocks * 16);
    const Bytes encrypted = ige_encrypt(data, key);
    EXPECT_EQ(ige_decrypt(encrypted, key), data);
    if (blocks > 0) {
      EXPECT_NE(encrypted, data);
    }
  }
  EXPECT_THROW(ige_encrypt(random_bytes(15), IgeKey{}), std::logic_error);
}

TEST(MtprotoCrypto, CtrGoesOnWhereItStopped) {
  // NIST SP 800-38A, F.5.5
  const Bytes key = from_hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
  const Bytes iv = from_hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
  Bytes data = from_hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
  AesCtr cipher(key, iv);
  cipher.apply(std::span(data).first(5));
  cipher.apply(std::span(data).subspan(5));
  EXPECT_EQ(hex(data), "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5");
}

TEST(MtprotoDh, UsesASafePrimeOf2048Bits) {
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> prime(
      BN_bin2bn(dh_prime().data(), static_cast<int>(dh_prime().size()), nullptr), &BN_free);
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> half(BN_new(), &BN_free);
  BN_rshift1(half.get(), prime.get());
  EXPECT_EQ(BN_num_bits(prime.get()), 2048);
  EXPECT_EQ(BN_check_prime(prime.get(), nullptr, nullptr), 1);
  EXPECT_EQ(BN_check_prime(half.get(), nullptr, nullptr), 1);
}

TEST(MtprotoDh, BothSidesGetTheSameSecret) {
  const Bytes a = random_bytes(256);
  const Bytes b = random_bytes(256);
  const Bytes shared = dh_power(dh_public(b), a);
  EXPECT_EQ(shared, dh_power(dh_public(a), b));
  EXPECT_EQ(shared.size(), 256U);
}

TEST(MtprotoDh, PadsASmallSecretTo256Bytes) {
  const Bytes one{1};
  Bytes expected(255);
  expected.push_back(3);
  EXPECT_EQ(dh_public(one), expected);
}

TEST(MtprotoDh, RefusesWeakPublicValues) {
  EXPECT_TRUE(dh_in_range(dh_public(random_bytes(256))));
  EXPECT_FALSE(dh_in_range(Bytes{1}));
  EXPECT_FALSE(dh_in_range(dh_prime()));
  EXPECT_FALSE(dh_in_range(Bytes(257, 0x11)));
}

TEST(MtprotoDh, FactorsAreOrderedAndMultiplyToPq) {
  const auto number = [](ByteView bytes) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) value = value << 8U | byte;
    return value;
  };
  const auto is_prime = [&](ByteView bytes) {
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> big(
        BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), &BN_free);
    return BN_check_prime(big.get(), nullptr, nullptr) == 1;
  };
  const Factors factors = make_factors();
  EXPECT_TRUE(is_prime(factors.p));
  EXPECT_TRUE(is_prime(factors.q));
  EXPECT_LT(number(factors.p), number(factors.q));
  EXPECT_EQ(number(factors.p) * number(factors.q), number(factors.pq));
}

TEST(MtprotoRsa, DecryptsOnlyWholeBlocks) {
  const RsaKey key = RsaKey::generate();
  Bytes message = random_bytes(256);
  message[0] = 0;
  EXPECT_EQ(key.decrypt_raw(key.encrypt_raw(message).value()), message);
  EXPECT_FALSE(key.decrypt_raw(random_bytes(255)));
  EXPECT_FALSE(key.decrypt_raw(Bytes(256, 0xff)));
  EXPECT_FALSE(open_rsa_pad(random_bytes(256)));
  EXPECT_NE(key.fingerprint(), RsaKey::generate().fingerprint());
}

TEST(MtprotoRsa, SaysWhichFileIsMissing) {
  try {
    RsaKey::load("/nowhere/key.pem");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("/nowhere/key.pem"));
  }
}

class MtprotoPacket : public testing::Test {
 protected:
  MtprotoPacket() { fill_random(key); }

  KeyBytes key{};
  Packet packet{11, -22, 33, 44, text("12345678"), 0};
};

TEST_F(MtprotoPacket, OpensInItsOwnDirectionOnly) {
  const Bytes sealed = seal(key, 7, Direction::from_client, packet);
  EXPECT_EQ(read_number<std::uint64_t>(sealed), 7U);
  const auto opened = open(key, Direction::from_client, sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->salt, 11);
  EXPECT_EQ(opened->session_id, -22);
  EXPECT_EQ(opened->msg_id, 33);
  EXPECT_EQ(opened->seqno, 44);
  EXPECT_EQ(opened->body, packet.body);
  EXPECT_NE(opened->quick_ack & 1U << 31U, 0U);
  EXPECT_FALSE(open(key, Direction::from_server, sealed));
}

TEST_F(MtprotoPacket, AnyChangedByteIsNoticed) {
  const Bytes sealed = seal(key, 7, Direction::from_server, packet);
  for (std::size_t i = 8; i < sealed.size(); i += 5) {
    Bytes changed = sealed;
    changed[i] ^= 1U;
    EXPECT_FALSE(open(key, Direction::from_server, changed)) << i;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(open(key, Direction::from_server, ByteView(sealed).first(size))) << size;
}

TEST_F(MtprotoPacket, PaddingIsBetween12And1024Bytes) {
  for (std::size_t size = 0; size < 200; size += 4) {
    packet.body = random_bytes(size);
    const Bytes sealed = seal(key, 7, Direction::from_server, packet);
    const std::size_t padding = sealed.size() - 24 - 32 - size;
    EXPECT_GE(padding, 12U);
    EXPECT_LE(padding, 1024U);
    EXPECT_EQ((sealed.size() - 24) % 16, 0U);
  }
}

TEST_F(MtprotoPacket, TheOldFormRoundTrips) {
  const Bytes sealed = seal_v1(key, 7, packet);
  const auto opened = open_v1(key, sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->msg_id, 33);
  EXPECT_EQ(opened->body, packet.body);
  Bytes changed = sealed;
  changed.back() ^= 1U;
  EXPECT_FALSE(open_v1(key, changed));
  EXPECT_FALSE(open(key, Direction::from_client, sealed));
}

TEST(MtprotoSalts, OverlapByHalfAnHour) {
  Salts salts(77, 1000);
  EXPECT_EQ(salts.current(1000), 77);
  const auto future = salts.future(3, 1000);
  ASSERT_EQ(future.size(), 3U);
  EXPECT_EQ(future[0].value, 77);
  EXPECT_EQ(future[1].valid_since, future[0].valid_until - 1800);
  EXPECT_TRUE(salts.accepts(77, 4599));
  EXPECT_FALSE(salts.accepts(future[1].value, 1000));
  EXPECT_EQ(salts.current(3000), future[1].value);
  EXPECT_TRUE(salts.accepts(77, 3000));
  EXPECT_FALSE(salts.accepts(77, 4600));
  EXPECT_NE(salts.current(1'000'000), 77);
}

TEST(MtprotoSalts, ReplacedOnesAreRefused) {
  Salts salts(77, 1000);
  salts.replace(1000);
  EXPECT_FALSE(salts.accepts(77, 1000));
  EXPECT_TRUE(salts.accepts(salts.current(1000), 1000));
}

}  // namespace
}  // namespace testdc::mtproto
