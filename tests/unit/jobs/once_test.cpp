// Messages: at most once, whatever happens between the panel and Telegram.

#include "actions/outgoing.hpp"
#include "jobs/item_machine.hpp"
#include "storage/audit_repository.hpp"
#include "telegram/td_types.hpp"
#include "world.hpp"

#include <gtest/gtest.h>

namespace tgpanel::jobs {
namespace {

constexpr UserId kWalter = 77;

/// One private chat with Walter for each account; survives the panel.
struct Mailboxes {
  struct Letter {
    bool outgoing = false;
    std::string text;
  };

  std::map<AccountId, std::vector<Letter>> chats;  // by account, the oldest first
  std::map<AccountId, int> sent;                   // sendMessage that reached Telegram
};

enum class Answers : std::uint8_t { confirms, refuses, is_silent };

struct Once : World {
  Mailboxes letters;

  static Json message(const Mailboxes::Letter& letter, std::size_t index) {
    Json text{{"@type", "formattedText"}, {"text", letter.text}};
    return {{"@type", "message"},
            {"id", from_server_message_id(static_cast<std::int64_t>(index) + 1)},
            {"chat_id", kWalter},
            {"is_outgoing", letter.outgoing},
            {"content", {{"@type", "messageText"}, {"text", std::move(text)}}}};
  }

