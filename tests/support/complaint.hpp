#pragma once
// Which lines of a log fail the test in which they were written.

#include <string_view>

namespace support {

/// Every error of TDLib's, and of its warnings those about data; what would have left this machine.
[[nodiscard]] bool is_complaint(std::string_view line);

}  // namespace support
