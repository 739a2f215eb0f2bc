#include "testdc/auth/srp.hpp"

#include "testdc/mtproto/crypto.hpp"
#include "testdc/mtproto/dh.hpp"

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

namespace testdc {

namespace {

using mtproto::Bytes;
using mtproto::ByteView;
using mtproto::sha256;
using mtproto::Sha256;

using Number = std::unique_ptr<BIGNUM, decltype([](BIGNUM* number) { BN_clear_free(number); })>;
using Scratch = std::unique_ptr<BN_CTX, decltype([](BN_CTX* scratch) { BN_CTX_free(scratch); })>;

constexpr int number_size = 256;

Number number(ByteView bytes) {
  return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Bytes padded(const BIGNUM* value) {
  Bytes out(number_size);
  if (BN_bn2binpad(value, out.data(), number_size) != number_size) {
    throw std::runtime_error("a number of SRP does not fit 2048 bits");
  }
  return out;
}

using Operation = int (*)(BIGNUM*, const BIGNUM*, const BIGNUM*, const BIGNUM*, BN_CTX*);

/// left · right or left + right, mod p.
Bytes modulo(Operation operation, ByteView left, ByteView right) {
  const Scratch scratch(BN_CTX_new());
  const Number result(BN_new());
  const Number a = number(left);
  const Number b = number(right);
  const Number p = number(mtproto::dh_prime());
  if (operation(result.get(), a.get(), b.get(), p.get(), scratch.get()) != 1) {
    throw std::runtime_error("OpenSSL cannot compute modulo the prime");
  }
  return padded(result.get());
}

Bytes generator() {
  Bytes g(number_size);
  g.back() = mtproto::kDhGenerator;
  return g;
}

ByteView view(std::string_view text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

SrpVerifier make_verifier(std::string_view password, Bytes salt1, Bytes salt2) {
  const auto salted = [](ByteView data, ByteView salt) { return sha256({salt, data, salt}); };
  const Sha256 first = salted(salted(view(password), salt1), salt2);
  std::array<std::uint8_t, 64> stretched{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  const auto* const secret = reinterpret_cast<const char*>(first.data());
  if (PKCS5_PBKDF2_HMAC(secret, static_cast<int>(first.size()), salt1.data(),
                        static_cast<int>(salt1.size()), 100'000, EVP_sha512(),
                        static_cast<int>(stretched.size()), stretched.data()) != 1) {
    throw std::runtime_error("OpenSSL has no PBKDF2");
  }
  const Sha256 x = salted(stretched, salt2);
  Bytes v = mtproto::dh_public(x);
  return {.salt1 = std::move(salt1), .salt2 = std::move(salt2), .v = std::move(v)};
}

SrpServer::SrpServer(SrpVerifier verifier, Bytes secret)
    : verifier_(std::move(verifier)), secret_(std::move(secret)) {
  const Sha256 k = sha256({mtproto::dh_prime(), generator()});
  challenge_ = modulo(BN_mod_add, modulo(BN_mod_mul, k, verifier_.v), mtproto::dh_public(secret_));
}

bool SrpServer::check(ByteView a, ByteView m1) const {
  if (a.size() != number_size || !mtproto::dh_in_range(a)) return false;
  const Sha256 u = sha256({a, challenge_});
  const Bytes base = modulo(BN_mod_mul, a, mtproto::dh_power(verifier_.v, u));
  const Sha256 key = sha256({mtproto::dh_power(base, secret_)});
  Sha256 mixed = sha256({mtproto::dh_prime()});
  const Sha256 of_generator = sha256({generator()});
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] ^= of_generator[i];
  const Sha256 wanted =
      sha256({mixed, sha256({verifier_.salt1}), sha256({verifier_.salt2}), a, challenge_, key});
  return m1.size() == wanted.size() && CRYPTO_memcmp(m1.data(), wanted.data(), wanted.size()) == 0;
}

}  // namespace testdc
