#include "testdc/mtproto/rsa.hpp"

#include "testdc/mtproto/crypto.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdio>
#include <stdexcept>

namespace testdc::mtproto {

namespace {

constexpr std::size_t kSize = 256;

Bytes number_of(const EVP_PKEY* key, const char* name) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) throw std::runtime_error("not an RSA key");
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(raw, &BN_free);
  Bytes out(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), out.data());
  return out;
}

Bytes tl_bytes(ByteView data) {
  Bytes out;
  if (data.size() < 254) {
    out.push_back(static_cast<std::uint8_t>(data.size()));
  } else {
    append_number(out, static_cast<std::uint32_t>(data.size() << 8U | 254U));
  }
  append(out, data);
  out.resize((out.size() + 3) / 4 * 4);
  return out;
}

using Operation = int (*)(EVP_PKEY_CTX*, unsigned char*, size_t*, const unsigned char*, size_t);

std::optional<Bytes> raw(EVP_PKEY* key, int (*start)(EVP_PKEY_CTX*), Operation run, ByteView in) {
  if (in.size() != kSize) return {};
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new(key, nullptr), &EVP_PKEY_CTX_free);
  Bytes out(kSize);
  std::size_t size = out.size();
  if (start(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) != 1 ||
      run(context.get(), out.data(), &size, in.data(), in.size()) != 1 || size != kSize) {
    return {};
  }
  return out;
}

}  // namespace

RsaKey::RsaKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {
  const Bytes modulus = number_of(key_.get(), OSSL_PKEY_PARAM_RSA_N);
  if (modulus.size() != kSize) throw std::runtime_error("the RSA key must have 2048 bits");
  const Bytes exponent = number_of(key_.get(), OSSL_PKEY_PARAM_RSA_E);
  const Sha1 hash = sha1({tl_bytes(modulus), tl_bytes(exponent)});
  fingerprint_ = read_number<std::int64_t>(ByteView(hash).subspan(12));
}

RsaKey RsaKey::load(const std::filesystem::path& pem) {
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> file(std::fopen(pem.c_str(), "rb"),
                                                                &std::fclose);
  if (!file) throw std::runtime_error("cannot read the data centre's RSA key " + pem.string());
  std::shared_ptr<EVP_PKEY> key(PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr),
                                &EVP_PKEY_free);
  if (!key) throw std::runtime_error("no private key (PEM) in " + pem.string());
  return RsaKey(std::move(key));
}

RsaKey RsaKey::generate() {
  std::shared_ptr<EVP_PKEY> key(EVP_RSA_gen(2048), &EVP_PKEY_free);
  if (!key) throw std::runtime_error("OpenSSL cannot make an RSA key");
  return RsaKey(std::move(key));
}

std::optional<Bytes> RsaKey::decrypt_raw(ByteView encrypted) const {
  return raw(key_.get(), &EVP_PKEY_decrypt_init, &EVP_PKEY_decrypt, encrypted);
}

std::optional<Bytes> RsaKey::encrypt_raw(ByteView message) const {
  return raw(key_.get(), &EVP_PKEY_encrypt_init, &EVP_PKEY_encrypt, message);
}

std::optional<Bytes> open_rsa_pad(ByteView block) {
  if (block.size() != kSize) return {};
  const ByteView encrypted = block.subspan(32);
  const Sha256 mask = sha256({encrypted});
  IgeKey temp;  // its iv is zero
  for (std::size_t i = 0; i < temp.key.size(); ++i)
    temp.key[i] = static_cast<std::uint8_t>(block[i] ^ mask[i]);
  const Bytes with_hash = ige_decrypt(encrypted, temp);
  Bytes data(with_hash.begin(), with_hash.begin() + 192);
  std::ranges::reverse(data);
  const Sha256 hash = sha256({temp.key, data});
  if (!equal(hash, ByteView(with_hash).subspan(192))) return {};
  return data;
}

}  // namespace testdc::mtproto