  /// Gives the account of this run a chat with Walter. `arrives`: Telegram gets what is sent.
  void open_chat(PanelRun& run, AccountId id, Answers answers = Answers::confirms,
                 bool arrives = true, std::string error = "PEER_FLOOD", int code = 400) {
    auto& client = run.client(id);
    client.answer("searchPublicChat",
                  Json{{"@type", "chat"},
                       {"id", kWalter},
                       {"title", "Walter"},
                       {"type", {{"@type", "chatTypePrivate"}, {"user_id", kWalter}}}});
    client.answer("getUser", Json{{"@type", "user"},
                                  {"id", kWalter},
                                  {"first_name", "Walter"},
                                  {"usernames", {{"active_usernames", {"walter"}}}},
                                  {"type", {{"@type", "userTypeRegular"}}}});
    client.answer("getMe", Json{{"@type", "user"}, {"id", 1'000 + id}});
    client.answer("getChatHistory", [this, id](const Json& function) {
      const auto& chat = letters.chats[id];
      const auto from = function["from_message_id"].get<MessageId>();
      const auto limit = function["limit"].get<std::size_t>();
      Json list = Json::array();
      for (std::size_t i = chat.size(); i-- > 0 && list.size() < limit;) {
        const auto one = message(chat[i], i);
        if (from == 0 || one["id"].get<MessageId>() < from) list.push_back(one);
      }
      return telegram::Response(Json{{"@type", "messages"}, {"messages", std::move(list)}});
    });
    client.answer("sendMessage",
                  [this, id, &run, answers, arrives, error, code](const Json& function) {
                    const std::string text = function["input_message_content"]["text"]["text"];
                    if (arrives) {
                      ++letters.sent[id];
                      letters.chats[id].push_back({true, text});
                    }
                    Json pending = message({true, text}, 500);
                    pending["id"] = 7;
                    pending["sending_state"] = {{"@type", "messageSendingStatePending"}};
                    Json update{{"old_message_id", 7}};
                    if (answers == Answers::confirms) {
                      update["@type"] = "updateMessageSendSucceeded";
                      update["message"] = message({true, text}, letters.chats[id].size() - 1);
                    } else if (answers == Answers::refuses) {
                      update["@type"] = "updateMessageSendFailed";
                      update["message"] = pending;
                      update["error"] = {{"@type", "error"}, {"code", code}, {"message", error}};
                    }
                    if (answers != Answers::is_silent) {
                      asio::post(run.context, [&run, id, update] {
                        if (run.runner) run.runner->feed(id, update);  // not after a kill
                      });
                    }
                    return telegram::Response(std::move(pending));
                  });
  }

  static JobId start(PanelRun& run, const std::vector<AccountId>& accounts,
                     std::string text = "hello") {
    NewJob job{.action = MessageSpec{"@walter", std::move(text)}, .started_by = 42, .accounts = {}};
    for (const auto id : accounts) job.accounts.push_back({id, "Account " + std::to_string(id)});
    auto id = test::run(run.context, run.runner->start(std::move(job)));
    if (!id) throw std::runtime_error(id.error().message);
    return *id;
  }

  static std::string reason(PanelRun& run, JobId id, std::size_t position) {
    return run.runner->job(id)->items[position].reason.english();
  }

  static std::vector<storage::AuditRow> audit(PanelRun& run) {
    storage::AuditRepository rows(*run.database);
    auto all = test::run(run.context, rows.since(0));
    if (!all) throw std::runtime_error(all.error().message);
    return *all;
  }
};

TEST_F(Once, EachAccountSendsOnceAndTheAuditSaysSo) {
  PanelRun run(file, server, clock, 3);
  run.resume();
  for (AccountId id = 1; id <= 3; ++id) open_chat(run, id);
  const auto id = start(run, {1, 2, 3});
  run.until_over(id);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(run.state(id, i), ItemState::done) << i;
  EXPECT_EQ(letters.sent, (std::map<AccountId, int>{{1, 1}, {2, 1}, {3, 1}}));
  const auto rows = audit(run);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].action, "message");
  EXPECT_EQ(rows[0].target, "@walter");
  EXPECT_EQ(rows[0].outcome, "done");
  EXPECT_EQ(rows[0].admin_id, 42);
}

TEST_F(Once, TheMarkAndTheCountAreOnDiskBeforeTheHandingOver) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  letters.chats[1] = {{true, "old"}, {true, "older"}};
  open_chat(run, 1);
  bool looked = false;
  run.client(1).answer("sendMessage", [&](const Json&) {
    looked = true;
    return std::optional<telegram::Response>();  // never answered
  });
  const auto id = start(run, {1});
  run.until([&] { return looked; });
  const auto rows = test::run(run.context, run.repository->load(1));
  ASSERT_TRUE(rows);
  const auto& item = rows->front().items.front();
  EXPECT_EQ(item.state, "handed");
  EXPECT_EQ(actions::read_mark(item.mark),
            (actions::Mark{.chat_id = kWalter, .newest = from_server_message_id(2)}));
  storage::ContactRepository contacts(*run.database);
  EXPECT_EQ(test::run(run.context, contacts.load_contacts(0))->size(), 1U);
  EXPECT_EQ(run.state(id, 0), ItemState::handed);
}

TEST_F(Once, AfterAKillWhatArrivedIsFoundAndWhatDidNotIsUnknown) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 2);
    run.resume();
    open_chat(run, 1, Answers::is_silent, true);
    open_chat(run, 2, Answers::is_silent, false);
    id = start(run, {1, 2});
    run.until([&] {
      return run.client(1).count("sendMessage") + run.client(2).count("sendMessage") == 2;
    });
  }
  PanelRun run(file, server, clock, 2);
  for (AccountId account = 1; account <= 2; ++account) open_chat(run, account);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(run.state(id, 1), ItemState::unknown);
  EXPECT_NE(reason(run, id, 1).find("not sent again"), std::string::npos);
  EXPECT_EQ(run.client(1).count("sendMessage") + run.client(2).count("sendMessage"), 0U);
  EXPECT_EQ(audit(run).size(), 2U);
}

TEST_F(Once, AnOldMessageWithTheSameTextIsNotTakenForThisOne) {
  letters.chats[1] = {{true, "hello"}, {false, "hello"}};
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    open_chat(run, 1, Answers::is_silent, false);
    id = start(run, {1});
    run.until([&] { return run.client(1).count("sendMessage") == 1; });
  }
  letters.chats[1].push_back({false, "hello"});  // Walter's own
  PanelRun run(file, server, clock, 1);
  open_chat(run, 1);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::unknown);
}

TEST_F(Once, WhenTheLookHasToWaitItIsDoneLaterAndNothingIsSent) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    open_chat(run, 1, Answers::is_silent, true);
    id = start(run, {1});
    run.until([&] { return run.client(1).count("sendMessage") == 1; });
  }
  PanelRun run(file, server, clock, 1);
  open_chat(run, 1);
  run.client(1).refuse("getChatHistory", 429, "Too Many Requests: retry after 100");
  run.resume();
  run.until([&] { return run.client(1).count("getChatHistory") == 1; });
  run.until([&] { return run.runner->job(id)->items[0].not_before != Instant{}; });
  test::run_ready(run.context);
  EXPECT_EQ(run.state(id, 0), ItemState::handed);
  open_chat(run, 1);
  run.pass(std::chrono::seconds{101});
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(run.client(1).count("sendMessage"), 0U);
}

