#include "bot/notice_message.hpp"
#include "bot_fixture.hpp"
#include "draw.hpp"

#include <gmock/gmock.h>

namespace tgpanel::bot {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

accounts::Notice notice(std::int64_t id, UserId admin, std::string what) {
  return {.id = id,
          .admin = admin,
          .account = 7,
          .account_name = "Ann",
          .what = std::move(what),
          .reason = Sentence::plain("A reason.")};
}

TEST(NoticeMessage, SaysWhatWhyAndWhatToDo) {
  EXPECT_EQ(draw(notice_message(Language::en, notice(1, kAdmin, "login_needed"))),
            "⚠ \u2068Ann\u2069: login needed\nA reason.\n\nWhat to do: Open it and press Log in "
            "again.\n[Open account]\n");
  EXPECT_EQ(draw(notice_message(Language::en, notice(1, kAdmin, accounts::kDeleted))),
            "\u2068Ann\u2069: deleted\nA reason.\n[List accounts]\n");
  EXPECT_EQ(draw(notice_message(Language::en, notice(1, kAdmin, accounts::kLimited))),
            "⚠ \u2068Ann\u2069: limited by Telegram\nA reason.\n\nWhat to do: Wait until Telegram "
            "lifts the limit; the account goes on with what it still may do.\n[Open account]\n");
  auto longest = notice(INT64_MAX, kAdmin, "banned");
  longest.account = INT64_MAX;
  longest.account_name = std::string(4096, 'W');
  longest.reason = Sentence::plain(std::string(4096, 'W'));
  EXPECT_TRUE(within_limits(notice_message(Language::en, longest)));
}

class NoticesTest : public BotTest {
 protected:
  std::vector<accounts::Notice>& rows() { return panel.account_desk.notice_rows; }

  int told(UserId admin) {
    int times = 0;
    for (const auto& [id, message] : telegram.chats[admin]) {
      times += FakeTelegram::draw(message).find("login needed") != std::string::npos ? 1 : 0;
    }
    return times;
  }
};

TEST_F(NoticesTest, AStopIsToldWithWhatIsLeftOfIt) {
  panel.stopped_rows = {{7, "Ann", std::chrono::hours{18}}};
  auto stop = notice(1, kAdmin, accounts::kUnwanted);
  stop.reason = {};
  rows() = {stop};
  start_and_serve();
  EXPECT_THAT(shown(), HasSubstr("Ann\u2069: Telegram calls its messages to strangers unwanted "
                                 "(PEER_FLOOD)\nIt writes to nobody unasked for 18 h"));
  EXPECT_THAT(shown(), HasSubstr("What to do: Ask @SpamBot"));
}

TEST_F(NoticesTest, AnAdminWhoPressesStartLaterIsToldOfInterruptedLoginsToo) {
  panel.notes = {Sentence::plain("A login was not finished.")};
  telegram.refused["getUser"] = {400, "User not found"};
  start_and_serve();
  EXPECT_EQ(panel.notes.size(), 1U) << "nobody can be told yet";
  telegram.refused.clear();
  say("/start");
  settle();
  EXPECT_TRUE(panel.notes.empty());
  std::string all;
  for (const auto& [id, message] : telegram.chats[kAdmin]) all += FakeTelegram::draw(message);
  EXPECT_THAT(all, HasSubstr("A login was not finished."));
}

TEST_F(NoticesTest, EachAdminIsToldOnce) {
  rows() = {notice(1, kAdmin, "login_needed"), notice(2, kOther, "login_needed")};
  start_and_serve();
  EXPECT_EQ(told(kAdmin), 1);
  EXPECT_EQ(told(kOther), 1);
  EXPECT_THAT(rows(), IsEmpty());
  EXPECT_THAT(panel.account_desk.told, SizeIs(2));
  bot->tell_notices();
  settle();
  EXPECT_EQ(told(kAdmin), 1);

  rows() = {notice(3, kAdmin, "login_needed")};
  bot->tell_notices();
  settle();
  EXPECT_EQ(told(kAdmin), 2);
  panel.add_accounts(1);
  press("Open account");
  EXPECT_THAT(shown(), HasSubstr("That account is not there any more."));
}

TEST_F(NoticesTest, OneThatWasHandedOverBeforeACrashIsLookedFor) {
  rows() = {notice(1, kAdmin, "login_needed")};
  start_and_serve();
  ASSERT_EQ(told(kAdmin), 1);
  const auto sent = panel.account_desk.told.back().second;
  stop();
  // As it is on disk when the panel is killed before it has noted the message.
  auto again = notice(1, kAdmin, "login_needed");
  again.after = sent - from_server_message_id(1);
  rows() = {again};
  start_and_serve();
  EXPECT_EQ(told(kAdmin), 1) << "it is there";
  EXPECT_THAT(rows(), IsEmpty());
  stop();
  // Killed before it left.
  auto lost = notice(2, kAdmin, "login_needed");
  lost.after = sent;
  rows() = {lost};
  start_and_serve();
  EXPECT_EQ(told(kAdmin), 2);
  EXPECT_THAT(rows(), IsEmpty());
}

}  // namespace
}  // namespace tgpanel::bot
