// What comes first where texts go out at most once: the look-up before the next text, the list of
// people to leave alone before the answer, and an end to aiming in vain.

#include "jobs/item_machine.hpp"
#include "mailboxes.hpp"
#include "words/errors_jobs.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

struct OnceOrder : Once {
  /// A message of Walter's in a group, which comments answer.
  static void open_group(PanelRun& run, AccountId id) {
    auto& client = run.client(id);
    Json message{{"@type", "message"},
                 {"id", from_server_message_id(5)},
                 {"chat_id", -1002},
                 {"sender_id", {{"@type", "messageSenderUser"}, {"user_id", kWalter}}}};
    client.answer("getMessageLinkInfo", Json{{"chat_id", -1002}, {"message", std::move(message)}});
    Json type{{"@type", "chatTypeSupergroup"}, {"supergroup_id", 1002}, {"is_channel", false}};
    client.answer("getChat", Json{{"@type", "chat"}, {"id", -1002}, {"type", std::move(type)}});
  }
};

TEST_F(OnceOrder, ATextIsLookedForBeforeTheNextOneOfItsAccountGoesOut) {
  JobId lost = 0;
  JobId next = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    open_chat(run, 1, Answers::is_silent, false);
    lost = start(run, {1});
    run.until([&] { return run.client(1).count("sendMessage") == 1; });
    next = start(run, {1});  // the same text to the same person
  }
  PanelRun run(file, server, clock, 1);
  open_chat(run, 1);
  const auto walter = test::run(
      run.context, run.client(1).request(Json{{"@type", "searchPublicChat"}}, Millis{1'000}));
  run.client(1).answer("searchPublicChat", [walter, asked = 0](const Json&) mutable {
    if (asked++ > 0) return std::optional(walter);
    return std::optional<telegram::Response>(
        std::unexpected(telegram::TdError{telegram::TdError::kDeadline, "no answer"}));
  });
  run.resume();
  run.until([&] { return run.runner->job(lost)->items[0].not_before != Instant{}; });
  test::run_ready(run.context);
  EXPECT_EQ(run.state(next, 0), ItemState::queued);
  EXPECT_EQ(run.client(1).count("sendMessage"), 0U);
  run.pass(kLostBackoff);
  run.until_over(lost);
  EXPECT_EQ(run.state(lost, 0), ItemState::unknown) << "the text of another job is not this one's";
  run.until_over(next);
  EXPECT_EQ(run.state(next, 0), ItemState::done);
  EXPECT_EQ(letters.sent[1], 1);
}

TEST_F(OnceOrder, WhatIsAimedInVainEnds) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  open_chat(run, 1);
  run.client(1).refuse("searchPublicChat", telegram::TdError::kDeadline, "no answer");
  const auto id = start(run, {1});
  run.until([&] {
    run.pass(kLostBackoff);
    return run.runner->job(id)->finished != Instant{};
  });
  EXPECT_EQ(run.state(id, 0), ItemState::failed);
  EXPECT_EQ(reason(run, id, 0), Sentence(words::item_not_aimed).english());
  EXPECT_EQ(run.client(1).count("searchPublicChat"), std::size_t{kMaxAttempts});
  EXPECT_EQ(run.client(1).count("sendMessage"), 0U);
  EXPECT_EQ(audit(run).size(), 1U);
}

TEST_F(OnceOrder, NobodyIsAnsweredWhoIsListedByNameAlone) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  open_chat(run, 1);
  open_group(run, 1);
  DoNotContact walter;
  walter.username = "Walter";
  ASSERT_TRUE(test::run(run.context, run.runner->contacts().add(walter, 42)));
  NewJob job{.action = CommentSpec{.link = "https://t.me/talk/5", .text = "hello"},
             .started_by = 42,
             .accounts = {{1, "Account 1"}}};
  const auto id = test::run(run.context, run.runner->start(std::move(job)));
  ASSERT_TRUE(id);
  run.until_over(*id);
  EXPECT_EQ(run.state(*id, 0), ItemState::failed);
  EXPECT_EQ(reason(run, *id, 0), Sentence(words::person_not_to_contact).english());
  EXPECT_EQ(run.client(1).count("sendMessage"), 0U);
}

}  // namespace
}  // namespace tgpanel::jobs
