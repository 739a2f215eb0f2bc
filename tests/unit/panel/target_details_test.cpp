// What is asked of a target before the preview, and previews of chats and people.

#include "panel_fixture.hpp"

#include <gtest/gtest.h>

namespace tgpanel::panel {
namespace {

struct TargetTest : PanelTest {
  /// A poll in the chat, as the account sees it.
  void show_poll(AccountId id, bool closed = false) {
    const auto option = [](const char* text) {
      return Json{{"text", {{"text", text}}}, {"is_chosen", false}};
    };
    Json poll{{"question", {{"text", "Which?"}}},
              {"options", Json::array({option("Red"), option("Green")})},
              {"type", {{"@type", "pollTypeRegular"}}},
              {"is_closed", closed}};
    Json message{{"id", from_server_message_id(5)},
                 {"chat_id", kChat},
                 {"content", {{"@type", "messagePoll"}, {"poll", std::move(poll)}}}};
    accounts.clients.at(id)->answer("getMessageLinkInfo",
                                    Json{{"chat_id", kChat}, {"message", std::move(message)}});
  }

  void show_chat(AccountId id, bool member) {
    Json chat{{"@type", "chat"},
              {"id", kChat},
              {"title", "News"},
              {"type", {{"@type", "chatTypeSupergroup"}, {"supergroup_id", 1'234'567'890}}}};
    accounts.clients.at(id)->answer("searchPublicChat", std::move(chat));
    const char* status = member ? "chatMemberStatusMember" : "chatMemberStatusLeft";
    accounts.clients.at(id)->answer("getSupergroup", Json{{"status", {{"@type", status}}}});
  }

  Result<actions::Poll> poll(const char* link, Choice who) {
    return test::run(context, panel->read_poll(link, std::move(who)));
  }

  Result<ActionPreview> look(jobs::ActionSpec spec, Choice who) {
    return test::run(context, panel->preview_action(std::move(spec), std::move(who)));
  }
};

TEST_F(TargetTest, APollIsReadByWhoeverSeesIt) {
  for (AccountId id = 1; id <= 3; ++id) accounts.add(id);
  accounts.shut_out(1);
  accounts.clients[2]->refuse("getMessageLinkInfo", 429, "Too Many Requests: retry after 100");
  show_poll(3);
  const auto found = poll(kPrivate, Some{1});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->options.size(), 2U);
  EXPECT_EQ(poll(kPrivate, Picked{{1}}).error().code, Errc::not_found);
}

TEST_F(TargetTest, WhatIsNoOpenPollIsRefused) {
  accounts.add(1);
  EXPECT_NE(poll(kPublic, All{}).error().message.find("no poll"), std::string::npos);
  show_poll(1, true);
  EXPECT_NE(poll(kPublic, All{}).error().message.find("closed"), std::string::npos);
  EXPECT_EQ(poll("hello", All{}).error().code, Errc::invalid);
  accounts.list[0].state = AccountState::banned;
  EXPECT_EQ(poll(kPublic, All{}).error().code, Errc::login_needed);
}

TEST_F(TargetTest, ReactionsThatCannotBeReadAreNotKnownButAMissingMessageIsSaid) {
  accounts.add(1);
  const auto ask = [&] { return test::run(context, panel->reactions_for(kPublic, All{})); };
  Json one{{"type", {{"@type", "reactionTypeEmoji"}, {"emoji", "🐳"}}}};
  accounts.clients[1]->answer("getMessageAvailableReactions",
                              Json{{"top_reactions", Json::array({std::move(one)})}});
  EXPECT_EQ(*ask(), std::vector<std::string>{"🐳"});
  accounts.clients[1]->refuse("getMessageAvailableReactions", 500, "Internal");
  EXPECT_TRUE(ask()->empty());
  accounts.clients[1]->answer("getMessageLinkInfo", Json{{"chat_id", kChat}});
  EXPECT_EQ(ask().error().code, Errc::not_found);
}

TEST_F(TargetTest, AVoteIsCheckedBeforeItStarts) {
  for (AccountId id = 1; id <= 2; ++id) {
    accounts.add(id);
    show_poll(id);
  }
  const auto shown = look(jobs::VoteSpec{kPublic, {1, 1}, "Green"}, Some{2});
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(shown->excerpt, "Which?");
  EXPECT_EQ(std::get<jobs::VoteSpec>(shown->spec).options, std::vector<std::int32_t>{1});
  EXPECT_EQ(look(jobs::VoteSpec{kPublic, {}, ""}, Some{1}).error().code, Errc::invalid);
  EXPECT_EQ(look(jobs::VoteSpec{kPublic, {7}, "?"}, Some{1}).error().code, Errc::invalid);
  EXPECT_EQ(look(jobs::VoteSpec{kPublic, {0, 1}, "?"}, Some{1}).error().code, Errc::invalid);
}

TEST_F(TargetTest, MembersAreReplacedWhereOthersCanJoinAndStrangersWhereOthersCanLeave) {
  for (AccountId id = 1; id <= 4; ++id) {
    accounts.add(id);
    show_chat(id, id % 2 == 0);
  }
  const auto join = look(jobs::JoinSpec{"@news"}, Some{2});
  ASSERT_TRUE(join) << join.error().message;
  EXPECT_EQ(ids(*join), (Ids{1, 3}));
  EXPECT_EQ(english(join->left_out),
            std::vector<std::string>{"Account 2: It is a member already."});
  EXPECT_EQ(join->title, "News");
  const auto leave = look(jobs::LeaveSpec{"t.me/news/5"}, All{});
  ASSERT_TRUE(leave) << leave.error().message;
  EXPECT_EQ(ids(*leave), (Ids{2, 4}));
  EXPECT_EQ(look(jobs::JoinSpec{"@news"}, Picked{{2, 4}}).error().message,
            "It is a member already.");
  EXPECT_EQ(look(jobs::JoinSpec{"news"}, All{}).error().code, Errc::invalid);
}

TEST_F(TargetTest, EveryKindOfActionTakesItsOwnTurns) {
  for (AccountId id = 1; id <= 3; ++id) {
    accounts.add(id);
    show_chat(id, false);
  }
  auto join = look(jobs::JoinSpec{"@news"}, Some{2});
  ASSERT_TRUE(test::run(context, panel->start_action(std::move(*join), 42)));
  EXPECT_EQ(ids(*look(jobs::JoinSpec{"@news"}, Some{1})), Ids{3});
  EXPECT_EQ(ids(*preview(1)), Ids{1});
}

TEST_F(TargetTest, PeopleAreLookedUpOnceByNameAndByEachById) {
  for (AccountId id = 1; id <= 2; ++id) {
    accounts.add(id);
    Json chat{{"type", {{"@type", "chatTypePrivate"}, {"user_id", 77}}}};
    accounts.clients[id]->answer("searchPublicChat", std::move(chat));
    accounts.clients[id]->answer("getUser", Json{{"id", 77}, {"first_name", "Walter"}});
  }
  const auto by_name = look(jobs::BlockSpec{"@walter"}, Some{2});
  ASSERT_TRUE(by_name) << by_name.error().message;
  EXPECT_EQ(by_name->title, "Walter");
  EXPECT_EQ(ids(*by_name), (Ids{1, 2}));
  accounts.clients[1]->refuse("getUser", 400, "User not found");
  const auto by_id = look(jobs::UnblockSpec{"77"}, Some{1});
  ASSERT_TRUE(by_id) << by_id.error().message;
  EXPECT_EQ(ids(*by_id), Ids{2});
  EXPECT_NE(by_id->left_out.at(0).english().find("has not met"), std::string::npos);
}

}  // namespace
}  // namespace tgpanel::panel
