#include "monitor/plain_letters.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <stdexcept>
#include <vector>

namespace tgpanel::monitor {

namespace {

constexpr char32_t kTableSize = 0x10000;

bool is_combining_mark(UChar32 c) {
  const auto type = u_charType(c);
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

// Marks of other scripts (vowels of Indic scripts and Thai, kana voicing) are letters in all but
// name.
bool is_diacritic(UChar32 c) {
  if (!is_combining_mark(c)) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_INHERITED:
      return c != 0x3099 && c != 0x309A;  // kana voicing
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
      return true;
    default:
      return false;
  }
}

bool loses_diacritics(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
      return true;
    default:
      return false;
  }
}

// Spellings that Unicode keeps apart and readers do not.
UChar32 same_letter(UChar32 c) {
  switch (c) {
    case 0x0643:      // ك
    case 0x06AA:      // ڪ
      return 0x06A9;  // ک
    case 0x064A:      // ي
    case 0x0649:      // ى
      return 0x06CC;  // ی
    case 0x0629:      // ة
    case 0x06C1:      // ہ
    case 0x06C3:      // ۃ
    case 0x06BE:      // ھ
    case 0x06D5:      // ە
      return 0x0647;  // ه
    case 0x0671:      // ٱ
      return 0x0627;  // ا
    case 0x0451:      // ё
      return 0x0435;  // е
    case 0x0131:      // ı, so that IRMAK and ırmak are the same
      return 'i';
    default:
      return c;
  }
}

UChar32 base_letter(UChar32 c) {
  if (!loses_diacritics(c)) return c;
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
  icu::UnicodeString decomposed;
  return nfc->getDecomposition(c, decomposed) ? decomposed.char32At(0) : c;
}

char32_t compute(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  if (u_isUWhiteSpace(c)) return U' ';
  if (c == 0x0640 || u_charType(c) == U_CONTROL_CHAR || is_diacritic(c)) return kDropped;
  if (const auto digit = u_charDigitValue(c); digit >= 0) {
    return U'0' + static_cast<char32_t>(digit);
  }
  // A decomposition may itself decompose (ǖ → ü → u), and its base may have another spelling (ئ → ي
  // → ی).
  auto plain = c;
  for (auto next = same_letter(base_letter(plain)); next != plain;
       next = same_letter(base_letter(plain))) {
    plain = next;
  }
  return static_cast<char32_t>(plain);
}

std::vector<char32_t> make_table() {
  std::vector<char32_t> table(kTableSize);
  for (char32_t c = 0; c < kTableSize; ++c) table[c] = compute(c);
  return table;
}

}  // namespace

char32_t plain_letter(char32_t c) {
  static const auto table = make_table();
  return c < kTableSize ? table[c] : compute(c);
}

}  // namespace tgpanel::monitor
