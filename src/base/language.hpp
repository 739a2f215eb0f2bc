#pragma once
// The languages that people can choose.

#include <cstdint>
#include <optional>
#include <string_view>

namespace tgpanel {

enum class Language : std::uint8_t { en, fa };

/// The word of a language in settings and tables: "en", "fa".
[[nodiscard]] constexpr std::string_view to_string(Language language) {
  return language == Language::fa ? "fa" : "en";
}

/// The language of a word as to_string() writes it; nothing for any other.
[[nodiscard]] constexpr std::optional<Language> language_of(std::string_view word) {
  if (word == "en") return Language::en;
  if (word == "fa") return Language::fa;
  return std::nullopt;
}

}  // namespace tgpanel
