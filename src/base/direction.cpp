#include "base/direction.hpp"

#include "base/text.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstdint>

namespace tgpanel {

std::string apart(Language language, std::string_view text) {
  if (language == Language::en || text.empty()) return std::string(text);
  // What is isolated already needs no second isolate around it.
  const bool isolated = text.starts_with("\u2068") && text.ends_with("\u2069") &&
                        text.find("\u2068", 1) == std::string_view::npos;
  return isolated ? std::string(text) : isolate(text);
}

std::string_view line_mark(Language language) {
  return language == Language::fa ? "\u200F" : "";
}

bool leads_right_to_left(std::string_view line) {
  const auto text = icu::UnicodeString::fromUTF8(std::string(line));
  std::size_t isolates = 0;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (c >= 0x2066 && c <= 0x2068) {
      ++isolates;
    } else if (c == 0x2069) {
      if (isolates > 0) --isolates;
    } else if (isolates == 0) {
      const auto direction = u_charDirection(c);
      if (direction == U_LEFT_TO_RIGHT) return false;
      if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
    }
  }
  return false;
}

}  // namespace tgpanel
