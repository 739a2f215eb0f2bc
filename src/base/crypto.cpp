#include "base/crypto.hpp"

#include "base/random.hpp"

#include <sodium.h>

#include <fstream>
#include <stdexcept>
#include <vector>

namespace tgpanel {

namespace {

// libsodium speaks in unsigned bytes.
const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

std::string random_bytes(std::size_t size) {
  crypto::init();
  std::string result(size, '\0');
  randombytes_buf(result.data(), result.size());
  return result;
}

std::string random_hex(std::size_t size) {
  return crypto::to_hex(random_bytes(size));
}

std::uint32_t random_below(std::uint32_t below) {
  crypto::init();
  return randombytes_uniform(below);
}

namespace crypto {

namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSaltBytes == crypto_pwhash_SALTBYTES);

void expect_key(const Secret& key) {
  if (key.reveal().size() != kKeyBytes) throw std::logic_error("a key of a wrong size");
}

}  // namespace

void init() {
  static const bool ready = [] {
    if (sodium_init() < 0)
      throw std::runtime_error("libsodium cannot start: no source of randomness");
    return true;
  }();
  static_cast<void>(ready);
}

std::string seal(const Secret& key, std::string_view plain, std::string_view context) {
  expect_key(key);
  std::string box = random_bytes(kNonceBytes);
  box.resize(kNonceBytes + plain.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(box) + kNonceBytes, nullptr, bytes(plain),
                                             plain.size(), bytes(context), context.size(), nullptr,
                                             bytes(box), bytes(key.reveal()));
  return box;
}

std::optional<Secret> unseal(const Secret& key, std::string_view box, std::string_view context) {
  expect_key(key);
  init();
  if (box.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const auto sealed = box.substr(kNonceBytes);
  std::string plain(sealed.size() - kTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(plain), nullptr, nullptr, bytes(sealed),
                                                 sealed.size(), bytes(context), context.size(),
                                                 bytes(box), bytes(key.reveal())) != 0) {
    return std::nullopt;
  }
  return Secret(std::move(plain));
}

Result<Secret> key_from_passphrase(const Secret& passphrase, std::string_view salt) {
  init();
  if (salt.size() != kSaltBytes) throw std::logic_error("a salt of a wrong size");
  const auto& text = passphrase.reveal();
  std::string key(kKeyBytes, '\0');
  if (crypto_pwhash(bytes(key), key.size(), text.data(), text.size(), bytes(salt),
                    crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(Errc::failed,
                "there is too little memory for deriving the key from the passphrase");
  }
  return Secret(std::move(key));
}

Secret derive(const Secret& key, std::string_view purpose) {
  init();
  expect_key(key);
  std::string derived(kKeyBytes, '\0');
  crypto_generichash(bytes(derived), derived.size(), bytes(purpose), purpose.size(),
                     bytes(key.reveal()), kKeyBytes);
  return Secret(std::move(derived));
}

std::string hash(std::string_view plain) {
  init();
  std::string digest(kHashBytes, '\0');
  crypto_generichash(bytes(digest), digest.size(), bytes(plain), plain.size(), nullptr, 0);
  return digest;
}

std::optional<std::string> file_sha256(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::vector<char> part(std::size_t{1} << 16U);
  while (in) {
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    const std::string_view got(part.data(), static_cast<std::size_t>(in.gcount()));
    crypto_hash_sha256_update(&state, bytes(got), got.size());
  }
  if (in.bad()) return std::nullopt;
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state, bytes(digest));
  return to_hex(digest);
}

std::string to_hex(std::string_view plain) {
  std::string hex(plain.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes(plain), plain.size());
  hex.pop_back();
  return hex;
}

std::optional<std::string> from_hex(std::string_view hex) {
  std::string plain(hex.size() / 2, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (hex.size() % 2 != 0 ||
      sodium_hex2bin(bytes(plain), plain.size(), hex.data(), hex.size(), nullptr, &size, &end) !=
          0 ||
      end != hex.data() + hex.size()) {
    return std::nullopt;
  }
  return plain;
}

}  // namespace crypto
}  // namespace tgpanel
