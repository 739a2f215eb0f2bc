// What a bot tries beyond Telegram's limits is noted, whatever the answer.
#include "testdc/world/limits.hpp"
#include "world_fixture.hpp"

#include <gmock/gmock.h>

namespace testdc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class BotAuditTest : public WorldFixture {
 protected:
  BotAuditTest() { write(ali, private_with(bot), "/start"); }

  static Value entity(int offset, int length) {
    return {{"_", "messageEntityBold"}, {"offset", offset}, {"length", length}};
  }

  static Value buttons(std::size_t rows, std::size_t in_row, const std::string& text,
                       const Bytes& data) {
    Value out = {{"_", "replyInlineMarkup"}, {"rows", Value::array()}};
    for (std::size_t row = 0; row < rows; ++row) {
      Value list = Value::array();
      for (std::size_t column = 0; column < in_row; ++column) {
        list.push_back(
            {{"_", "keyboardButtonCallback"}, {"text", text}, {"data", Value::binary(data)}});
      }
      out["rows"].push_back({{"_", "keyboardButtonRow"}, {"buttons", std::move(list)}});
    }
    return out;
  }

  const std::vector<std::string>& breaches() { return world.audit().breaches(); }
};

TEST_F(BotAuditTest, WhatFitsIsCheckedAndNotNoted) {
  const std::string text(limits::text_units, 'x');
  send(bot, private_with(ali), text,
       {{"reply_markup", buttons(25, 4, "Go", Bytes(limits::button_data_bytes, 'd'))},
        {"entities", Value::array({entity(0, 4096)})}});
  EXPECT_THAT(breaches(), IsEmpty());
  EXPECT_EQ(world.audit().checked(), 1);
}

TEST_F(BotAuditTest, ATextThatIsTooLongIsNotedThoughItWasRefused) {
  const std::string text(limits::text_units + 1, 'x');
  EXPECT_EQ(error_of(send(bot, private_with(ali), text)), "400 MESSAGE_TOO_LONG");
  EXPECT_THAT(breaches(), ElementsAre(HasSubstr("units: 4097 > 4096")));
}

TEST_F(BotAuditTest, PeopleAreNotAudited) {
  send(sara, group.peer(), std::string(limits::text_units + 1, 'x'));
  EXPECT_THAT(breaches(), IsEmpty());
  EXPECT_EQ(world.audit().checked(), 0);
}

TEST_F(BotAuditTest, EveryLimitOfAKeyboard) {
  const Bytes data{'d'};

  const struct {
    Value markup;
    const char* breach;
  } cases[] = {
      {buttons(101, 1, "Go", data), "buttons: 101 > 100"},
      {buttons(1, 9, "Go", data), "buttons in a row: 9 > 8"},
      {buttons(1, 1, "Go", Bytes(65, 'd')), "bytes of a button's data: 65 > 64"},
      {buttons(1, 1, "Go", {}), "without data"},
      {buttons(1, 1, " ", data), "without a text"},
      {buttons(1, 1, "a\nb", data), "line break"},
      {buttons(1, 1, std::string(129, 'x'), data), "units of a button's text: 129 > 128"},
  };

  for (const auto& one : cases) {
    const auto before = breaches().size();
    send(bot, private_with(ali), "menu", {{"reply_markup", one.markup}});
    ASSERT_EQ(breaches().size(), before + 1) << one.breach;
    EXPECT_THAT(breaches().back(), HasSubstr(one.breach));
  }
}

TEST_F(BotAuditTest, EntitiesLieInTheTextAndCutNoCharacter) {
  send(bot, private_with(ali), "four", {{"entities", Value::array({entity(2, 3)})}});
  EXPECT_THAT(breaches(), ElementsAre(HasSubstr("outside the text")));
  send(bot, private_with(ali), "a\U0001F600b", {{"entities", Value::array({entity(1, 2)})}});
  EXPECT_EQ(breaches().size(), 1U);
  send(bot, private_with(ali), "a\U0001F600b", {{"entities", Value::array({entity(2, 2)})}});
  EXPECT_THAT(breaches().back(), HasSubstr("cuts a character"));
}

TEST_F(BotAuditTest, EditsAndToasts) {
  const int id = write(bot, private_with(ali), "menu");
  const auto edit = [&](std::string_view text) {
    return call(bot, {{"_", "messages.editMessage"},
                      {"peer", input_peer(bot, private_with(ali))},
                      {"id", id},
                      {"message", text}});
  };
  EXPECT_EQ(error_of(edit(std::string(limits::text_units + 1, 'x'))), "400 MESSAGE_TOO_LONG");
  EXPECT_THAT(breaches(), ElementsAre(HasSubstr("4097 > 4096")));
  const Value answer = {{"_", "messages.setBotCallbackAnswer"},
                        {"query_id", 1},
                        {"message", std::string(201, 'x')},
                        {"cache_time", 0}};
  EXPECT_EQ(error_of(call(bot, answer)), "400 MESSAGE_TOO_LONG");
  EXPECT_THAT(breaches().back(), HasSubstr("characters of a toast: 201 > 200"));
}

}  // namespace
}  // namespace testdc
