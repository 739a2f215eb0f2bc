#pragma once
// Random bytes from the kernel's generator, through libsodium.

#include <cstddef>
#include <cstdint>
#include <string>

namespace tgpanel {

/// `size` random bytes.
[[nodiscard]] std::string random_bytes(std::size_t size);

/// `size` random bytes as lower-case hexadecimal: 2 * size characters.
[[nodiscard]] std::string random_hex(std::size_t size);

/// Uniform in [0, below). below > 0.
[[nodiscard]] std::uint32_t random_below(std::uint32_t below);

}  // namespace tgpanel
