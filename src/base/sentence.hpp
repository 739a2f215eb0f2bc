#pragma once
// What people read, apart from the language they read it in. A phrase is a pattern in every
// language; a sentence is a phrase with what fills its gaps.

#include "base/language.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tgpanel {

/// A pattern in every language, with the gaps {0}, {1}, ...; the catalogue (words/) holds all of
/// them. The name is what tables on disk keep: it stays when the wording changes.
struct Phrase {
  const char* name;
  const char* en;
  const char* fa;
};

class Sentence {
 public:
  /// What fills a gap: a whole number (written in the digits of the language), a text as it is
  /// (isolated, so that its direction does not disturb a sentence from right to left), or another
  /// sentence in the same language.
  using Gap = std::variant<std::int64_t, std::string, std::shared_ptr<const Sentence>>;

  /// Says nothing.
  Sentence() = default;

  /// Implicit, so that a phrase without gaps is a sentence.
  template <class... Gaps>
  Sentence(const Phrase& phrase, Gaps&&... gaps)  // NOLINT(google-explicit-constructor)
      : phrase_(&phrase), gaps_{gap(std::forward<Gaps>(gaps))...} {}

  Sentence(const Phrase& phrase, std::vector<Gap> gaps)
      : phrase_(&phrase), gaps_(std::move(gaps)) {}

  /// Words that nobody translates: Telegram's, the system's, a person's.
  [[nodiscard]] static Sentence plain(std::string text);

  [[nodiscard]] bool empty() const { return phrase_ == nullptr && plain_.empty(); }

  [[nodiscard]] std::string in(Language language) const;

  /// As logs and terminals write it.
  [[nodiscard]] std::string english() const { return in(Language::en); }

  /// Null for plain words, and for nothing.
  [[nodiscard]] const Phrase* phrase() const { return phrase_; }

  [[nodiscard]] const std::vector<Gap>& gaps() const { return gaps_; }

  [[nodiscard]] const std::string& plain_text() const { return plain_; }

  /// The same words in every language.
  friend bool operator==(const Sentence& a, const Sentence& b);

 private:
  static Gap gap(Sentence sentence) {
    return std::make_shared<const Sentence>(std::move(sentence));
  }

  static Gap gap(const Phrase& phrase) { return gap(Sentence(phrase)); }

  static Gap gap(std::string_view text) { return std::string(text); }

  template <std::integral Number>
    requires(!std::same_as<Number, char> && !std::same_as<Number, bool>)
  static Gap gap(Number number) {
    return static_cast<std::int64_t>(number);
  }

  const Phrase* phrase_ = nullptr;
  std::vector<Gap> gaps_;
  std::string plain_;
};

/// A sentence in a language, at once: say(language, words::page_of, 2, 5).
template <class... Gaps>
[[nodiscard]] std::string say(Language language, const Phrase& phrase, Gaps&&... gaps) {
  return Sentence(phrase, std::forward<Gaps>(gaps)...).in(language);
}

[[nodiscard]] inline std::string say(Language language, const Sentence& sentence) {
  return sentence.in(language);
}

/// "1 account", "5 accounts": `one` for exactly 1, else `many` with the number as {0}.
[[nodiscard]] std::string counted(Language language, const Phrase& one, const Phrase& many,
                                  std::size_t n);

/// A whole number in the digits of the language.
[[nodiscard]] std::string digits(Language language, std::int64_t number);

}  // namespace tgpanel