TEST_F(Once, AnAccountThatIsGoneLeavesItUnknown) {
  JobId id = 0;
  {
    PanelRun run(file, server, clock, 1);
    run.resume();
    open_chat(run, 1, Answers::is_silent, true);
    id = start(run, {1});
    run.until([&] { return run.client(1).count("sendMessage") == 1; });
  }
  PanelRun run(file, server, clock, 0);
  run.resume();
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::unknown);
}

TEST_F(Once, PeerFloodStopsTheAccountAndReleasesTheCount) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  open_chat(run, 1, Answers::refuses, false);
  int told = 0;
  run.runner->contacts().on_stop([&] { ++told; });
  const auto first = start(run, {1});
  run.until_over(first);
  EXPECT_EQ(run.state(first, 0), ItemState::failed);
  EXPECT_EQ(told, 1);
  const auto second = start(run, {1});
  run.until_over(second);
  EXPECT_EQ(run.state(second, 0), ItemState::failed);
  EXPECT_EQ(run.client(1).count("sendMessage"), 1U);
  storage::ContactRepository contacts(*run.database);
  EXPECT_TRUE(test::run(run.context, contacts.load_contacts(0))->empty());
  letters.chats[1].push_back({false, "Who are you?"});
  open_chat(run, 1);
  const auto third = start(run, {1});
  run.until_over(third);
  EXPECT_EQ(run.state(third, 0), ItemState::done) << "who wrote is answered";
}

TEST_F(Once, AWaitOfTheSendingIsRememberedAndTheMessageGoesAfterIt) {
  PanelRun run(file, server, clock, 1);
  run.resume();
  open_chat(run, 1, Answers::refuses, false, "Too Many Requests: retry after 100", 429);
  const auto id = start(run, {1});
  run.until([&] { return run.state(id, 0) == ItemState::waiting; });
  EXPECT_TRUE(run.limiter->until(1, "sendMessage"));
  open_chat(run, 1);
  run.pass(std::chrono::seconds{101});
  run.until_over(id);
  EXPECT_EQ(run.state(id, 0), ItemState::done);
  EXPECT_EQ(letters.sent[1], 1);
}

TEST_F(Once, TheCapHoldsOverAccountsThatActAtTheSameTime) {
  PanelRun run(file, server, clock, 5);
  run.resume();
  for (AccountId id = 1; id <= 5; ++id) open_chat(run, id);
  const auto id = start(run, {1, 2, 3, 4, 5});
  run.until_over(id);
  int sent = 0;
  for (const auto& [account, times] : letters.sent) sent += times;
  EXPECT_EQ(sent, 3);
}

TEST_F(Once, AfterEveryDurableStepAKillNeverSendsTwice) {
  bool over = false;
  for (int steps = 1; !over; ++steps) {
    ASSERT_LT(steps, 40);
    letters = {};
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    {
      PanelRun run(file, server, clock, 3);
      run.resume();
      for (AccountId id = 1; id <= 3; ++id) open_chat(run, id);
      int seen = 0;
      const auto watch = run.runner->watch([&](const Job&) { ++seen; });
      const auto id = start(run, {1, 2, 3});
      run.until([&] { return seen >= steps || run.runner->job(id)->finished != Instant{}; });
      over = seen < steps;
    }
    PanelRun run(file, server, clock, 3);
    for (AccountId id = 1; id <= 3; ++id) open_chat(run, id);
    run.resume();
    for (const auto& job : run.runner->recent(10)) {
      run.until_over(job.id);
      const auto after = *run.runner->job(job.id);
      for (const auto& item : after.items) {
        const bool arrived = letters.sent[item.account_id] == 1;
        EXPECT_LE(letters.sent[item.account_id], 1) << steps;
        EXPECT_TRUE(item.state == ItemState::done || item.state == ItemState::unknown) << steps;
        if (item.state == ItemState::done) {
          EXPECT_TRUE(arrived) << steps;
        }
      }
    }
  }
}

}  // namespace
}  // namespace tgpanel::jobs
