#include "support/qr_reader.hpp"

#include <png.h>
#include <zbar.h>

#include <stdexcept>
#include <vector>

namespace support {

std::string read_qr(std::string_view png) {
  png_image picture{};
  picture.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&picture, png.data(), png.size()) == 0) {
    throw std::runtime_error(std::string("not a PNG picture: ") + picture.message);
  }
  picture.format = PNG_FORMAT_GRAY;
  std::vector<unsigned char> grey(PNG_IMAGE_SIZE(picture));
  if (png_image_finish_read(&picture, nullptr, grey.data(), 0, nullptr) == 0) {
    throw std::runtime_error(std::string("not a whole PNG picture: ") + picture.message);
  }
  zbar::Image image(picture.width, picture.height, "Y800", grey.data(), grey.size());
  zbar::ImageScanner scanner;
  scanner.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
  scanner.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_ENABLE, 1);
  if (scanner.scan(image) != 1) throw std::runtime_error("there is no QR code in the picture");
  return image.symbol_begin()->get_data();
}

}  // namespace support
