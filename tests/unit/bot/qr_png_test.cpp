#include "bot/qr_png.hpp"

#include <gtest/gtest.h>
#include <png.h>
#include <qrcodegen.hpp>

namespace tgpanel::bot {
namespace {

constexpr const char* kLoginLink = "tg://login?token=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

TEST(QrPng, ThePictureHoldsEveryModuleAndAQuietZone) {
  const auto pixels = qr_pixels(kLoginLink, 3);
  ASSERT_TRUE(pixels);
  const std::string text(kLoginLink);
  const auto code =
      qrcodegen::QrCode::encodeBinary({text.begin(), text.end()}, qrcodegen::QrCode::Ecc::LOW);
  const auto modules = static_cast<std::size_t>(code.getSize());
  ASSERT_EQ(pixels->side, (modules + 8) * 3);
  for (std::size_t y = 0; y < pixels->side; ++y) {
    for (std::size_t x = 0; x < pixels->side; ++x) {
      const int column = static_cast<int>(x / 3) - 4;
      const int row = static_cast<int>(y / 3) - 4;
      const bool black = code.getModule(column, row);  // white outside
      ASSERT_EQ(pixels->bytes[y * pixels->side + x], black ? 0 : 255) << x << "," << y;
    }
  }
}

TEST(QrPng, ThePngReadsBackAsTheSamePixels) {
  const auto pixels = qr_pixels(kLoginLink);
  const auto png = to_png(*pixels);
  ASSERT_TRUE(png);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  ASSERT_NE(png_image_begin_read_from_memory(&image, png->data(), png->size()), 0);
  image.format = PNG_FORMAT_GRAY;
  ASSERT_EQ(image.width, pixels->side);
  std::vector<std::uint8_t> read(PNG_IMAGE_SIZE(image));
  ASSERT_NE(png_image_finish_read(&image, nullptr, read.data(), 0, nullptr), 0);
  EXPECT_EQ(read, pixels->bytes);
}

TEST(QrPng, TooLongIsRefused) {
  const auto pixels = qr_pixels(std::string(3'000, 'x'));
  ASSERT_FALSE(pixels);
  EXPECT_EQ(pixels.error().code, Errc::invalid);
}

}  // namespace
}  // namespace tgpanel::bot
