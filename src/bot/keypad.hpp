#pragma once
// Digits entered by buttons. Telegram expires a login code that is typed into any chat, so neither
// the digits nor anything that tells them appears in texts or button data.

#include "base/language.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

class Keypad {
 public:
  /// `length`: digits expected; 0: not known. `random` shuffles the names of the buttons.
  Keypad(std::size_t length, const std::function<std::uint32_t()>& random);

  struct Key {
    std::string label;   // "1" ... "0", "⌫", "OK", in the language
    std::string action;  // opaque
  };

  /// Four rows of three keys.
  [[nodiscard]] std::vector<std::vector<Key>> rows(Language language) const;
  /// "● ● ○ ○ ○"; without a known length only what was typed.
  [[nodiscard]] std::string shown() const;

  enum class Effect : std::uint8_t { none, changed, submit };
  Effect press(std::string_view action);

  /// What was typed; the keypad is empty afterwards.
  [[nodiscard]] Secret take();

  [[nodiscard]] std::size_t typed() const { return digits_.reveal().size(); }

 private:
  static constexpr std::size_t kMost = 10;

  std::size_t length_;
  std::string names_;  // names_[d]: the letter of digit d
  Secret digits_;
};

}  // namespace tgpanel::bot
