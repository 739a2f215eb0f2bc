#include "cli/printable.hpp"

namespace tgpanel::cli {

std::string printable(std::string_view text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // U+0080..U+009F are control characters too: C2 80..9F.
    const bool c1 =
        byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (byte < 0x20 || byte == 0x7F || c1) {
      clean += '?';
      if (c1) ++i;
    } else {
      clean += text[i];
    }
  }
  return clean;
}

}  // namespace tgpanel::cli
