#pragma once
#include <string>
#include <string_view>

namespace tgpanel::cli {

/// A QR code drawn with half blocks, two rows of it in a line, light border included. `colours`:
/// black and white by escape sequences, right on any terminal; without: light parts are blocks,
/// right on dark ones.
[[nodiscard]] std::string qr_text(std::string_view content, bool colours);

}  // namespace tgpanel::cli
