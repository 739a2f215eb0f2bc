#pragma once
// The few operations of libsodium that are used, with keys of a fixed size.

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::crypto {

inline constexpr std::size_t kKeyBytes = 32;
inline constexpr std::size_t kSaltBytes = 16;
inline constexpr std::size_t kHashBytes = 32;

/// Makes libsodium ready; safe to repeat. Every function below and in random.hpp does it by itself.
/// Throws std::runtime_error where the kernel gives no randomness.
void init();

/// Encrypts and authenticates (XChaCha20-Poly1305, random nonce in front). `context` is
/// authenticated but not stored: a box sealed for one purpose does not open for another. key:
/// kKeyBytes.
[[nodiscard]] std::string seal(const Secret& key, std::string_view plain, std::string_view context);

/// The plain bytes; nothing when the key or the context is another one or the box was changed.
[[nodiscard]] std::optional<Secret> unseal(const Secret& key, std::string_view box,
                                           std::string_view context);

/// Argon2id, interactive memory limit (64 MiB) and moderate work: about half a second. Fails with
/// Errc::failed when the memory is not there. salt: kSaltBytes.
[[nodiscard]] Result<Secret> key_from_passphrase(const Secret& passphrase, std::string_view salt);

/// Another key (kKeyBytes) for one purpose alone: whoever has it learns neither `key` nor the keys
/// of other purposes. key: kKeyBytes.
[[nodiscard]] Secret derive(const Secret& key, std::string_view purpose);

/// BLAKE2b of these bytes: kHashBytes.
[[nodiscard]] std::string hash(std::string_view bytes);

/// SHA-256 of a file as lower-case hexadecimal; nothing when it cannot be read.
[[nodiscard]] std::optional<std::string> file_sha256(const std::string& path);

[[nodiscard]] std::string to_hex(std::string_view bytes);
/// Nothing when there is a character that is no hexadecimal digit, or an odd number of them.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view hex);

}  // namespace tgpanel::crypto
