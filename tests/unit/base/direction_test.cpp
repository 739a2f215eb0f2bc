#include "base/direction.hpp"

#include <gtest/gtest.h>

namespace tgpanel {
namespace {

TEST(Direction, ATextIsSetApartInPersianAndOnlyOnce) {
  EXPECT_EQ(apart(Language::en, "Ali"), "Ali");
  EXPECT_EQ(apart(Language::fa, ""), "");
  EXPECT_EQ(apart(Language::fa, "Ali"), "\u2068Ali\u2069");
  EXPECT_EQ(apart(Language::fa, "\u2068Ali\u2069"), "\u2068Ali\u2069");
  EXPECT_EQ(apart(Language::fa, "\u2068a\u2069, \u2068b\u2069"),
            "\u2068\u2068a\u2069, \u2068b\u2069\u2069");
}

TEST(Direction, ALineIsPlacedByItsFirstLetterOutsideIsolates) {
  EXPECT_TRUE(leads_right_to_left("سلام world"));
  EXPECT_FALSE(leads_right_to_left("hello سلام"));
  EXPECT_TRUE(leads_right_to_left("✓ \u2068Ali\u2069: انجام شد"));
  EXPECT_FALSE(leads_right_to_left("• \u2068سلام\u2069"));
  EXPECT_FALSE(leads_right_to_left("12: 34"));
  EXPECT_TRUE(leads_right_to_left("\u200F\u2068Ali\u2069"));
  EXPECT_TRUE(leads_right_to_left("\u2069سلام")) << "a closing mark that closes nothing";
  EXPECT_FALSE(leads_right_to_left(""));
  EXPECT_FALSE(leads_right_to_left("\xFF"));
}

}  // namespace
}  // namespace tgpanel
