#include "jobs/spec_rows.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

TEST(SpecRows, EveryActionReadsBack) {
  const std::vector<ActionSpec> all{ReactionSpec{"https://t.me/a/5", "🔥"},
                                    VoteSpec{"https://t.me/a/6", {0, 2}, "Yes, Maybe"},
                                    JoinSpec{"@news"},
                                    LeaveSpec{"https://t.me/+abc"},
                                    BlockSpec{"@walter"},
                                    UnblockSpec{"12345"},
                                    MessageSpec{"@walter", "Hi \"there\"\n"},
                                    CommentSpec{"https://t.me/a/7", "متن"}};
  ASSERT_EQ(all.size(), kActionKinds.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(kind_of(all[i]), kActionKinds[i]);
    const auto back = read_spec(to_string(kind_of(all[i])), spec_text(all[i]));
    ASSERT_TRUE(back) << to_string(kActionKinds[i]);
    EXPECT_EQ(*back, all[i]);
  }
}

// Written by the panel's first versions, and on people's disks.
TEST(SpecRows, ReadsReactionsAsTheyWereStoredFirst) {
  const auto spec = read_spec("reaction", R"({"link":"https://t.me/durov/5","emoji":"👍"})");
  ASSERT_TRUE(spec);
  EXPECT_EQ(*spec, ActionSpec(ReactionSpec{"https://t.me/durov/5", "👍"}));
}

TEST(SpecRows, RefusesWhatItDoesNotKnow) {
  EXPECT_FALSE(read_spec("dance", "{}"));
  EXPECT_FALSE(read_spec("", "{}"));
  for (const char* json : {"", "[]", "{}", "nonsense", R"({"chat":5})", R"({"link":"x"})"}) {
    for (const auto kind : kActionKinds) EXPECT_FALSE(read_spec(to_string(kind), json)) << json;
  }
  EXPECT_FALSE(read_spec("vote", R"({"link":"x","options":["0"],"words":""})"));
  EXPECT_FALSE(read_spec("vote", R"({"link":"x","options":0,"words":""})"));
}

TEST(SpecRows, TargetsAreWhatWasGiven) {
  EXPECT_EQ(target_of(ReactionSpec{"link", "🔥"}), "link");
  EXPECT_EQ(target_of(VoteSpec{"link", {}, ""}), "link");
  EXPECT_EQ(target_of(JoinSpec{"chat"}), "chat");
  EXPECT_EQ(target_of(LeaveSpec{"chat"}), "chat");
  EXPECT_EQ(target_of(BlockSpec{"user"}), "user");
  EXPECT_EQ(target_of(UnblockSpec{"user"}), "user");
  EXPECT_EQ(target_of(MessageSpec{"user", "text"}), "user");
  EXPECT_EQ(target_of(CommentSpec{"link", "text"}), "link");
}

}  // namespace
}  // namespace tgpanel::jobs
