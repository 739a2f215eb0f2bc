#pragma once
// What people type at a login, made into what Telegram takes.

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace tgpanel::accounts {

/// A phone number in international form: "+" and 7 to 15 digits. Takes ASCII, Persian and Arabic
/// digits, spaces, dashes, dots, parentheses, invisible direction marks, and 00 for the plus.
/// invalid: anything else; the sentence says what is expected.
Result<std::string> normalise_phone(std::string_view text);

/// A login code of digits (3 to 15, as a flash call has them; exactly `length` when that is not 0),
/// Persian and Arabic digits, spaces and dashes allowed. invalid: the sentence says what is
/// expected.
Result<std::string> normalise_code(std::string_view text, int length);

/// An e-mail address without blanks around it. invalid: the sentence says what is expected.
[[nodiscard]] Result<std::string> normalise_email(std::string_view text);

/// Letters and digits, as an e-mail may have them; digits of any script become ASCII. invalid: the
/// sentence says what is expected.
[[nodiscard]] Result<std::string> normalise_email_code(std::string_view text);

}  // namespace tgpanel::accounts
