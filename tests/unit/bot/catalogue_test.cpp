#include "bot/catalogue.hpp"

#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

TEST(Catalogue, EveryKeyHasAPatternThatTakesTwoArgumentsOrMore) {
  std::size_t keys = 0;
  for (int i = 0; i <= 1'000; ++i) {
    const auto key = static_cast<Text>(i);
    if (pattern(key).empty()) break;
    ++keys;
    EXPECT_NO_THROW(EXPECT_FALSE(text(key, "a", "b", "c", "d", "e").empty())) << pattern(key);
    EXPECT_EQ(pattern(key).find("  "), std::string_view::npos) << pattern(key);
  }
  EXPECT_EQ(keys, static_cast<std::size_t>(Text::channel_unknown) + 1);
}

TEST(Catalogue, CountsAreWordsPeopleSay) {
  EXPECT_EQ(counted(Text::one_account, Text::n_accounts, 1), "1 account");
  EXPECT_EQ(counted(Text::one_account, Text::n_accounts, 0), "0 accounts");
  EXPECT_EQ(counted(Text::one_account, Text::n_accounts, 12), "12 accounts");
}

}  // namespace
}  // namespace tgpanel::bot
