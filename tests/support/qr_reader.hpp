#pragma once
// What a phone's camera does: reads the QR code in a picture.

#include <string>
#include <string_view>

namespace support {

/// The text of the one QR code in a PNG picture. Throws std::runtime_error when there is none.
std::string read_qr(std::string_view png);

}  // namespace support
