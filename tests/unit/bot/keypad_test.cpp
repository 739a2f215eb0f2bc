#include "bot/keypad.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tgpanel::bot {
namespace {

std::uint32_t seed = 12345;

std::uint32_t next_random() {
  seed = seed * 1664525U + 1013904223U;
  return seed >> 8U;
}

std::string action(const Keypad& keypad, std::string_view label) {
  for (const auto& row : keypad.rows(Language::en)) {
    for (const auto& key : row) {
      if (key.label == label) return key.action;
    }
  }
  return "no such key";
}

TEST(Keypad, TakesDigitsHidesThemAndGivesThemOnce) {
  Keypad keypad(5, next_random);
  EXPECT_EQ(keypad.shown(), "○ ○ ○ ○ ○");
  for (const char* digit : {"1", "0", "9"}) {
    EXPECT_EQ(keypad.press(action(keypad, digit)), Keypad::Effect::changed);
  }
  EXPECT_EQ(keypad.shown(), "● ● ● ○ ○");
  EXPECT_EQ(keypad.press(action(keypad, "⌫")), Keypad::Effect::changed);
  EXPECT_EQ(keypad.press(action(keypad, "7")), Keypad::Effect::changed);
  EXPECT_EQ(keypad.press(action(keypad, "OK")), Keypad::Effect::submit);
  EXPECT_EQ(keypad.take().reveal(), "107");
  EXPECT_EQ(keypad.typed(), 0U);
  EXPECT_TRUE(keypad.take().empty());
}

TEST(Keypad, TakesNoMoreThanIsAskedFor) {
  Keypad keypad(2, next_random);
  keypad.press(action(keypad, "1"));
  keypad.press(action(keypad, "2"));
  EXPECT_EQ(keypad.press(action(keypad, "3")), Keypad::Effect::none);
  EXPECT_EQ(keypad.take().reveal(), "12");
}

TEST(Keypad, LettersWhereTheyAreAskedFor) {
  Keypad keypad(6, next_random, Keypad::Keys::letters_too);
  EXPECT_EQ(action(keypad, "a"), "no such key") << "digits first";
  keypad.press(action(keypad, "4"));
  EXPECT_EQ(keypad.press(action(keypad, "abc")), Keypad::Effect::changed);
  for (const char* letter : {"a", "m", "z"}) keypad.press(action(keypad, letter));
  EXPECT_EQ(keypad.shown(), "● ● ● ● ○ ○");
  std::set<std::string> data;
  std::size_t keys = 0;
  for (const auto& row : keypad.rows(Language::en)) {
    EXPECT_LE(row.size(), 8U) << "a row of a keyboard";
    for (const auto& key : row) data.insert(key.action);
    keys += row.size();
  }
  EXPECT_EQ(data.size(), keys);
  keypad.press(action(keypad, "123"));
  keypad.press(action(keypad, "7"));
  EXPECT_EQ(keypad.take().reveal(), "4amz7");
  const Keypad digits(6, next_random);
  EXPECT_EQ(action(digits, "abc"), "no such key");
}

TEST(Keypad, NothingTypedIsNothingToSubmitOrDelete) {
  Keypad keypad(0, next_random);
  EXPECT_EQ(keypad.press(action(keypad, "OK")), Keypad::Effect::none);
  EXPECT_EQ(keypad.press(action(keypad, "⌫")), Keypad::Effect::none);
  EXPECT_EQ(keypad.press("nonsense"), Keypad::Effect::none);
  EXPECT_EQ(keypad.shown(), "");
}

TEST(Keypad, TheDataOfAKeyDoesNotTellItsDigit) {
  std::set<std::string> names;
  bool always_the_same = true;
  const Keypad first(5, next_random);
  for (int i = 0; i < 20; ++i) {
    const Keypad keypad(5, next_random);
    always_the_same = always_the_same && action(keypad, "1") == action(first, "1");
    for (const char* digit : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
      const auto data = action(keypad, digit);
      EXPECT_EQ(data.find_first_of("0123456789"), std::string::npos) << data;
      names.insert(data);
    }
  }
  EXPECT_EQ(names.size(), 10U);
  EXPECT_FALSE(always_the_same);
}

}  // namespace
}  // namespace tgpanel::bot
