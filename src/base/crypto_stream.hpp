#pragma once
// Long content, sealed in parts that cannot be changed, left out, swapped or cut off unnoticed
// (libsodium's secretstream, XChaCha20-Poly1305).

#include "base/secret.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::crypto {

inline constexpr std::size_t kStreamHeaderBytes = 24;
inline constexpr std::size_t kStreamExtraBytes = 17;  // a sealed part is so much longer
inline constexpr std::size_t kStreamStateBytes = 52;

enum class Part : std::uint8_t { one_of_many, last };

class StreamSealer {
 public:
  /// key: kKeyBytes of crypto.hpp. `context` is authenticated with every part, but not stored.
  StreamSealer(const Secret& key, std::string context);
  StreamSealer(const StreamSealer&) = delete;
  StreamSealer& operator=(const StreamSealer&) = delete;
  StreamSealer(StreamSealer&&) = default;
  StreamSealer& operator=(StreamSealer&&) = delete;
  ~StreamSealer();

  /// What the opener needs first; no secret.
  [[nodiscard]] const std::string& header() const { return header_; }

  [[nodiscard]] std::string seal(std::string_view plain, Part part);

 private:
  std::string context_;
  std::string header_;
  alignas(16) std::array<unsigned char, kStreamStateBytes> state_{};
};

class StreamOpener {
 public:
  /// header: kStreamHeaderBytes.
  StreamOpener(const Secret& key, std::string context, std::string_view header);
  StreamOpener(const StreamOpener&) = delete;
  StreamOpener& operator=(const StreamOpener&) = delete;
  StreamOpener(StreamOpener&&) = default;
  StreamOpener& operator=(StreamOpener&&) = delete;
  ~StreamOpener();

  struct Opened {
    std::string plain;
    Part part = Part::one_of_many;
  };

  /// The next part; nothing when the key, the context or the order is another one or a bit was
  /// changed. Nothing is to be asked for after that, or after the last part.
  [[nodiscard]] std::optional<Opened> open(std::string_view sealed);

 private:
  std::string context_;
  alignas(16) std::array<unsigned char, kStreamStateBytes> state_{};
};

}  // namespace tgpanel::crypto
