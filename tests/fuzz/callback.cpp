// The data of a button, which anybody can forge: it is read only when it is the one spelling that
// encode() makes.

#include "bot/callback.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto press = tgpanel::bot::parse_press(text)) {
    if (tgpanel::bot::encode(*press) != text) std::abort();
  }
  if (const auto menu = tgpanel::bot::parse_menu(text)) {
    if (tgpanel::bot::encode(*menu) != text) std::abort();
  }
  return 0;
}
