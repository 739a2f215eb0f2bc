#pragma once
// Secrets are put in the place of other settings: API_HASH and API_ID are mixed up easily. What
// looks like a secret is not repeated, wherever it stood.

#include <string>
#include <string_view>

namespace tgpanel::app {

/// The text without what has the shape of a bot's token, of an API hash or a key in hexadecimal
/// digits, or of an international phone number, which is masked.
[[nodiscard]] std::string without_secrets(std::string_view text);

}  // namespace tgpanel::app
