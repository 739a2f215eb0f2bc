#include "srp_client.hpp"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <memory>

namespace testdc {

namespace {

using tl::Bytes;

struct Free {
  void operator()(BIGNUM* n) const { BN_free(n); }

  void operator()(BN_CTX* c) const { BN_CTX_free(c); }
};

using Number = std::unique_ptr<BIGNUM, Free>;

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Bytes hash(const Bytes& data) {
  Bytes out(32);
  EVP_Digest(data.data(), data.size(), out.data(), nullptr, EVP_sha256(), nullptr);
  return out;
}

Number number(const Bytes& bytes) {
  return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

Bytes padded(const Number& value) {
  Bytes out(256);
  BN_bn2binpad(value.get(), out.data(), 256);
  return out;
}

}  // namespace

SrpProof prove(std::string_view password, const tl::Value& algo, const Bytes& challenge) {
  const Bytes salt1 = algo.at("salt1").get_binary();
  const Bytes salt2 = algo.at("salt2").get_binary();
  const Bytes p_bytes = algo.at("p").get_binary();
  const Number p = number(p_bytes);
  const Number g(BN_new());
  BN_set_word(g.get(), algo.at("g").get<unsigned long>());
  const std::unique_ptr<BN_CTX, Free> scratch(BN_CTX_new());

  const Bytes first =
      hash(salt2 + hash(salt1 + Bytes(password.begin(), password.end()) + salt1) + salt2);
  Bytes stretched(64);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  PKCS5_PBKDF2_HMAC(reinterpret_cast<const char*>(first.data()), 32, salt1.data(),
                    static_cast<int>(salt1.size()), 100'000, EVP_sha512(), 64, stretched.data());
  const Number x = number(hash(salt2 + stretched + salt2));

  const Number a(BN_new());
  BN_rand(a.get(), 2048, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
  const Number g_a(BN_new());
  BN_mod_exp(g_a.get(), g.get(), a.get(), p.get(), scratch.get());
  const Bytes a_bytes = padded(g_a);

  const Number k = number(hash(p_bytes + padded(g)));
  const Number u = number(hash(a_bytes + challenge));
  const Number v(BN_new());
  BN_mod_exp(v.get(), g.get(), x.get(), p.get(), scratch.get());
  const Number kv(BN_new());
  BN_mod_mul(kv.get(), k.get(), v.get(), p.get(), scratch.get());
  const Number g_b = number(challenge);
  BN_mod_sub(g_b.get(), g_b.get(), kv.get(), p.get(), scratch.get());
  const Number exponent(BN_new());
  BN_mul(exponent.get(), u.get(), x.get(), scratch.get());
  BN_add(exponent.get(), exponent.get(), a.get());
  const Number s(BN_new());
  BN_mod_exp(s.get(), g_b.get(), exponent.get(), p.get(), scratch.get());

  Bytes mixed = hash(p_bytes);
  const Bytes of_g = hash(padded(g));
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] ^= of_g[i];
  return {.a = a_bytes,
          .m1 = hash(mixed + hash(salt1) + hash(salt2) + a_bytes + challenge + hash(padded(s)))};
}

}  // namespace testdc
