#include "base/text.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>

namespace tgpanel {

namespace {

constexpr std::string_view kEllipsis = "…";  // one UTF-16 unit

// ICU's macros want signed lengths and C casts; this is the one place that reads a code point.
UChar32 next_code_point(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int64_t>(at);
  const auto size = static_cast<std::int64_t>(text.size());
  UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wconversion"
  U8_NEXT(bytes, i, size, c);  // NOLINT(bugprone-inc-dec-in-conditions): ICU's macro
#pragma GCC diagnostic pop
  at = static_cast<std::size_t>(i);
  return c;
}

std::size_t units_of(UChar32 c) {
  return c > 0xFFFF ? 2 : 1;
}

// Walks the boundaries between graphemes, in bytes.
class Graphemes {
 public:
  explicit Graphemes(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    text_.reset(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
    iterator_.reset(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    if (U_SUCCESS(status)) iterator_->setText(text_.get(), status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no rules for characters");
  }

  // The end of the next grapheme, or nothing at the end of the text.
  std::optional<std::size_t> next() {
    const auto at = iterator_->next();
    if (at == icu::BreakIterator::DONE) return std::nullopt;
    return static_cast<std::size_t>(at);
  }

 private:
  struct Close {
    void operator()(UText* text) const { utext_close(text); }
  };

  std::unique_ptr<UText, Close> text_;
  std::unique_ptr<icu::BreakIterator> iterator_;
};

// Bytes of the longest beginning with at most `units` units that ends between graphemes.
std::size_t fitting_bytes(std::string_view text, std::size_t units) {
  Graphemes graphemes(text);
  std::size_t fits = 0;
  std::size_t used = 0;
  while (const auto end = graphemes.next()) {
    used += utf16_length(text.substr(fits, *end - fits));
    if (used > units) break;
    fits = *end;
  }
  if (fits > 0 || text.empty()) return fits;

  std::size_t at = 0;
  for (used = 0; at < text.size(); fits = at) {
    used += units_of(next_code_point(text, at));
    if (used > units) break;
  }
  return fits;
}

bool invisible(UChar32 c) {
  switch (c) {
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x200E:
    case 0x200F:
    case 0x061C:
    case 0x2060:
    case 0xFEFF:
      return true;
    default:
      return u_isUWhiteSpace(c) != 0;
  }
}

// Country codes of one and two digits (ITU-T E.164); the rest of the world has three.
std::size_t country_digits(std::string_view digits) {
  if (digits[0] == '1' || digits[0] == '7') return 1;
  constexpr std::string_view kTwo =
      "20 27 28 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 "
      "63 64 65 66 "
      "81 82 84 86 90 91 92 93 94 95 98 ";
  for (std::size_t i = 0; i < kTwo.size(); i += 3) {
    if (digits.substr(0, 2) == kTwo.substr(i, 2)) return 2;
  }
  return 3;
}

}  // namespace

bool valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (next_code_point(text, at) < 0) return false;
  }
  return true;
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) units += units_of(next_code_point(text, at));
  return units;
}

std::string cut_utf16(std::string_view text, std::size_t units, bool ellipsis) {
  if (utf16_length(text) <= units) return std::string(text);
  if (!ellipsis || units == 0) return std::string(text.substr(0, fitting_bytes(text, units)));
  return std::string(text.substr(0, fitting_bytes(text, units - 1))).append(kEllipsis);
}

std::string excerpt(std::string_view text, std::size_t count) {
  Graphemes graphemes(text);
  std::size_t end = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto next = graphemes.next();
    if (!next) return std::string(text);
    end = *next;
  }
  if (end == text.size()) return std::string(text);
  return std::string(text.substr(0, end)).append(kEllipsis);
}

std::string_view trim(std::string_view text) {
  std::optional<std::size_t> first;
  std::size_t last = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    if (invisible(next_code_point(text, at))) continue;
    if (!first) first = begin;
    last = at;
  }
  return first ? text.substr(*first, last - *first) : std::string_view{};
}

std::string mask_phone(std::string_view phone) {
  std::string digits;
  for (const char c : phone) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  if (digits.size() < 7) return "•••";
  return "+" + digits.substr(0, country_digits(digits)) + " ••• ••" +
         digits.substr(digits.size() - 2);
}

std::string isolate(std::string_view text) {
  // Depth of isolates (U+2066..2068, closed by U+2069) and of embeddings (U+202A, 202B, 202D, 202E,
  // closed by U+202C) that are open at the end. A closing mark without its opening is dropped: it
  // would close ours.
  std::size_t isolates = 0;
  std::size_t embeddings = 0;
  std::string inner;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto c = next_code_point(text, at);
    if (c >= 0x2066 && c <= 0x2068) ++isolates;
    if (c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E) ++embeddings;
    if (c == 0x2069 && isolates-- == 0) {
      isolates = 0;
      continue;
    }
    if (c == 0x202C && embeddings-- == 0) {
      embeddings = 0;
      continue;
    }
    inner.append(text.substr(begin, at - begin));
  }
  std::string result = "\u2068" + inner;
  for (; embeddings > 0; --embeddings) result += "\u202C";
  for (; isolates > 0; --isolates) result += "\u2069";
  return result + "\u2069";
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace tgpanel
