#pragma once
// A QR code as a PNG picture.

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

/// A greyscale picture, `side` × `side` bytes, 0 black ... 255 white, rows from the top.
struct Pixels {
  std::size_t side = 0;
  std::vector<std::uint8_t> bytes;
};

/// The code of `content` with the quiet zone of four modules, each module `scale` pixels wide.
/// invalid: too long for a QR code (2,953 bytes).
[[nodiscard]] Result<Pixels> qr_pixels(std::string_view content, std::size_t scale = 8);
/// A PNG file's bytes.
[[nodiscard]] Result<std::string> to_png(const Pixels& pixels);

}  // namespace tgpanel::bot
