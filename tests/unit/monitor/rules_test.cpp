// Rules and the ignore list of a monitor, and edited messages.

#include "monitor_fixture.hpp"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>

namespace tgpanel::monitor {
namespace {

using fakes::await;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Fate = RuleOutcome::Fate;

class Rules : public fakes::MonitorTest {
 protected:
  std::vector<RuleOutcome> add_all(std::vector<std::string> lines) {
    auto outcomes = await(io, monitor->add_keywords(std::move(lines)));
    if (!outcomes) throw std::runtime_error(outcomes.error().message);
    return *outcomes;
  }

  Result<Ignored> ignore(std::string who) { return await(io, monitor->ignore(std::move(who))); }
};

TEST_F(Rules, SeveralAtOnceEachWithItsFate) {
  start();
  add("there");
  const auto outcomes = add_all(
      {"one", "THERE", "re:(", "\"whole\"", "one", "-scam", "re:a+b", std::string(300, 'x')});
  std::vector<Fate> fates;
  for (const auto& outcome : outcomes) fates.push_back(outcome.fate);
  using enum RuleOutcome::Fate;
  EXPECT_THAT(fates, ElementsAre(added, existed, refused, added, existed, added, added, refused));
  EXPECT_THAT(outcomes[2].reason.english(), HasSubstr("Add “)”"));
  EXPECT_EQ(outcomes[5].kind, RuleKind::exclusion);
  EXPECT_THAT(monitor->keywords(), SizeIs(5));
  restart();
  EXPECT_THAT(monitor->keywords(), SizeIs(5));
  accounts.activate(1);
  push(1, {.chat = kGroup, .id = 10, .text = "wholes"});
  push(1, {.chat = kGroup, .id = 11, .text = "the whole"});
  push(1, {.chat = kGroup, .id = 12, .text = "the whole scam"});
  push(1, {.chat = kGroup, .id = 13, .text = "xAAB"});
  settle();
  EXPECT_THAT(channel.texts(), ElementsAre("the whole", "xAAB"));
}

TEST_F(Rules, NoneOfManyIsAddedWhenTheDiskFails) {
  start();
  {
    SQLite::Database file((folder / "panel.db").string(), SQLite::OPEN_READWRITE);
    file.exec(
        "CREATE TRIGGER no_bad BEFORE INSERT ON keyword WHEN new.text = 'bad'"
        " BEGIN SELECT raise(ABORT, 'no'); END");
  }
  const auto outcomes = await(io, monitor->add_keywords({"good", "bad"}));
  ASSERT_FALSE(outcomes);
  EXPECT_EQ(outcomes.error().code, Errc::storage);
  EXPECT_THAT(monitor->keywords(), IsEmpty());
  restart();
  EXPECT_THAT(monitor->keywords(), IsEmpty());
}

TEST_F(Rules, OldKeywordsInTheDatabaseStayPlain) {
  start();
  stop();
  {
    SQLite::Database file((folder / "panel.db").string(), SQLite::OPEN_READWRITE);
    file.exec(
        "INSERT INTO keyword (text, folded, added_ms) VALUES ('Re:a+', 're:a+', 1),"
        " ('-scam', '-scam', 1), ('\"q', '\"q', 1)");
  }
  start();
  accounts.activate(1);
  push(1, {.chat = kGroup, .id = 10, .text = "re:aa"});
  push(1, {.chat = kGroup, .id = 11, .text = "it says RE:a+"});
  push(1, {.chat = kGroup, .id = 12, .text = "a -scam \"quote"});
  settle();
  EXPECT_THAT(channel.texts(), ElementsAre("it says RE:a+", "a -scam \"quote"));
  EXPECT_EQ(add_all({"\\re:a+"}).front().fate, Fate::existed);
  EXPECT_EQ(add_all({"re:a+"}).front().fate, Fate::added);
}

TEST_F(Rules, IgnoreByIdNameAndLink) {
  start();
  EXPECT_EQ(ignore("@walter").error().code, Errc::login_needed);
  auto& client = accounts.activate(1);
  client.names = {{"walter", 42}, {"market", kGroup}};
  const auto user = ignore("@Walter");
  ASSERT_TRUE(user) << user.error().message;
  EXPECT_EQ(user->peer_id, 42);
  EXPECT_EQ(user->name, "Public walter");
  EXPECT_EQ(ignore("https://t.me/walter").error().code, Errc::exists);
  EXPECT_EQ(ignore("https://t.me/market/12?single")->peer_id, kGroup);
  EXPECT_EQ(ignore("۵۵")->name, "User No. 55");
  EXPECT_EQ(ignore("https://t.me/c/1000000002/5")->peer_id, kOther);
  EXPECT_EQ(ignore("@nobody_there").error().code, Errc::not_found);
  for (const std::string bad : {"", "hello world", "👍", "0", "-5000000000000000", "t.me/+abc"}) {
    EXPECT_EQ(ignore(bad).error().code, Errc::invalid) << bad;
  }
  add("bike");
  push(1, {.chat = kGroup, .id = 10, .text = "bike in an ignored group", .sender = 77});
  push(1, {.chat = kBasic, .id = 11, .text = "bike by an ignored user", .sender = 42});
  push(1, {.chat = kBasic, .id = 12, .text = "bike by somebody", .sender = 77});
  settle();
  EXPECT_THAT(channel.texts(), ElementsAre("bike by somebody"));
}

TEST_F(Rules, AnAccountThatMustWaitIsNotAsked) {
  start();
  auto& first = accounts.activate(1);
  auto& second = accounts.activate(2);
  first.errors["searchPublicChat"] = {429, "Too Many Requests: retry after 30"};
  second.names = {{"walter", 42}, {"other", 43}};
  EXPECT_EQ(ignore("@walter")->peer_id, 42);
  EXPECT_EQ(ignore("@other")->peer_id, 43);
  EXPECT_EQ(first.count("searchPublicChat"), 1U) << "asked inside a known wait";
  second.errors["searchPublicChat"] = {429, "Too Many Requests: retry after 40"};
  for (int i = 0; i < 2; ++i) {
    const auto refused = ignore("@third");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::flood_wait);
    EXPECT_LE(refused.error().retry_after_s, 30);
  }
  EXPECT_EQ(second.count("searchPublicChat"), 3U);
}

class Edits : public Rules {
 protected:
  /// The message is edited to this, and the accounts' TDLib says so.
  void edit(const std::vector<AccountId>& by, const fakes::Text& text) {
    auto changed = fakes::message(text);
    changed["edit_date"] = text.date + 60;
    for (const auto account : by) {
      accounts.active[account]->history[text.chat][from_server_message_id(text.id)] = changed;
      monitor->feed(account, fakes::edited(text));
    }
  }
};

TEST_F(Edits, AMessageThatIsEditedIntoAMatchAlertsOnce) {
  start();
  accounts.activate(1);
  accounts.activate(2);
  add("bike");
  for (const auto chat : {kGroup, kBasic}) {
    for (const AccountId account : {1, 2}) push(account, {.chat = chat, .id = 10, .text = "a car"});
    edit({1, 2}, {.chat = chat, .id = 10, .text = "a bike"});
    ASSERT_TRUE(fakes::run_until(io, [&] { return !channel.messages.empty(); }));
    const auto before = monitor->stats().matches;
    edit({1, 2}, {.chat = chat, .id = 10, .text = "a red bike"});
    edit({1, 2}, {.chat = chat, .id = 10, .text = "a red bike"});
    ASSERT_TRUE(fakes::run_until(io, [&] { return monitor->stats().matches > before; }));
    push(1, {.chat = chat, .id = 20, .text = "bike, the end", .date = 1'700'000'100});
    ASSERT_TRUE(fakes::run_until(io, [&] {
      const auto texts = channel.texts();
      return !texts.empty() && texts.back() == "bike, the end";
    }));
    EXPECT_THAT(channel.texts(), ElementsAre("a bike", "bike, the end"));
    channel.messages.clear();
  }
}

TEST_F(Edits, AMatchThatIsEditedDoesNotAlertAgain) {
  start();
  accounts.activate(1);
  add("bike");
  for (const auto chat : {kGroup, kBasic}) {
    push(1, {.chat = chat, .id = 10, .text = "a bike"});
    edit({1}, {.chat = chat, .id = 10, .text = "a bike"});
    const auto before = monitor->stats().matches;
    edit({1}, {.chat = chat, .id = 10, .text = "two bikes"});
    ASSERT_TRUE(fakes::run_until(io, [&] { return monitor->stats().matches > before; }));
    push(1, {.chat = chat, .id = 20, .text = "bike, the end", .date = 1'700'000'100});
    ASSERT_TRUE(fakes::run_until(io, [&] {
      const auto texts = channel.texts();
      return !texts.empty() && texts.back() == "bike, the end";
    }));
    EXPECT_THAT(channel.texts(), ElementsAre("a bike", "bike, the end"));
    channel.messages.clear();
  }
}

TEST_F(Edits, OursAndIgnoredOnesDoNotAlert) {
  start();
  accounts.activate(1);
  accounts.ours = {42};
  add("bike");
  ASSERT_TRUE(ignore("43"));
  edit({1}, {.chat = kGroup, .id = 10, .text = "a bike", .sender = 42});
  edit({1}, {.chat = kGroup, .id = 11, .text = "a bike", .sender = 43});
  edit({1}, {.chat = kGroup, .id = 12, .text = "my bike", .sender = 44});
  ASSERT_TRUE(fakes::run_until(io, [&] { return !channel.messages.empty(); }));
  EXPECT_THAT(channel.texts(), ElementsAre("my bike"));
}

}  // namespace
}  // namespace tgpanel::monitor
