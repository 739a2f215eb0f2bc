#pragma once
// td_api's `bytes` in JSON are base64.

#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::bot {

[[nodiscard]] std::string to_bytes(std::string_view raw);
/// Nothing when it is not base64.
[[nodiscard]] std::optional<std::string> from_bytes(std::string_view base64);

}  // namespace tgpanel::bot
