#pragma once
// One operation over the HTTP control port, blocking.

#include "base/json.hpp"

#include <cstdint>
#include <string_view>

namespace testdc {

/// Throws std::runtime_error with the data centre's reason, or when it cannot be reached.
tgpanel::Json post_operation(std::uint16_t port, std::string_view operation,
                             const tgpanel::Json& arguments);

}  // namespace testdc
