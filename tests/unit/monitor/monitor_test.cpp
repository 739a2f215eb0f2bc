#include "monitor/monitor.hpp"

#include "monitor_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tgpanel::monitor::fakes {
namespace {

Json supergroup(ChatId chat, const std::string& username, bool member = true) {
  Json usernames = nullptr;
  if (!username.empty()) {
    usernames = {{"@type", "usernames"}, {"active_usernames", Json::array({username})}};
  }
  return {{"@type", "updateSupergroup"},
          {"supergroup",
           {{"@type", "supergroup"},
            {"id", -1'000'000'000'000 - chat},
            {"usernames", usernames},
            {"status", {{"@type", member ? "chatMemberStatusMember" : "chatMemberStatusLeft"}}}}}};
}

Json new_chat(ChatId chat, const std::string& title) {
  return {{"@type", "updateNewChat"},
          {"chat",
           {{"@type", "chat"},
            {"id", chat},
            {"title", title},
            {"last_message", nullptr},
            {"type",
             {{"@type", "chatTypeSupergroup"},
              {"supergroup_id", -1'000'000'000'000 - chat},
              {"is_channel", false}}}}}};
}

TEST_F(MonitorTest, ThreeAccountsOneAlert) {
  for (const AccountId account : {1, 2, 3}) accounts.activate(account);
  start();
  add("bitcoin");
  for (const AccountId account : {2, 1, 3}) {
    push(account, {.chat = kGroup, .id = 5, .text = "Buy BITCOIN now"});
  }
  settle();
  ASSERT_EQ(channel.texts(), (std::vector<std::string>{"Buy BITCOIN now"}));
  EXPECT_EQ(monitor->stats().messages, 1U);
}

TEST_F(MonitorTest, TheAlertSaysEverything) {
  accounts.activate(1);
  start();
  add("halv");
  monitor->feed(1, supergroup(kGroup, "public_name"));
  monitor->feed(1, new_chat(kGroup, "A group"));
  push(1, {.chat = kGroup, .id = 9, .text = "two halves", .sender = 77, .date = 1'700'000'123});
  settle();
  ASSERT_EQ(channel.messages.size(), 1U);
  const auto& alert = channel.messages.begin()->second;
  EXPECT_GT(alert.id, 0);
  EXPECT_EQ(alert.account_id, 1);
  EXPECT_EQ(alert.account_name, "Account 1");
  EXPECT_EQ(alert.chat_id, kGroup);
  EXPECT_EQ(alert.chat_title, "A group");
  EXPECT_EQ(alert.message_id, from_server_message_id(9));
  EXPECT_EQ(alert.sender_id, 77);
  EXPECT_EQ(alert.sender_name, "User No. 77");
  EXPECT_EQ(alert.keyword, "halv");
  EXPECT_EQ(alert.link, "https://t.me/public_name/9");
  EXPECT_EQ(alert.date, 1'700'000'123);
  ASSERT_EQ(alert.marks.size(), 1U);
  EXPECT_EQ(alert.marks[0].offset, 4);
  EXPECT_EQ(alert.marks[0].length, 4);
}

TEST_F(MonitorTest, LinksOfPrivateGroupsAndNoneOfBasicGroups) {
  accounts.activate(1);
  start();
  add("x");
  push(1, {.chat = kGroup, .id = 9, .text = "x in a private group"});
  push(1, {.chat = kBasic, .id = 9, .text = "x in a basic group"});
  settle();
  ASSERT_EQ(channel.messages.size(), 2U);
  EXPECT_EQ(channel.messages.begin()->second.link, "https://t.me/c/1000000001/9");
  EXPECT_EQ(channel.messages.begin()->second.chat_title, "Asked title");
  EXPECT_EQ(channel.messages.rbegin()->second.link, "");
}

TEST_F(MonitorTest, AMessageWithoutAMatchAsksTelegramNothing) {
  const auto& client = accounts.activate(1);
  start();
  add("bitcoin");
  constexpr std::uint64_t kMany = 20;
  for (std::uint64_t i = 1; i <= kMany; ++i) {
    const auto id = static_cast<std::int64_t>(i);
    push(1, {.chat = kOther, .id = id, .text = "of no note", .sender = 100 + id});
  }
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().messages == kMany; }));
  // The match comes behind them, so what they would have asked for was asked before.
  push(1, {.chat = kGroup, .id = 5, .text = "bitcoin", .sender = 77});
  settle();
  ASSERT_EQ(channel.messages.size(), 1U);
  std::vector<std::string> asked;
  for (const auto& call : client.calls) {
    if (call["@type"] == "getUser") asked.push_back("user " + call["user_id"].dump());
    if (call["@type"] == "getChat") asked.push_back("chat " + call["chat_id"].dump());
  }
  std::ranges::sort(asked);
  EXPECT_EQ(asked, (std::vector<std::string>{"chat " + std::to_string(kGroup), "user 77"}));
}

TEST_F(MonitorTest, AnAnonymousPostHasTheChatAsItsSender) {
  accounts.activate(1);
  start();
  add("news");
  monitor->feed(1, new_chat(kGroup, "A channel"));
  push(1, {.chat = kGroup, .id = 9, .text = "news", .sender_chat = kGroup});
  settle();
  ASSERT_EQ(channel.messages.size(), 1U);
  const auto& alert = channel.messages.begin()->second;
  EXPECT_EQ(alert.sender_id, 0);
  EXPECT_EQ(alert.sender_name, "A channel");
  const auto ignored = await(io, monitor->ignore_sender_of(alert.id));
  ASSERT_FALSE(ignored);
  EXPECT_EQ(ignored.error().code, Errc::invalid);
}

TEST_F(MonitorTest, WhatNobodyCanNameIsStillAnAlert) {
  start();  // no account is active: there is nobody to ask for names either
  add("word");
  push(8, {.chat = kGroup, .id = 1, .text = "word", .sender = 77});
  await(io, monitor->stop());  // does not wait for a client any longer
  start();
  settle();
  ASSERT_TRUE(run_until(io, [&] { return channel.messages.size() == 1; }));
  const auto& alert = channel.messages.begin()->second;
  EXPECT_EQ(alert.account_name, "") << "the bot finds words for it";
  EXPECT_EQ(alert.sender_name, "");
  EXPECT_EQ(alert.sender_id, 77);
  EXPECT_EQ(alert.chat_title, "");
}

TEST_F(MonitorTest, NeverOurOwnTheServiceChatOrTheAlertChannel) {
  accounts.activate(1);
  accounts.ours = {500};
  start();
  add("code");
  push(1, {.chat = kGroup, .id = 1, .text = "code by us", .outgoing = true});
  push(1, {.chat = kGroup, .id = 2, .text = "code by another of us", .sender = 500});
  push(1, {.chat = 777'000, .id = 3, .text = "Login code: 12345", .sender = 777'000});
  push(1, {.chat = kAlerts, .id = 4, .text = "code in an alert"});
  push(1, {.chat = 42, .id = 5, .text = "code in private"});
  push(1, {.chat = kGroup, .id = 6, .text = "code by others"});
  settle();
  EXPECT_EQ(channel.texts(), (std::vector<std::string>{"code by others"}));
}

TEST_F(MonitorTest, IgnoringTheSenderOfAnAlertHoldsAfterARestart) {
  accounts.activate(1);
  start();
  add("spam");
  push(1, {.chat = kGroup, .id = 1, .text = "spam one", .sender = 66});
  settle();
  const auto alert = channel.messages.begin()->second.id;
  restart();
  const auto ignored = await(io, monitor->ignore_sender_of(alert));
  ASSERT_TRUE(ignored) << ignored.error().message;
  EXPECT_EQ(ignored->peer_id, 66);
  EXPECT_EQ(ignored->name, "User No. 66");
  const auto again = await(io, monitor->ignore_sender_of(alert));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::exists);
  restart();
  push(1, {.chat = kGroup, .id = 2, .text = "spam two", .sender = 66});
  push(1, {.chat = kGroup, .id = 3, .text = "spam three", .sender = 67});
  settle();
  EXPECT_EQ(channel.texts(), (std::vector<std::string>{"spam one", "spam three"}));
  ASSERT_EQ(monitor->ignored().size(), 1U);
  const auto removed = await(io, monitor->remove_ignored(monitor->ignored()[0].id));
  ASSERT_TRUE(removed);
  push(1, {.chat = kGroup, .id = 4, .text = "spam four", .sender = 66});
  settle();
  EXPECT_EQ(channel.texts().back(), "spam four");
}

