#include "accounts/phone.hpp"

#include "base/text.hpp"
#include "words/errors_accounts.hpp"

#include <array>
#include <cctype>
#include <optional>

namespace tgpanel::accounts {

namespace {

constexpr std::size_t kMostDigits = 15;        // of a phone number: ITU-T E.164
constexpr std::size_t kLongestEmail = 254;     // RFC 5321, section 4.5.3.1.3, without the brackets
constexpr std::size_t kLongestEmailCode = 64;  // ours, far above what Telegram sends

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// The next code point of UTF-8 text, or nothing where the text is broken.
std::optional<char32_t> next(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  std::size_t length = 1;
  char32_t point = byte(0);
  if (point >= 0xF0) {
    length = 4;
    point &= 0x07U;
  } else if (point >= 0xE0) {
    length = 3;
    point &= 0x0FU;
  } else if (point >= 0xC0) {
    length = 2;
    point &= 0x1FU;
  } else if (point >= 0x80) {
    return std::nullopt;
  }
  if (text.size() < length) return std::nullopt;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return std::nullopt;
    point = (point << 6U) | (byte(i) & 0x3FU);
  }
  text.remove_prefix(length);
  return point;
}

std::optional<char> digit(char32_t point) {
  for (const char32_t zero : {U'0', U'\u06F0', U'\u0660'}) {
    if (point >= zero && point <= zero + 9) return static_cast<char>('0' + (point - zero));
  }
  return std::nullopt;
}

bool is_filler(char32_t point) {
  constexpr std::array<char32_t, 9> kFillers{U' ', U'\t',     U'-',      U'.',     U'(',
                                             U')', U'\u00A0', U'\u2212', U'\u2060'};
  for (const auto filler : kFillers) {
    if (point == filler) return true;
  }
  return (point >= 0x2000 && point <= 0x2015) ||  // spaces, joiners, direction marks, dashes
         (point >= 0x202A && point <= 0x202F) || (point >= 0x2066 && point <= 0x2069);
}

struct Digits {
  bool valid = true;
  bool plus = false;
  std::string digits;
};

Digits read_digits(std::string_view text) {
  Digits read;
  while (!text.empty()) {
    const auto point = next(text);
    if (!point) return {false, false, {}};
    if (const auto found = digit(*point)) {
      read.digits += *found;
    } else if ((*point == U'+' || *point == U'\uFF0B') && read.digits.empty() && !read.plus) {
      read.plus = true;
    } else if (!is_filler(*point)) {
      return {false, false, {}};
    }
    if (read.digits.size() > 20) return {false, false, {}};
  }
  return read;
}

}  // namespace

Result<std::string> normalise_phone(std::string_view text) {
  auto read = read_digits(text);
  if (!read.valid || read.digits.empty()) return fail(Errc::invalid, words::enter_phone);
  if (!read.plus && read.digits.starts_with("00")) read.digits.erase(0, 2);
  // No country code begins with 0: this is a number as dialled inside a country.
  if (read.digits.starts_with('0') || read.digits.size() < 7 || read.digits.size() > kMostDigits) {
    return fail(Errc::invalid, words::enter_phone);
  }
  return "+" + read.digits;
}

Result<std::string> normalise_code(std::string_view text, int length) {
  auto read = read_digits(text);
  const bool fits = length > 0 ? read.digits.size() == static_cast<std::size_t>(length)
                               : read.digits.size() >= 3 && read.digits.size() <= kMostDigits;
  if (!read.valid || read.plus || !fits) {
    return fail(Errc::invalid, length > 0 ? Sentence(words::enter_n_code_digits, length)
                                          : Sentence(words::enter_code_digits));
  }
  return std::move(read.digits);
}

Result<std::string> normalise_email(std::string_view text) {
  const auto address = trimmed(text);
  const auto at = address.find('@');
  const bool fits = address.size() <= kLongestEmail && valid_utf8(address) && at > 0 &&
                    at != std::string_view::npos &&
                    address.find('@', at + 1) == std::string_view::npos &&
                    address.find('.', at + 2) != std::string_view::npos && address.back() != '.' &&
                    address.find_first_of(" \t\r\n") == std::string_view::npos;
  if (!fits) return fail(Errc::invalid, words::enter_email);
  return std::string(address);
}

Result<std::string> normalise_email_code(std::string_view text) {
  std::string code;
  bool fits = true;
  for (auto rest = trimmed(text); fits && !rest.empty();) {
    const auto point = next(rest);
    if (!point) {
      fits = false;
    } else if (const auto found = digit(*point)) {
      code += *found;
    } else if (*point < 0x80 && std::isalpha(static_cast<unsigned char>(*point)) != 0) {
      code += static_cast<char>(*point);
    } else {
      fits = is_filler(*point);
    }
  }
  if (!fits || code.empty() || code.size() > kLongestEmailCode) {
    return fail(Errc::invalid, words::enter_email_code);
  }
  return code;
}

}  // namespace tgpanel::accounts
