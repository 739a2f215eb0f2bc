#include "world_fixture.hpp"

namespace testdc {
namespace {

class DifferenceTest : public WorldFixture {
 protected:
  Value difference(std::int64_t user, int pts, int date) {
    return call(user, {{"_", "updates.getDifference"}, {"pts", pts}, {"date", date}, {"qts", 0}});
  }

  Value channel_difference(std::int64_t user, int pts) {
    return call(user, {{"_", "updates.getChannelDifference"},
                       {"channel", input_channel(user, group)},
                       {"filter", {{"_", "channelMessagesFilterEmpty"}}},
                       {"pts", pts},
                       {"limit", 100}});
  }

  int pts_of(std::int64_t user) {
    return call(user, {{"_", "updates.getState"}})["pts"].get<int>();
  }

  void edit(Peer dialog, int message, const char* text) {
    Revision revision;
    revision.text = text;
    world.edit({ali, 0}, dialog, message, std::move(revision));
  }

  void later() { clock.advance(tgpanel::Millis(5000)); }
};

TEST_F(DifferenceTest, NothingMissed) {
  later();
  EXPECT_EQ(difference(sara, pts_of(sara), world.now())["_"], "updates.differenceEmpty");
}

TEST_F(DifferenceTest, MissedMessagesEditsAndDeletions) {
  const int before = pts_of(sara);
  later();
  const int date = world.now();
  const int kept = write(ali, private_with(sara), "kept");
  const int gone = write(ali, private_with(sara), "gone");
  edit(private_with(sara), kept, "kept, edited");
  world.erase({ali, 0}, {gone}, true);
  const auto missed = difference(sara, before, date);
  ASSERT_EQ(missed["_"], "updates.difference");
  ASSERT_EQ(missed["new_messages"].size(), 1U);
  EXPECT_EQ(missed["new_messages"][0]["message"], "kept, edited");
  EXPECT_EQ(missed["state"]["pts"], pts_of(sara));
  EXPECT_EQ(pts_of(sara) - before, 4);
}

TEST_F(DifferenceTest, NamesTheChannelsThatMoved) {
  const int before = pts_of(sara);
  later();
  const int date = world.now();
  write(ali, group.peer(), "news");
  const auto missed = difference(sara, before, date);
  ASSERT_EQ(missed["other_updates"].size(), 1U);
  EXPECT_EQ(missed["other_updates"][0]["_"], "updateChannelTooLong");
  EXPECT_EQ(missed["other_updates"][0]["channel_id"], group.id);
  EXPECT_EQ(missed["other_updates"][0]["pts"], group.box.pts);
}

TEST_F(DifferenceTest, ChannelUpToTheLimitAndBeyond) {
  const int before = group.box.pts;
  EXPECT_EQ(channel_difference(sara, before)["_"], "updates.channelDifferenceEmpty");
  for (int i = 0; i < 100; ++i) write(ali, group.peer(), "message");
  const auto all = channel_difference(sara, before);
  EXPECT_EQ(all["_"], "updates.channelDifference");
  EXPECT_EQ(all["new_messages"].size(), 100U);
  EXPECT_EQ(all["pts"], group.box.pts);
  write(ali, group.peer(), "one more");
  const auto too_long = channel_difference(sara, before);
  EXPECT_EQ(too_long["_"], "updates.channelDifferenceTooLong");
  EXPECT_EQ(too_long["dialog"]["pts"], group.box.pts);
  EXPECT_EQ(too_long["messages"][0]["message"], "one more");
}

TEST_F(DifferenceTest, WithheldChatsAreOnlyInTheDifference) {
  const int before = group.box.pts;
  group.withheld = true;
  write(ali, group.peer(), "hidden");
  EXPECT_TRUE(pushed(sara, "updateNewChannelMessage").empty());
  EXPECT_EQ(channel_difference(sara, before)["new_messages"][0]["message"], "hidden");
}

TEST_F(DifferenceTest, PushedNumbersHaveNoHoles) {
  int last = group.box.pts;
  const int first = write(ali, group.peer(), "one");
  edit(group.peer(), first, "two");
  write(ali, group.peer(), "three");
  world.erase_in_channel({ali, 0}, group, {first});
  for (const auto& [key, updates] : transport.pushed) {
    if (key != static_cast<std::uint64_t>(sara)) continue;
    for (const auto& update : updates["updates"]) {
      if (!update.contains("pts")) continue;
      EXPECT_EQ(update["pts"].get<int>(), last + update["pts_count"].get<int>());
      last = update["pts"].get<int>();
    }
  }
  EXPECT_EQ(last, group.box.pts);
}

TEST_F(DifferenceTest, ReadingTellsTheOtherSideInItsOwnIds) {
  write(ali, private_with(stranger), "ali's mailbox gets ahead");
  const int sent = write(ali, private_with(sara), "read me");
  const auto message = world.find_message(ali, private_with(sara), sent);
  call(sara, {{"_", "messages.readHistory"},
              {"peer", input_peer(sara, private_with(ali))},
              {"max_id", World::id_for(*message, sara)}});
  const auto told = pushed(ali, "updateReadHistoryOutbox");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]["max_id"], sent);
}

}  // namespace
}  // namespace testdc
