#include "bot/keypad.hpp"

#include "base/sentence.hpp"
#include "words/login.hpp"

#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::string_view kDelete = "kx";
constexpr std::string_view kOk = "ky";

}  // namespace

Keypad::Keypad(std::size_t length, const std::function<std::uint32_t()>& random)
    : length_(std::min(length, kMost)), names_("abcdefghij") {
  for (std::size_t i = names_.size() - 1; i > 0; --i)
    std::swap(names_[i], names_[random() % (i + 1)]);
}

std::vector<std::vector<Keypad::Key>> Keypad::rows(Language language) const {
  auto key = [this, language](int digit) {
    return Key{digits(language, digit), std::string("k") + names_[static_cast<std::size_t>(digit)]};
  };
  return {
      {key(1), key(2), key(3)},
      {key(4), key(5), key(6)},
      {key(7), key(8), key(9)},
      {{"⌫", std::string(kDelete)}, key(0), {say(language, words::keypad_ok), std::string(kOk)}}};
}

std::string Keypad::shown() const {
  std::string dots;
  for (std::size_t i = 0; i < std::max(length_, typed()); ++i) {
    if (i > 0) dots += ' ';
    dots += i < typed() ? "●" : "○";
  }
  return dots;
}

Keypad::Effect Keypad::press(std::string_view action) {
  if (action == kDelete) {
    if (typed() == 0) return Effect::none;
    digits_ = Secret(digits_.reveal().substr(0, typed() - 1));
    return Effect::changed;
  }
  if (action == kOk) return typed() == 0 ? Effect::none : Effect::submit;
  if (action.size() != 2 || action.front() != 'k') return Effect::none;
  const auto digit = names_.find(action[1]);
  if (digit == std::string::npos) return Effect::none;
  if (typed() >= (length_ > 0 ? length_ : kMost)) return Effect::none;
  digits_ = Secret(digits_.reveal() + static_cast<char>('0' + static_cast<int>(digit)));
  return Effect::changed;
}

Secret Keypad::take() {
  return std::exchange(digits_, Secret{});
}

}  // namespace tgpanel::bot