TEST_F(MonitorTest, ListsSayWhatIsWrong) {
  start();
  const auto keyword = add("  Word ");
  EXPECT_EQ(keyword.text, "Word");
  const auto twice = await(io, monitor->add_keyword("wORD"));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, Errc::exists);
  const auto empty = await(io, monitor->add_keyword("  "));
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, Errc::invalid);
  EXPECT_TRUE(await(io, monitor->remove_keyword(keyword.id)));
  const auto gone = await(io, monitor->remove_keyword(keyword.id));
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, Errc::not_found);
  const auto nobody = await(io, monitor->add_ignored(0, ""));
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, Errc::invalid);
  const auto unknown = await(io, monitor->ignore_sender_of(99));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, Errc::not_found);
}

TEST_F(MonitorTest, ARemovedKeywordNoLongerMatches) {
  accounts.activate(1);
  start();
  const auto keyword = add("gone");
  add("stays");
  ASSERT_TRUE(await(io, monitor->remove_keyword(keyword.id)));
  push(1, {.chat = kGroup, .id = 1, .text = "gone"});
  push(1, {.chat = kGroup, .id = 2, .text = "stays"});
  settle();
  EXPECT_EQ(channel.texts(), (std::vector<std::string>{"stays"}));
}

TEST_F(MonitorTest, WhileKeywordsArePreparedTheOldOnesMatch) {
  accounts.activate(1);
  start();
  add("bicycle");
  std::optional<Result<Keyword>> added;
  asio::co_spawn(io, monitor->add_keyword("car"),
                 [&](const std::exception_ptr& bug, Result<Keyword> keyword) {
                   if (bug) std::rethrow_exception(bug);
                   added.emplace(std::move(keyword));
                 });
  ASSERT_TRUE(run_until(io, [&] { return monitor->keywords().size() == 2; }));
  ASSERT_FALSE(added) << "prepared on the executor";
  push(1, {.chat = kGroup, .id = 1, .text = "a bicycle"});
  EXPECT_EQ(monitor->stats().matches, 1U);
  ASSERT_TRUE(run_until(io, [&] { return added.has_value(); }));
  ASSERT_TRUE(*added);
  push(1, {.chat = kGroup, .id = 2, .text = "a car"});
  push(1, {.chat = kGroup, .id = 3, .text = "a bicycle"});
  EXPECT_EQ(monitor->stats().matches, 3U);
  settle();
}

