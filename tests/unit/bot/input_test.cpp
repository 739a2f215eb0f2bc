#include "bot/input.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace tgpanel::bot {
namespace {

TEST(Input, ReadsCountsInAnyDigits) {
  EXPECT_EQ(parse_count("12"), 12);
  EXPECT_EQ(parse_count("  7 "), 7);
  EXPECT_EQ(parse_count("۱۲"), 12);
  EXPECT_EQ(parse_count("٣"), 3);
  for (const char* bad : {"", " ", "-1", "1.5", "²", "five", "12a", "1234567890", "👍"}) {
    EXPECT_EQ(parse_count(bad), std::nullopt) << bad;
  }
}

using Ranges = std::vector<std::pair<std::int64_t, std::int64_t>>;

std::optional<Ranges> numbers(std::string_view text) {
  const auto read = parse_numbers(text);
  if (!read) return std::nullopt;
  Ranges ranges;
  for (const auto& [first, last] : *read) ranges.emplace_back(first, last);
  return ranges;
}

TEST(Input, ReadsNumbersAndRangesInAnyDigits) {
  EXPECT_EQ(numbers("7"), (Ranges{{7, 7}}));
  EXPECT_EQ(numbers(" 1, 4;7-9\n3 "), (Ranges{{1, 1}, {4, 4}, {7, 9}, {3, 3}}));
  EXPECT_EQ(numbers("۱، ۴؛ ۷–۹"), (Ranges{{1, 1}, {4, 4}, {7, 9}}));
  EXPECT_EQ(numbers("1-999999999"), (Ranges{{1, 999'999'999}}));
  for (const char* bad :
       {"", " , ", "x", "1,x", "9-7", "-3", "3-", "1-2-3", "1 - 3", "1.5", "1234567890", "👍"}) {
    EXPECT_EQ(numbers(bad), std::nullopt) << bad;
  }
}

TEST(Input, AnyBytesAreNumbersInOrderOrNone) {
  rc::check([](const std::string& text) {
    for (const auto& [first, last] : numbers(text).value_or(Ranges{})) RC_ASSERT(first <= last);
  });
}

TEST(Input, OtherTextKeepsItsBytes) {
  rc::check([](const std::string& text) {
    const auto out = ascii_digits(text);
    RC_ASSERT(out.size() <= text.size());
    RC_ASSERT(ascii_digits(out) == out);
  });
}

}  // namespace
}  // namespace tgpanel::bot
