#pragma once
// The primitives of MTProto over OpenSSL. Functions throw std::runtime_error when OpenSSL fails,
// which on checked sizes means a broken installation, never bad input. Source:
// https://core.telegram.org/mtproto/description

#include "testdc/mtproto/bytes.hpp"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>

struct evp_cipher_ctx_st;

namespace testdc::mtproto {

using Sha1 = std::array<std::uint8_t, 20>;
using Sha256 = std::array<std::uint8_t, 32>;

/// Hash of the parts put together.
Sha1 sha1(std::initializer_list<ByteView> parts);
Sha256 sha256(std::initializer_list<ByteView> parts);

void fill_random(std::span<std::uint8_t> out);
Bytes random_bytes(std::size_t count);
std::uint64_t random_u64();

struct CipherContextDeleter {
  void operator()(evp_cipher_ctx_st* context) const;
};

using CipherContext = std::unique_ptr<evp_cipher_ctx_st, CipherContextDeleter>;

/// Key and iv of AES-256-IGE.
struct IgeKey {
  std::array<std::uint8_t, 32> key{};
  std::array<std::uint8_t, 32> iv{};
};

/// The length of `data` must be a multiple of 16 (std::logic_error otherwise).
Bytes ige_encrypt(ByteView data, const IgeKey& key);
Bytes ige_decrypt(ByteView data, const IgeKey& key);

/// One direction of the obfuscated stream.
class AesCtr {
 public:
  /// `key`: 32 bytes, `iv`: 16 bytes.
  AesCtr(ByteView key, ByteView iv);
  /// Encrypts or decrypts in place, going on where the last call ended.
  void apply(std::span<std::uint8_t> data);

 private:
  CipherContext context_;
};

}  // namespace testdc::mtproto
