#pragma once
// The data centre's RSA key, and the two ways in which clients wrap the handshake's inner data.
// Source: https://core.telegram.org/mtproto/auth_key, "RSA_PAD"

#include "testdc/mtproto/bytes.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

struct evp_pkey_st;

namespace testdc::mtproto {

class RsaKey {
 public:
  /// Reads a 2048-bit private key, PEM. Throws std::runtime_error when there is none in the file.
  static RsaKey load(const std::filesystem::path& pem);
  /// A fresh 2048-bit key.
  static RsaKey generate();

  /// Low 64 bits of SHA1(TL bytes n, TL bytes e).
  [[nodiscard]] std::int64_t fingerprint() const { return fingerprint_; }

  /// c^d mod n, 256 bytes; nothing when `encrypted` isn't 256 bytes or not below n.
  [[nodiscard]] std::optional<Bytes> decrypt_raw(ByteView encrypted) const;
  /// m^e mod n of 256 bytes (what a client does); nothing when not below n.
  [[nodiscard]] std::optional<Bytes> encrypt_raw(ByteView message) const;

 private:
  explicit RsaKey(std::shared_ptr<evp_pkey_st> key);

  std::shared_ptr<evp_pkey_st> key_;  // never changed, so that copies may share it
  std::int64_t fingerprint_ = 0;
};

/// Undoes RSA_PAD on a raw-decrypted block: 192 bytes, the data with its padding. Nothing when the
/// hash does not fit, so that the block may be of the old form: zero byte, SHA1(data), data,
/// padding.
std::optional<Bytes> open_rsa_pad(ByteView block);

}  // namespace testdc::mtproto
