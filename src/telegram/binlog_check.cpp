#include "telegram/binlog_check.hpp"

#include "base/files.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::telegram {

namespace {

// BinlogEvent.h: size, id, type, flags, extra, then data and the CRC-32 of all before it.
constexpr std::size_t kHeadBytes = 4 + 8 + 4 + 4 + 8;
constexpr std::size_t kTailBytes = 4;
constexpr std::size_t kLeastEvent = kHeadBytes + kTailBytes;
constexpr std::size_t kMostEvent = std::size_t{1} << 24U;
constexpr std::size_t kTypeAt = 4 + 8;
constexpr std::int32_t kEncryption = -3;  // from here on AES-256-CTR

constexpr int kKeyRounds = 2;  // for a key that is random
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kIvBytes = 16;
constexpr std::string_view kHashedForCheck = "cucumbers everywhere";

constexpr std::size_t kMostFile = std::size_t{256} << 20U;

using Block = std::array<unsigned char, kKeyBytes>;

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;  // little-endian, as this machine is
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

enum class Part : std::uint8_t { event, cut, broken };

/// What begins at `at`; its size, if it is an event.
Part part_at(std::string_view bytes, std::size_t at, std::size_t& size) {
  const auto left = bytes.size() - at;
  if (left < sizeof(std::uint32_t)) return Part::cut;
  size = number_at(bytes, at);
  if (size < kLeastEvent || size > kMostEvent || size % 4 != 0) return Part::broken;
  if (left < size) return Part::cut;
  const auto covered = size - kTailBytes;
  const auto sum = ::crc32(0, raw(bytes.substr(at)), static_cast<uInt>(covered));
  return sum == number_at(bytes, at + covered) ? Part::event : Part::broken;
}

/// A TL string at `at`, which moves behind it; nothing when it does not fit.
std::optional<std::string_view> take_string(std::string_view data, std::size_t& at) {
  if (at >= data.size()) return std::nullopt;
  const std::size_t length = static_cast<unsigned char>(data[at]);
  if (length >= 254 || at + 1 + length > data.size()) return std::nullopt;
  const auto text = data.substr(at + 1, length);
  at += (1 + length + 3) / 4 * 4;
  return text;
}

/// AesCtrEncryptionEvent of Binlog.cpp.
struct Encryption {
  std::string_view salt;
  std::string_view iv;
  std::string_view key_hash;
};

std::optional<Encryption> read_encryption(std::string_view data) {
  std::size_t at = 4;  // flags
  const auto salt = take_string(data, at);
  const auto iv = take_string(data, at);
  const auto hash = take_string(data, at);
  if (!salt || !iv || !hash || iv->size() != kIvBytes) return std::nullopt;
  return Encryption{*salt, *iv, *hash};
}

/// The key of the file; nothing when `key` is not the one it was made with.
std::optional<Block> file_key(const Encryption& encryption, const Secret& key) {
  Block derived{};
  const auto& plain = key.reveal();
  if (::PKCS5_PBKDF2_HMAC(plain.data(), static_cast<int>(plain.size()), raw(encryption.salt),
                          static_cast<int>(encryption.salt.size()), kKeyRounds, ::EVP_sha256(),
                          static_cast<int>(derived.size()), derived.data()) != 1) {
    return std::nullopt;
  }
  Block hash{};
  unsigned size = 0;
  ::HMAC(::EVP_sha256(), derived.data(), static_cast<int>(derived.size()), raw(kHashedForCheck),
         kHashedForCheck.size(), hash.data(), &size);
  const std::string_view found(reinterpret_cast<const char*>(hash.data()), size);
  if (found != encryption.key_hash) return std::nullopt;
  return derived;
}

bool decrypt(std::string& bytes, std::size_t from, const Block& key, std::string_view iv) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&::EVP_CIPHER_CTX_free)> context(
      ::EVP_CIPHER_CTX_new(), &::EVP_CIPHER_CTX_free);
  auto* begin = reinterpret_cast<unsigned char*>(bytes.data() + from);
  const auto size = static_cast<int>(bytes.size() - from);
  int done = 0;
  return context != nullptr &&
         ::EVP_DecryptInit_ex(context.get(), ::EVP_aes_256_ctr(), nullptr, key.data(), raw(iv)) ==
             1 &&
         ::EVP_DecryptUpdate(context.get(), begin, &done, begin, size) == 1 && done == size;
}

/// `stored`: the bytes as they are in the file.
SessionFileState look_at(const std::string& stored, const Secret& key) {
  std::size_t size = 0;
  if (part_at(stored, 0, size) != Part::event) return SessionFileState::damaged;
  std::string bytes = stored;
  const auto type = static_cast<std::int32_t>(number_at(bytes, kTypeAt));
  if (type == kEncryption) {
    const auto encryption =
        read_encryption(std::string_view(stored).substr(kHeadBytes, size - kLeastEvent));
    if (!encryption) return SessionFileState::damaged;
    const auto derived = file_key(*encryption, key);
    if (!derived || !decrypt(bytes, size, *derived, encryption->iv)) return SessionFileState::sound;
  }
  for (auto at = size; at < bytes.size(); at += size) {
    const auto part = part_at(bytes, at, size);
    if (part == Part::event) continue;
    const bool zeros = std::ranges::all_of(std::string_view(stored).substr(at),
                                           [](char byte) { return byte == '\0'; });
    return part == Part::cut || zeros ? SessionFileState::sound : SessionFileState::damaged;
  }
  return SessionFileState::sound;
}

}  // namespace

SessionFileState check_binlog(const std::filesystem::path& folder, bool test_dc,
                              const Secret& key) {
  const std::string name = test_dc ? "td_test.binlog" : "td.binlog";
  auto stored = read_file(folder / name, kMostFile);
  if (!stored && stored.error().code == Errc::not_found) {
    stored = read_file(folder / (name + ".new"), kMostFile);
  }
  if (!stored) {
    return stored.error().code == Errc::not_found ? SessionFileState::absent
                                                  : SessionFileState::sound;
  }
  return stored->empty() ? SessionFileState::sound : look_at(*stored, key);
}

}  // namespace tgpanel::telegram
