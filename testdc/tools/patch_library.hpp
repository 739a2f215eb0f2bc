#pragma once
// Makes a copy of libtdjson.so trust the local data centre: TDLib knows a data centre by its RSA
// key, so the copy holds our public key in place of the two built-in ones. For tests; never
// shipped. Every function throws std::runtime_error with a sentence that says what is wrong.

#include <array>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace testdc {

/// SHA-256 of the one library that is patched: npm @prebuilt-tdlib/linux-x64-glibc 0.1008062.0.
inline constexpr std::string_view pinned_library_sha256 =
    "3d6ed76685e0edd8af0249fbd972b3f248c08cf2ff26484fef3bab37a135a69b";

/// A 2048-bit PKCS#1 public key with e = 65537, PEM in lines of 64, without the last newline.
inline constexpr std::size_t public_pem_size = 425;

/// Lower-case hex.
std::string sha256_hex(std::span<const char> data);

/// The public half of the private key in the file, which is made (RSA-2048, 0600) when it is
/// missing.
std::string ensure_key(const std::filesystem::path& private_pem);

/// Writes the key over both built-in ones and returns where. Throws when there are not exactly two.
std::array<std::size_t, 2> replace_keys(std::span<char> library, std::string_view public_pem);

struct PatchRequest {
  std::filesystem::path library;
  std::filesystem::path key;   // private, PEM
  std::filesystem::path copy;  // replaced when it exists
};

/// Does all of it; returns what to tell the reader.
std::string patch_library(const PatchRequest& request);

}  // namespace testdc