TEST_F(MonitorTest, ChangesAtTheSameTimeAreAllInForceWhenTheyAreDone) {
  accounts.activate(1);
  start();
  const auto old = add("bicycle");
  int done = 0;
  const auto note = [&](const std::exception_ptr& bug, const Result<Keyword>& keyword) {
    if (bug) std::rethrow_exception(bug);
    EXPECT_TRUE(keyword);
    ++done;
  };
  for (const char* word : {"car", "boat", "train"}) {
    asio::co_spawn(io, monitor->add_keyword(word), note);
  }
  asio::co_spawn(io, monitor->remove_keyword(old.id), note);
  ASSERT_TRUE(run_until(io, [&] { return done == 4; }));
  push(1, {.chat = kGroup, .id = 1, .text = "car"});
  push(1, {.chat = kGroup, .id = 2, .text = "boat"});
  push(1, {.chat = kGroup, .id = 3, .text = "train"});
  push(1, {.chat = kGroup, .id = 4, .text = "bicycle"});
  EXPECT_EQ(monitor->stats().matches, 3U);
  settle();
}

TEST_F(MonitorTest, AStopInTheMiddleOfPreparingKeepsTheKeyword) {
  start();
  asio::co_spawn(io, monitor->add_keyword("car"), asio::detached);
  ASSERT_TRUE(run_until(io, [&] { return monitor->keywords().size() == 1; }));
  restart();
  EXPECT_EQ(monitor->keywords().size(), 1U);
}

