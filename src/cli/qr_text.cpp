#include "cli/qr_text.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace tgpanel::cli {

namespace {
constexpr int kBorder = 2;
}

std::string qr_text(std::string_view content, bool colours) {
  const auto code =
      qrcodegen::QrCode::encodeText(std::string(content).c_str(), qrcodegen::QrCode::Ecc::LOW);
  const auto light = [&](int x, int y) { return !code.getModule(x, y); };  // outside: light
  std::string text;
  for (int y = -kBorder; y < code.getSize() + kBorder; y += 2) {
    if (colours) text += "\x1b[40;97m";
    for (int x = -kBorder; x < code.getSize() + kBorder; ++x) {
      const bool upper = light(x, y);
      const bool lower = light(x, y + 1);
      text += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    if (colours) text += "\x1b[0m";
    text += '\n';
  }
  return text;
}

}  // namespace tgpanel::cli
