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
  const Scratch scratch(BN_CTX_new(), &BN_CTX_free);
  Number p(BN_new(), &BN_free);
  Number q(BN_new(), &BN_free);
  const Number pq(BN_new(), &BN_free);
  do {
    if (BN_generate_prime_ex(p.get(), 31, 0, nullptr, nullptr, nullptr) != 1 ||
        BN_generate_prime_ex(q.get(), 31, 0, nullptr, nullptr, nullptr) != 1) {
      throw std::runtime_error("OpenSSL cannot make primes");
    }
  } while (BN_cmp(p.get(), q.get()) == 0);
  if (BN_cmp(p.get(), q.get()) > 0) std::swap(p, q);
  BN_mul(pq.get(), p.get(), q.get(), scratch.get());
  return {plain(p.get()), plain(q.get()), plain(pq.get())};
}

}  // namespace testdc::mtproto
