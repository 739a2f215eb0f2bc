#pragma once
// Digits and letters entered by buttons. Telegram expires a login code that is typed into any chat,
// so neither the characters nor anything that tells them appears in texts or button data.

#include "base/language.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

class Keypad {
 public:
  enum class Keys : std::uint8_t { digits, letters_too };

  /// `length`: characters expected; 0: not known. `random` shuffles the names of the buttons.
  Keypad(std::size_t length, const std::function<std::uint32_t()>& random,
         Keys keys = Keys::digits);

  struct Key {
    std::string label;  // "1" ... "0", "a" ... "z", "⌫", "OK", "abc", "123", digits in the language
    std::string action;  // opaque
  };

  /// Four rows of three keys, or the letters; with letters_too a row to change between them.
  [[nodiscard]] std::vector<std::vector<Key>> rows(Language language) const;
  /// "● ● ○ ○ ○"; without a known length only what was typed.
  [[nodiscard]] std::string shown() const;

  enum class Effect : std::uint8_t { none, changed, submit };
  Effect press(std::string_view action);

  /// What was typed; the keypad is empty afterwards.
  [[nodiscard]] Secret take();

  [[nodiscard]] std::size_t typed() const { return typed_.reveal().size(); }

  [[nodiscard]] std::size_t length() const { return length_; }

 private:
  static constexpr std::size_t kMost = 15;

  [[nodiscard]] Key key(Language language, char symbol) const;

  std::size_t length_;
  Keys keys_;
  bool letters_ = false;  // on show
  std::string names_;     // names_[i]: the name of kSymbols[i]
  Secret typed_;
};

}  // namespace tgpanel::bot
