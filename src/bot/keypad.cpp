#include "bot/keypad.hpp"

#include "base/sentence.hpp"
#include "words/login.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::string_view kDelete = "kdel";
constexpr std::string_view kOk = "kok";
constexpr std::string_view kTurn = "kturn";
constexpr std::string_view kSymbols = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::size_t kDigits = 10;
constexpr std::size_t kLettersPerRow = 6;

std::string names(std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) {
    all += static_cast<char>(i < 26 ? 'a' + static_cast<int>(i) : 'A' + static_cast<int>(i - 26));
  }
  return all;
}

/// The label of the way back to the digits.
std::string keys_of(Language language) {
  return digits(language, 123);
}

}  // namespace

Keypad::Keypad(std::size_t length, const std::function<std::uint32_t()>& random, Keys keys)
    : length_(std::min(length, kMost)),
      keys_(keys),
      names_(names(keys == Keys::digits ? kDigits : kSymbols.size())) {
  for (std::size_t i = names_.size() - 1; i > 0; --i)
    std::swap(names_[i], names_[random() % (i + 1)]);
}

Keypad::Key Keypad::key(Language language, char symbol) const {
  const auto index = kSymbols.find(symbol);
  return {
      index < kDigits ? digits(language, static_cast<std::int64_t>(index)) : std::string(1, symbol),
      std::string("k") + names_[index]};
}

std::vector<std::vector<Keypad::Key>> Keypad::rows(Language language) const {
  const Key erase{"⌫", std::string(kDelete)};
  const Key done{say(language, words::keypad_ok), std::string(kOk)};
  std::vector<std::vector<Key>> rows;
  if (letters_) {
    for (std::size_t i = kDigits; i < kSymbols.size(); i += kLettersPerRow) {
      auto& row = rows.emplace_back();
      for (const char letter : kSymbols.substr(i, kLettersPerRow))
        row.push_back(key(language, letter));
    }
    rows.push_back({erase, done});
  } else {
    rows = {{key(language, '1'), key(language, '2'), key(language, '3')},
            {key(language, '4'), key(language, '5'), key(language, '6')},
            {key(language, '7'), key(language, '8'), key(language, '9')},
            {erase, key(language, '0'), done}};
  }
  if (keys_ == Keys::letters_too) {
    rows.push_back({{letters_ ? keys_of(language) : std::string("abc"), std::string(kTurn)}});
  }
  return rows;
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
    typed_ = Secret(typed_.reveal().substr(0, typed() - 1));
    return Effect::changed;
  }
  if (action == kOk) return typed() == 0 ? Effect::none : Effect::submit;
  if (action == kTurn && keys_ == Keys::letters_too) {
    letters_ = !letters_;
    return Effect::changed;
  }
  if (action.size() != 2 || action.front() != 'k') return Effect::none;
  const auto symbol = names_.find(action[1]);
  if (symbol == std::string::npos) return Effect::none;
  if (typed() >= (length_ > 0 ? length_ : kMost)) return Effect::none;
  typed_ = Secret(typed_.reveal() + kSymbols[symbol]);
  return Effect::changed;
}

Secret Keypad::take() {
  return std::exchange(typed_, Secret{});
}

}  // namespace tgpanel::bot
