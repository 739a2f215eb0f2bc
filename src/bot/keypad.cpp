#include "bot/keypad.hpp"

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

}  // namespace

Keypad::Keypad(std::size_t length, const std::function<std::uint32_t()>& random, Keys keys)
    : length_(std::min(length, kMost)),
      keys_(keys),
      names_(names(keys == Keys::digits ? kDigits : kSymbols.size())) {
  for (std::size_t i = names_.size() - 1; i > 0; --i)
    std::swap(names_[i], names_[random() % (i + 1)]);
}

Keypad::Key Keypad::key(char symbol) const {
  return {std::string(1, symbol), std::string("k") + names_[kSymbols.find(symbol)]};
}

std::vector<std::vector<Keypad::Key>> Keypad::rows() const {
  const Key erase{"⌫", std::string(kDelete)};
  const Key done{"OK", std::string(kOk)};
  std::vector<std::vector<Key>> rows;
  if (letters_) {
    for (std::size_t i = kDigits; i < kSymbols.size(); i += kLettersPerRow) {
      auto& row = rows.emplace_back();
      for (const char letter : kSymbols.substr(i, kLettersPerRow)) row.push_back(key(letter));
    }
    rows.push_back({erase, done});
  } else {
    rows = {{key('1'), key('2'), key('3')},
            {key('4'), key('5'), key('6')},
            {key('7'), key('8'), key('9')},
            {erase, key('0'), done}};
  }
  if (keys_ == Keys::letters_too) {
    rows.push_back({{letters_ ? "123" : "abc", std::string(kTurn)}});
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
