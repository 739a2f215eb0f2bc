#pragma once
#include <string>
#include <string_view>

namespace tgpanel::cli {

/// Text of strangers (names, hints) without control characters: it must not move the cursor.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace tgpanel::cli
