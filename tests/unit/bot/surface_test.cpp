#include "bot/surface.hpp"

#include "writing_fixture.hpp"

namespace tgpanel::bot {
namespace {

using namespace std::chrono_literals;

constexpr ChatId kChat = 5;

class SurfaceTest : public WritingFixture {
 protected:
  SurfaceTest() {
    card = std::make_shared<Surface>(sender, works, clock, kChat, Priority::card, 3s);
    menu = std::make_shared<Surface>(sender, works, clock, kChat, Priority::reply, Millis{0});
  }

  static Screen screen(const std::string& text) { return Screen{RichText(text)}; }

  std::shared_ptr<Surface> card;
  std::shared_ptr<Surface> menu;
};

TEST_F(SurfaceTest, WhatIsWishedMeanwhileReplacesWhatWasNotWritten) {
  card->show(screen("0"), true);
  settle();
  for (int i = 1; i <= 50; ++i) card->show(screen(std::to_string(i)), false);
  settle();
  EXPECT_EQ(telegram.last(kChat).text, "0") << "3 s between two writings of a card";
  clock.advance(2'999ms);
  settle();
  EXPECT_EQ(telegram.last(kChat).text, "0");
  clock.advance(1ms);
  settle();
  EXPECT_EQ(telegram.last(kChat).text, "50");
  EXPECT_EQ(telegram.count("editMessageText"), 1);
  EXPECT_EQ(telegram.count("sendMessage"), 1);
}

TEST_F(SurfaceTest, WhatIsWishedTwiceIsWrittenOnce) {
  menu->show(screen("one"), true);
  settle();
  clock.advance(1s);
  menu->show(screen("two"), false);
  io.restart();
  while (telegram.count("editMessageText") == 0 && io.poll_one() > 0) {
  }
  menu->show(screen("two"), false);  // the button was pressed twice; its answer is under way
  clock.advance(1s);
  settle();
  EXPECT_EQ(telegram.last(kChat).text, "two");
  EXPECT_EQ(telegram.count("editMessageText"), 1)
      << "Telegram refuses an edit that changes nothing";
  menu->show(screen("two"), true);
  clock.advance(1s);
  settle();
  EXPECT_EQ(telegram.count("sendMessage"), 2) << "below, the same is a message of its own";
}

TEST_F(SurfaceTest, RepliesPassCards) {
  card->show(screen("card"), true);
  settle();
  clock.advance(500ms);
  card->show(screen("card 2"), false);
  menu->show(screen("menu"), true);
  clock.advance(500ms);
  settle();
  EXPECT_EQ(telegram.last(kChat).text, "menu");
  EXPECT_EQ(telegram.count("editMessageText"), 0);
  clock.advance(2s);
  settle();
  EXPECT_EQ(telegram.find(kChat, card->message())->text, "card 2");
}

TEST_F(SurfaceTest, AFloodWaitDelaysAndLosesNothing) {
  telegram.refused["sendMessage"] = {429, "Too Many Requests: retry after 10"};
  menu->show(screen("menu"), true);
  settle();
  telegram.refused.clear();
  clock.advance(9s);
  settle();
  EXPECT_TRUE(telegram.chats.empty());
  clock.advance(1s);
  settle();
  EXPECT_EQ(telegram.last(kChat).text, "menu");
}

TEST_F(SurfaceTest, AMessageNotWrittenForLongIsFetchedBeforeItIsEdited) {
  menu->show(screen("one"), true);
  settle();
  clock.advance(5s);
  menu->show(screen("two"), false);
  settle();
  EXPECT_EQ(telegram.count("getMessage"), 0);
  clock.advance(31min);
  menu->show(screen("three"), false);
  settle();
  EXPECT_EQ(telegram.count("getMessage"), 1);
  EXPECT_EQ(telegram.last(kChat).text, "three");
}

TEST_F(SurfaceTest, WhatIsThereAlreadyIsNotWrittenAgain) {
  menu->show(screen("same"), true);
  settle();
  clock.advance(5s);
  menu->show(screen("same"), false);
  settle();
  EXPECT_EQ(telegram.count("editMessageText"), 0);
  // Another surface does not know: Telegram's refusal of an edit that changes nothing is no
  // failure.
  card->adopt(menu->message());
  card->show(screen("same"), false);
  settle();
  EXPECT_EQ(telegram.count("editMessageText"), 1);
  EXPECT_EQ(telegram.count("sendMessage"), 1);
  EXPECT_EQ(telegram.last(kChat).edits, 0);
}

TEST_F(SurfaceTest, AfterTheGateIsClosedNothingIsWritten) {
  menu->show(screen("one"), true);
  gate->close();
  settle();
  EXPECT_TRUE(telegram.chats.empty());
}

}  // namespace
}  // namespace tgpanel::bot
