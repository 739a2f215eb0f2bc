// The Driver over both of its ways, in one process and over HTTP: every operation has a function,
// and each does the same either way.

#include "testdc/control/driver.hpp"

#include "testdc/control/driver_forums.hpp"
#include "testdc/data_centre.hpp"
#include "testdc/tools/patch_library.hpp"
#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>

namespace testdc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

Options options(const std::filesystem::path& folder) {
  const auto key = folder / "key.pem";
  ensure_key(key);
  return {.schema_folder = TGPANEL_SCHEMA_DIR, .rsa_key = key};
}

class DriverTest : public testing::TestWithParam<bool> {
 protected:
  DriverTest()
      : way(GetParam() ? Driver::remote(dc.control_port()) : Driver::local(dc)),
        driver([this](std::string_view operation, const Json& arguments) {
          used.emplace(operation);
          return way.call(operation, arguments);
        }) {
    ali = driver.add_user("15550000001", "Ali", "ali", "secret", "a hint");
    sara = driver.add_user("15550000002", "Sara");
    bot = driver.add_bot("777:secret", "Panel", "panel_bot");
    group = driver.add_chat("supergroup", "Group", "group", {ali, sara});
    news = driver.add_chat("channel", "News", "", {ali});
  }

  template <class Act>
  static std::string refusal(Act act) {
    try {
      act();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  void seed();
  void act();
  void inspect();
  void break_things();
  void wait();

  tgpanel::test::TempDir folder;
  DataCentre dc{options(folder.path())};
  Driver way;
  std::set<std::string> used;
  Driver driver;
  std::int64_t ali = 0;
  std::int64_t sara = 0;
  std::int64_t bot = 0;
  std::int64_t group = 0;
  std::int64_t news = 0;
};

void DriverTest::seed() {
  driver.add_member("News", bot, true);
  EXPECT_THAT(driver.members("News"), UnorderedElementsAre(ali, bot));
  driver.remove_member("News", bot);
  driver.add_member("News", sara);
  driver.ban_member("News", sara);
  EXPECT_THAT(driver.members("News"), ElementsAre(ali));
  EXPECT_NE(refusal([&] { driver.join(sara, "News"); }), "") << "she is banned";
  driver.link_discussion("News", "Group");
  EXPECT_EQ(driver.set_chat("Group", {{"invite_hash", "abc"}}), "abc");
  driver.set_contact(ali, sara);
  driver.set_user(sara, {{"contacts_only", false}});
  driver.set_login_code("15550000001", "12345");
  EXPECT_NE(refusal([&] { driver.last_login_code("15550000001"); }), "") << "none was sent";
  EXPECT_NE(refusal([&] { driver.set_code_expired("15550000001"); }), "");
  driver.set_login("15550000001", {{"kinds", {"sms", "call"}}, {"timeout", 30}});
  EXPECT_NE(refusal([&] { driver.set_login("15550000001", {{"kinds", {"pigeon"}}}); }), "");
  driver.set_qr_lifetime(5);
  EXPECT_NE(refusal([&] { driver.set_qr_lifetime(0); }), "");
  driver.freeze(sara, true, {{"until", 2'000'000'000}});
  driver.freeze(sara, false);
  const auto spam_bot = driver.spam_bot();
  EXPECT_EQ(driver.spam_bot(sara, {{"text", "Who are you?"}}), spam_bot);
  EXPECT_NE(refusal([&] { driver.spam_bot(sara, {{"says", "perhaps"}}); }), "");
}

void DriverTest::act() {
  const auto id = driver.write(sara, "Group", "salam");
  EXPECT_EQ(driver.messages("Group").back().text, "salam");
  driver.edit(sara, "Group", id, "salam!");
  driver.react(ali, "Group", id, "👍");
  const auto seen = driver.messages("Group").back();
  EXPECT_EQ(seen.edits.at(0).text, "salam");
  EXPECT_GT(seen.edits.at(0).time_ms, 0);
  EXPECT_EQ(seen.reactions.at("👍"), Json::array({ali}));
  const auto answer = driver.write(ali, "Group", "alaikum", id);
  EXPECT_EQ(driver.messages("Group").back().reply_to, id);
  driver.erase(ali, "Group", answer);
  EXPECT_TRUE(driver.messages("Group").back().deleted);

  const auto poll = driver.send(sara, "Group", {{"question", "Tea?"}, {"options", {"yes", "no"}}});
  driver.vote(ali, "Group", poll, {1});
  EXPECT_EQ(driver.messages("Group").back().votes.at(ali), std::vector<int>{1});
  driver.close_poll("Group", poll);
  EXPECT_NE(refusal([&] { driver.vote(sara, "Group", poll, {0}); }), "") << "it is closed";
  const auto photo = driver.send(sara, "Group", {{"media", "photo"}});
  EXPECT_EQ(driver.photo("Group", photo).substr(1, 3), "PNG");
  EXPECT_NE(refusal([&] { driver.document("Group", photo); }), "") << "a photo is no document";

  const auto topic = add_topic(driver, "Group", ali, "Sales");
  EXPECT_EQ(thread_of(driver, "Group", write_in_topic(driver, "Group", ali, topic, "hi")), topic);
  close_topic(driver, "Group", ali, topic);

  driver.leave(sara, "Group");
  EXPECT_THAT(driver.join_requests("Group"), IsEmpty());
  EXPECT_NE(refusal([&] { driver.answer_join_request("Group", sara); }), "") << "nobody asked";
  driver.join(sara, "Group");
  driver.read(sara, "Group", photo);
  driver.block(ali, sara);
  EXPECT_THAT(driver.blocked(ali), ElementsAre(sara));
  driver.block(ali, sara, false);

  driver.start_bot(ali, "@panel_bot", "xyz");
  EXPECT_EQ(driver.messages("Ali", bot).back().text, "/start xyz");
  EXPECT_EQ(driver.messages("@panel_bot", ali).back().text, "/start");
  const Json go = {{"text", "Go"}, {"data_hex", "6700"}};
  const auto menu =
      driver.send(bot, "Ali", {{"text", "menu"}, {"keyboard", Json::array({Json::array({go})})}});
  EXPECT_EQ(driver.messages("Ali", bot).back().keyboard.at(0).at(0).data, std::string("g\0", 2));
  EXPECT_NE(refusal([&] { driver.press(ali, "@panel_bot", "Go"); }), "") << "the bot is away";
  EXPECT_GT(menu, 0);
  const auto in_his_box = driver.messages("@panel_bot", ali).back().id;
  EXPECT_NE(refusal([&] { driver.press_data(ali, "@panel_bot", in_his_box, "x"); }), "");
  EXPECT_NE(refusal([&] { driver.scan_qr(ali, "tg://login?token=AAAA"); }), "") << "nobody's";
}

void DriverTest::inspect() {
  EXPECT_THAT(driver.sessions(ali), IsEmpty());
  EXPECT_THAT(driver.calls(), IsEmpty());
  driver.clear_calls();
  EXPECT_THAT(driver.unknown_methods(), IsEmpty());
  EXPECT_THAT(driver.troubles(), IsEmpty());
  EXPECT_EQ(driver.report().at("bot_total_rate"), 0);
  EXPECT_THAT(driver.bot_audit().at("breaches"), IsEmpty());
}

void DriverTest::break_things() {
  driver.fault({{"method", "*"}, {"text", "FLOOD_WAIT_9"}});
  EXPECT_NE(refusal([&] { driver.fault({{"method", ""}}); }), "");
  driver.clear_faults();
  driver.revoke(ali, "SESSION_REVOKED");
  EXPECT_NE(refusal([&] { driver.revoke(ali, "SESSION_REVOKED", "000000000000000b"); }), "")
      << "he has no such session";
  driver.drop_connections();
  driver.forget_sessions(ali);
  driver.destroy_keys(ali);
  driver.refuse_connections(true);
  driver.refuse_connections(false);
  driver.withhold_updates("Group", true);
  const auto before = driver.messages("Group").size();
  driver.make_gap("Group", sara, 120);
  EXPECT_THAT(driver.messages("Group"), SizeIs(before + 120));
}

void DriverTest::wait() {
  const auto now = driver.version();
  EXPECT_EQ(driver.wait_change(now, std::chrono::milliseconds(1)), now);
  driver.write(sara, "Group", "something new");
  EXPECT_GT(driver.wait_change(now, std::chrono::seconds(10)), now);
  const auto found = driver.wait_message(
      "Group", 0, [](const SeenMessage& message) { return message.text == "something new"; },
      "the message");
  EXPECT_EQ(found.sender_name, "Sara");
  driver.write(sara, "@SpamBot", "/start");
  driver.wait_message(
      "@SpamBot", sara, [](const SeenMessage& message) { return message.text == "Who are you?"; },
      "its answer");
  EXPECT_EQ(refusal([&] {
              driver.wait_until("nothing", [] { return false; }, std::chrono::milliseconds(1));
            }),
            "nothing: not within 1 ms");
}

TEST_P(DriverTest, HasAFunctionForEveryOperation) {
  seed();
  act();
  inspect();
  break_things();
  wait();
  const auto all = driver.operations();
  EXPECT_EQ(used, std::set<std::string>(all.begin(), all.end()));
}

INSTANTIATE_TEST_SUITE_P(BothWays, DriverTest, testing::Bool(),
                         [](const auto& chosen) { return chosen.param ? "Http" : "Local"; });

}  // namespace
}  // namespace testdc
