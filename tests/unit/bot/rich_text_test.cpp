#include "bot/rich_text.hpp"

#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

TEST(RichText, CountsUtf16AndMovesEntities) {
  RichText text;
  text.add("👍 ").bold("سلام").add(" ").code("x");
  EXPECT_EQ(text.length(), 2 + 1 + 4 + 1 + 1);
  EXPECT_EQ(text.entities()[0], (RichText::Entity{3, 4, "textEntityTypeBold"}));
  EXPECT_EQ(text.entities()[1], (RichText::Entity{8, 1, "textEntityTypeCode"}));
  RichText all("ab");
  all.add(text);
  EXPECT_EQ(all.entities()[0].offset, 5);
}

TEST(RichText, FitsByCuttingTextAndEntities) {
  RichText text("abc");
  text.bold("defgh").italic("ij").fit(6);
  EXPECT_EQ(text.text(), "abcde…");
  ASSERT_EQ(text.entities().size(), 1U);
  EXPECT_EQ(text.entities()[0], (RichText::Entity{3, 3, "textEntityTypeBold"}));
}

TEST(RichText, MarksOutsideAreCutOrDropped) {
  RichText text("abc");
  text.mark(1, 100, "textEntityTypeBold").mark(7, 2, "textEntityTypeBold").mark(-5, 6, "x");
  ASSERT_EQ(text.entities().size(), 2U);
  EXPECT_EQ(text.entities()[0], (RichText::Entity{1, 2, "textEntityTypeBold"}));
  EXPECT_EQ(text.entities()[1], (RichText::Entity{0, 1, "x"}));
}

TEST(RichText, IsAFormattedText) {
  RichText text;
  text.bold("a");
  EXPECT_EQ(text.to_td().dump(),
            R"({"@type":"formattedText","entities":[{"@type":"textEntity","length":1,"offset":0,)"
            R"("type":{"@type":"textEntityTypeBold"}}],"text":"a"})");
}

TEST(RichText, LinesGetAMarkWhereTheyLackItAndEntitiesMoveAlong) {
  RichText text;
  text.bold("ab").add("\n\n>c ").italic("d\ne").add(" f").code("g");
  text.lead_lines(">", [](std::string_view line) { return line.starts_with('>'); });
  EXPECT_EQ(text.text(), ">ab\n\n>c d\n>e fg");
  ASSERT_EQ(text.entities().size(), 3U);
  EXPECT_EQ(text.entities()[0], (RichText::Entity{1, 2, "textEntityTypeBold"}));
  EXPECT_EQ(text.entities()[1], (RichText::Entity{8, 4, "textEntityTypeItalic"}));
  EXPECT_EQ(text.entities()[2], (RichText::Entity{14, 1, "textEntityTypeCode"}));
  EXPECT_EQ(text.length(), 15);
}

TEST(RichText, CodeStaysCopyableBesidePersian) {
  RichText text;
  text.code(Language::fa, "c++");
  EXPECT_EQ(text.text(), "\u2068c++\u2069");
  EXPECT_EQ(text.entities()[0], (RichText::Entity{1, 3, "textEntityTypeCode"}));
}

}  // namespace
}  // namespace tgpanel::bot
