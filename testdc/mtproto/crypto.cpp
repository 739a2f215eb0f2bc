#include "testdc/mtproto/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>

namespace testdc::mtproto {

namespace {

constexpr std::size_t kBlock = 16;

void check(int result, const char* what) {
  if (result != 1) throw std::runtime_error(std::string("OpenSSL failed: ") + what);
}

// Looked up once: a search through OpenSSL's providers costs more than a short message's
// encryption.
const EVP_CIPHER* ecb() {
  static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher(
      EVP_CIPHER_fetch(nullptr, "AES-256-ECB", nullptr), &EVP_CIPHER_free);
  return cipher.get();
}

const EVP_MD* digest(const char* name) {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> one(
      EVP_MD_fetch(nullptr, "SHA1", nullptr), &EVP_MD_free);
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> two(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  return std::string_view(name) == "SHA1" ? one.get() : two.get();
}

template <class Hash>
Hash hash(const char* name, std::initializer_list<ByteView> parts) {
  static const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> prepared = [name] {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                    &EVP_MD_CTX_free);
    check(EVP_DigestInit_ex2(context.get(), digest(name), nullptr), name);
    return context;
  }();
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  check(EVP_MD_CTX_copy_ex(context.get(), prepared.get()), name);
  for (const ByteView part : parts)
    check(EVP_DigestUpdate(context.get(), part.data(), part.size()), name);
  Hash out{};
  unsigned int size = 0;
  check(EVP_DigestFinal_ex(context.get(), out.data(), &size), name);
  return out;
}

void put_xor(std::uint8_t* out, const std::uint8_t* left, const std::uint8_t* right) {
  for (std::size_t i = 0; i < kBlock; ++i) out[i] = static_cast<std::uint8_t>(left[i] ^ right[i]);
}

Bytes ige(ByteView data, const IgeKey& key, bool encrypt) {
  if (data.size() % kBlock != 0) throw std::logic_error("IGE: not whole blocks");
  const CipherContext context(EVP_CIPHER_CTX_new());
  check(EVP_CipherInit_ex2(context.get(), ecb(), key.key.data(), nullptr, encrypt ? 1 : 0, nullptr),
        "AES");
  EVP_CIPHER_CTX_set_padding(context.get(), 0);

  // y_i = F(x_i ^ y_{i-1}) ^ x_{i-1}; the iv holds y_0 and x_0, in that order when encrypting.
  Bytes out(data.size());
  const std::uint8_t* last_out = key.iv.data() + (encrypt ? 0 : kBlock);
  const std::uint8_t* last_in = key.iv.data() + (encrypt ? kBlock : 0);
  std::array<std::uint8_t, kBlock> mixed{};
  for (std::size_t at = 0; at < data.size(); at += kBlock) {
    const std::uint8_t* in = data.data() + at;
    std::uint8_t* result = out.data() + at;
    put_xor(mixed.data(), in, last_out);
    int written = 0;
    check(EVP_CipherUpdate(context.get(), result, &written, mixed.data(), kBlock), "AES");
    put_xor(result, result, last_in);
    last_out = result;
    last_in = in;
  }
  return out;
}

}  // namespace

Sha1 sha1(std::initializer_list<ByteView> parts) {
  return hash<Sha1>("SHA1", parts);
}

Sha256 sha256(std::initializer_list<ByteView> parts) {
  return hash<Sha256>("SHA256", parts);
}

void fill_random(std::span<std::uint8_t> out) {
  check(RAND_bytes(out.data(), static_cast<int>(out.size())), "random bytes");
}

Bytes random_bytes(std::size_t count) {
  Bytes out(count);
  fill_random(out);
  return out;
}

std::uint64_t random_u64() {
  std::array<std::uint8_t, 8> raw{};
  fill_random(raw);
  return read_number<std::uint64_t>(raw);
}

void CipherContextDeleter::operator()(evp_cipher_ctx_st* context) const {
  EVP_CIPHER_CTX_free(context);
}

Bytes ige_encrypt(ByteView data, const IgeKey& key) {
  return ige(data, key, true);
}

Bytes ige_decrypt(ByteView data, const IgeKey& key) {
  return ige(data, key, false);
}

AesCtr::AesCtr(ByteView key, ByteView iv) : context_(EVP_CIPHER_CTX_new()) {
  if (key.size() != 32 || iv.size() != 16) throw std::logic_error("AES-CTR: wrong key size");
  check(EVP_EncryptInit_ex2(context_.get(), EVP_aes_256_ctr(), key.data(), iv.data(), nullptr),
        "AES-CTR");
}

void AesCtr::apply(std::span<std::uint8_t> data) {
  int written = 0;
  check(EVP_EncryptUpdate(context_.get(), data.data(), &written, data.data(),
                          static_cast<int>(data.size())),
        "AES-CTR");
}

}  // namespace testdc::mtproto
