#include "testdc/mtproto/dh.hpp"

#include "testdc/mtproto/crypto.hpp"

#include <openssl/bn.h>

#include <memory>
#include <stdexcept>

namespace testdc::mtproto {

namespace {

// https://core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication
constexpr const char* kPrimeHex =
    "C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F"
    "48198A0AA7C14058229493D22530F4DBFA336F6E0AC925139543AED44CCE7C37"
    "20FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F64"
    "2477FE96BB2A941D5BCD1D4AC8CC49880708FA9B378E3C4F3A9060BEE67CF9A4"
    "A4A695811051907E162753B56B0F6B410DBA74D8A84B2A14B3144E0EF1284754"
    "FD17ED950D5965B4B9DD46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4"
    "E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F"
    "0D8115F635B105EE2E4E15D04B2454BF6F4FADF034B10403119CD8E3B92FCC5B";

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
using Scratch = std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)>;

Number from_bytes(ByteView bytes) {
  return {BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), &BN_free};
}

Bytes plain(const BIGNUM* number) {
  Bytes out(static_cast<std::size_t>(BN_num_bytes(number)));
  BN_bn2bin(number, out.data());
  return out;
}

const BIGNUM* prime() {
  static const Number number = from_bytes(dh_prime());
  return number.get();
}

BN_MONT_CTX* montgomery() {
  static const std::unique_ptr<BN_MONT_CTX, decltype(&BN_MONT_CTX_free)> form = [] {
    std::unique_ptr<BN_MONT_CTX, decltype(&BN_MONT_CTX_free)> made(BN_MONT_CTX_new(),
                                                                   &BN_MONT_CTX_free);
    const Scratch scratch(BN_CTX_new(), &BN_CTX_free);
    if (BN_MONT_CTX_set(made.get(), prime(), scratch.get()) != 1)
      throw std::runtime_error("OpenSSL cannot prepare the DH prime");
    return made;
  }();
  return form.get();
}

std::uint32_t power_mod(std::uint32_t base, std::uint32_t exponent, std::uint32_t modulus) {
  std::uint64_t result = 1;
  std::uint64_t square = base % modulus;
  for (; exponent != 0; exponent >>= 1U) {
    if ((exponent & 1U) != 0) result = result * square % modulus;
    square = square * square % modulus;
  }
  return static_cast<std::uint32_t>(result);
}

// Miller-Rabin; these bases leave no doubt below 3,215,031,751. For odd numbers above 7.
bool is_prime(std::uint32_t number) {
  const int twos = std::countr_zero(number - 1);
  for (const std::uint32_t base : {2U, 3U, 5U, 7U}) {
    std::uint64_t power = power_mod(base, (number - 1) >> twos, number);
    bool passed = power == 1 || power == number - 1;
    for (int i = 1; i < twos && !passed; ++i) {
      power = power * power % number;
      passed = power == number - 1;
    }
    if (!passed) return false;
  }
  return true;
}

std::uint32_t random_prime() {
  while (true) {
    const auto number = static_cast<std::uint32_t>(random_u64() & 0x3fffffffU) | 0x40000001U;
    if (is_prime(number)) return number;
  }
}

Bytes big_endian(std::uint64_t value) {
  Bytes out;
  for (; value != 0; value >>= 8U) out.insert(out.begin(), static_cast<std::uint8_t>(value));
  return out;
}

}  // namespace

ByteView dh_prime() {
  static const Bytes bytes = [] {
    BIGNUM* raw = nullptr;
    BN_hex2bn(&raw, kPrimeHex);
    const Number number(raw, &BN_free);
    return plain(number.get());
  }();
  return bytes;
}

Bytes dh_power(ByteView base, ByteView exponent) {
  const Scratch scratch(BN_CTX_new(), &BN_CTX_free);
  const Number from = from_bytes(base);
  const Number power = from_bytes(exponent);
  const Number result(BN_new(), &BN_free);
  if (BN_mod_exp_mont(result.get(), from.get(), power.get(), prime(), scratch.get(),
                      montgomery()) != 1) {
    throw std::runtime_error("OpenSSL cannot raise to a power");
  }
  Bytes out(256);
  BN_bn2binpad(result.get(), out.data(), static_cast<int>(out.size()));
  return out;
}

Bytes dh_public(ByteView exponent) {
  const std::array<std::uint8_t, 1> generator{static_cast<std::uint8_t>(kDhGenerator)};
  return dh_power(generator, exponent);
}

bool dh_in_range(ByteView value) {
  if (value.size() > 256) return false;
  const Number number = from_bytes(value);
  const Number margin(BN_new(), &BN_free);
  const Number top(BN_new(), &BN_free);
  BN_set_bit(margin.get(), 2048 - 64);
  BN_sub(top.get(), prime(), margin.get());
  return BN_cmp(number.get(), margin.get()) >= 0 && BN_cmp(number.get(), top.get()) <= 0;
}

Factors make_factors() {
  std::uint32_t p = random_prime();
  std::uint32_t q = random_prime();
  while (q == p) q = random_prime();
  if (p > q) std::swap(p, q);
  return {big_endian(p), big_endian(q), big_endian(std::uint64_t{p} * q)};
}

}  // namespace testdc::mtproto
