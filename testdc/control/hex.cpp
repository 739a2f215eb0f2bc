#include "testdc/control/hex.hpp"

#include <charconv>
#include <stdexcept>

namespace testdc {

std::string to_hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  }
  return out;
}

std::vector<std::uint8_t> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) throw std::runtime_error("hexadecimal text has an even length");
  std::vector<std::uint8_t> out(text.size() / 2);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const char* first = text.data() + 2 * i;
    const auto parsed = std::from_chars(first, first + 2, out[i], 16);
    if (parsed.ec != std::errc{} || parsed.ptr != first + 2) {
      throw std::runtime_error("not a hexadecimal text");
    }
  }
  return out;
}

tgpanel::Json without_binary(const tgpanel::Json& value) {
  if (value.is_binary()) return to_hex(value.get_binary());
  if (!value.is_structured()) return value;
  auto out = value;
  for (auto& item : out) {
    if (item.is_binary() || item.is_structured()) item = without_binary(item);
  }
  return out;
}

}  // namespace testdc
