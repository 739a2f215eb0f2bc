#pragma once
// Bytes in JSON texts (button data, pictures) are written in hexadecimal.

#include "base/json.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace testdc {

[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);
/// Throws std::runtime_error for what is no hexadecimal text.
[[nodiscard]] std::vector<std::uint8_t> from_hex(std::string_view text);
/// The same with every binary value inside as hexadecimal text.
[[nodiscard]] tgpanel::Json without_binary(const tgpanel::Json& value);

}  // namespace testdc
