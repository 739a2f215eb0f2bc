#include "testdc/world/entities.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace testdc {
namespace {

/// Kind, offset and length of what the server marks.
std::vector<std::string> marks(std::string_view text) {
  std::vector<std::string> found;
  for (const auto& entity : with_found_entities(text, Value::array())) {
    found.push_back(entity.at("_").get<std::string>() + " " + entity.at("offset").dump() + "+" +
                    entity.at("length").dump());
  }
  return found;
}

TEST(Entities, ALinkEndsWhereClientsEndIt) {
  using Marks = std::vector<std::string>;
  EXPECT_EQ(marks("see https://t.me/a/1, please"), Marks{"messageEntityUrl 4+16"});
  for (const std::string_view end :
       {"\u200b", "\u200e", "\u2060", "\u2028", "\u00a0", "\u3000", "«", "»", "<", ">", "\""}) {
    EXPECT_EQ(marks("https://t.me/a/1" + std::string(end) + "x"), Marks{"messageEntityUrl 0+16"})
        << end;
  }
  for (const std::string_view part : {"\u200c", "\u200d", "\u2010", "\u2015", "ی"}) {
    EXPECT_EQ(marks("https://t.me/a/1" + std::string(part) + "x"), Marks{"messageEntityUrl 0+18"})
        << part;
  }
  EXPECT_EQ(marks("https://\u200b"), Marks{});
}

TEST(Entities, ALinkNeedsNoScheme) {
  using Marks = std::vector<std::string>;
  EXPECT_EQ(marks("at fragment.com. Or t.me/a/1, then"),
            (Marks{"messageEntityUrl 3+12", "messageEntityUrl 20+8"}));
  EXPECT_EQ(marks("to d***@example.com. OK"), Marks{"messageEntityUrl 3+16"})
      << "not an address, but a link with a user's name";
  EXPECT_EQ(marks("e.g. 12.5 file.txt .com a@ com @a.com x.com-a"), Marks{});
}

TEST(Entities, MentionsAddressesAndCommandsAreMarked) {
  using Marks = std::vector<std::string>;
  EXPECT_EQ(marks("👍 @panel_test_bot: /start or mail@example.org."),
            (Marks{"messageEntityMention 3+15", "messageEntityBotCommand 20+6",
                   "messageEntityEmail 30+16"}));
  EXPECT_EQ(marks("@abc a/b //c /a/b"), Marks{});
}

TEST(Entities, WhatStandsAroundACommandOrANameIsNoPartOfIt) {
  using Marks = std::vector<std::string>;
  EXPECT_EQ(marks("\u2068/cancel\u2069."), Marks{"messageEntityBotCommand 1+7"});
  EXPECT_EQ(marks("\u200f\u2068@market\u2069:"), Marks{"messageEntityMention 2+7"});
  EXPECT_EQ(marks("(\u2068a@example.org\u2069)"), Marks{"messageEntityEmail 2+13"});
  EXPECT_EQ(marks("/cancelی @marketی ی/cancel"), Marks{});
}

}  // namespace
}  // namespace testdc
