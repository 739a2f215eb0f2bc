#include "bot/qr_png.hpp"

#include <png.h>
#include <qrcodegen.hpp>

#include <stdexcept>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kQuiet = 4;  // modules, ISO/IEC 18004

}  // namespace

Result<Pixels> qr_pixels(std::string_view content, std::size_t scale) {
  try {
    const std::vector<std::uint8_t> data(content.begin(), content.end());
    const auto code = qrcodegen::QrCode::encodeBinary(data, qrcodegen::QrCode::Ecc::LOW);
    const auto modules = static_cast<std::size_t>(code.getSize());
    Pixels pixels;
    pixels.side = (modules + 2 * kQuiet) * scale;
    pixels.bytes.assign(pixels.side * pixels.side, 255);
    for (std::size_t y = kQuiet * scale; y < (kQuiet + modules) * scale; ++y) {
      for (std::size_t x = kQuiet * scale; x < (kQuiet + modules) * scale; ++x) {
        const auto column = static_cast<int>(x / scale - kQuiet);
        const auto row = static_cast<int>(y / scale - kQuiet);
        if (code.getModule(column, row)) pixels.bytes[y * pixels.side + x] = 0;
      }
    }
    return pixels;
  } catch (const std::length_error&) {
    return fail(Errc::invalid, "the text is too long for a QR code");
  }
}

Result<std::string> to_png(const Pixels& pixels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(pixels.side);
  image.height = static_cast<png_uint_32>(pixels.side);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, pixels.bytes.data(), 0, nullptr) == 0) {
    return fail(Errc::failed, "the picture could not be made");
  }
  std::string png(size, '\0');
  if (png_image_write_to_memory(&image, png.data(), &size, 0, pixels.bytes.data(), 0, nullptr) ==
      0) {
    return fail(Errc::failed, "the picture could not be made");
  }
  png.resize(size);
  return png;
}

}  // namespace tgpanel::bot