TEST_F(MonitorTest, OneAlertInABasicGroupWhereIdsDiffer) {
  for (const AccountId account : {1, 2, 3}) accounts.activate(account);
  start();
  add("meet");
  push(1, {.chat = kBasic, .id = 10, .text = "meet at 5"});
  push(2, {.chat = kBasic, .id = 777, .text = "meet at 5"});
  push(3, {.chat = kBasic, .id = 31, .text = "meet at 5"});
  settle();
  restart();  // the memory of it is on disk too
  push(2, {.chat = kBasic, .id = 778, .text = "meet at 5"});
  duplicates = 1;
  push(2, {.chat = kBasic, .id = 779, .text = "meet at 6"});
  settle();
  EXPECT_EQ(channel.texts(), (std::vector<std::string>{"meet at 5", "meet at 6"}));
}

TEST_F(MonitorTest, ForwardingOffStoresAndLaterSendsInOrder) {
  accounts.activate(1);
  start(false);
  add("wait");
  for (int i = 1; i <= 5; ++i) {
    push(1, {.chat = kGroup, .id = i, .text = "wait " + std::to_string(i)});
  }
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_waiting == 5; }));
  EXPECT_FALSE(monitor->stats().forwarding);
  EXPECT_EQ(channel.sends, 0);
  restart();
  EXPECT_EQ(monitor->stats().alerts_waiting, 5U);
  ASSERT_TRUE(run_until(io, [&] { return monitor->stats().alerts_waiting == 0; }));
  EXPECT_EQ(channel.texts(),
            (std::vector<std::string>{"wait 1", "wait 2", "wait 3", "wait 4", "wait 5"}));
}

TEST_F(MonitorTest, AnUnknownOutcomeIsLookedUpAndNotSentTwice) {
  accounts.activate(1);
  channel.failures = {{Errc::timeout, "no answer"}};
  channel.arrives_despite_failure = true;
  start();
  add("once");
  push(1, {.chat = kGroup, .id = 1, .text = "once"});
  settle();
  EXPECT_EQ(channel.sends, 1);
  EXPECT_EQ(channel.finds, 1);
  EXPECT_EQ(channel.messages.size(), 1U);
}

TEST_F(MonitorTest, AnAlertThatDidNotArriveIsSentAgain) {
  accounts.activate(1);
  channel.failures = {{Errc::timeout, "no answer"}, {Errc::telegram, "CHAT_WRITE_FORBIDDEN"}};
  start();
  add("again");
  push(1, {.chat = kGroup, .id = 1, .text = "again"});
  settle();
  EXPECT_EQ(channel.sends, 3);
  EXPECT_EQ(channel.messages.size(), 1U);
}

TEST_F(MonitorTest, OldTextsAreErasedTheIgnoreButtonStays) {
  accounts.activate(1);
  limits.keep_text = Millis{-1'000};  // older than a second in the future: everything
  start();
  add("old");
  push(1, {.chat = kGroup, .id = 1, .text = "old", .sender = 66});
  settle();
  const auto id = channel.messages.begin()->second.id;
  restart();
  ASSERT_TRUE(run_until(io, [&] {
    const auto alert = await(io, monitor->alert(id));
    return alert && alert->text.empty();
  }));
  const auto alert = await(io, monitor->alert(id));
  ASSERT_TRUE(alert);
  EXPECT_EQ(alert->sender_id, 66);
  EXPECT_EQ(alert->sender_name, "User No. 66");
  EXPECT_TRUE(await(io, monitor->ignore_sender_of(id)));
}

TEST_F(MonitorTest, UpdatesBeforeTheStartAreDropped) {
  accounts.activate(1);
  start();
  add("early");
  stop();
  auto opened = storage::Database::open(folder / "panel.db", io.get_executor());
  ASSERT_TRUE(opened);
  database = std::move(*opened);
  monitor = std::make_unique<Monitor>(io.get_executor(), *database, clock, accounts, limits);
  push(1, {.chat = kGroup, .id = 1, .text = "early"});
  EXPECT_EQ(monitor->stats().messages, 0U);
}

}  // namespace
}  // namespace tgpanel::monitor::fakes
