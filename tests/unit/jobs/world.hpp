#pragma once
// A small Telegram for jobs: one message, accounts behind fake clients, and a panel run that can be
// thrown away at any moment (as kill -9 would) and begun anew on the same database file.

#include "jobs/account_source.hpp"
#include "jobs/deeds.hpp"
#include "jobs/limiter.hpp"
#include "jobs/runner.hpp"
#include "storage/database.hpp"
#include "storage/job_repository.hpp"
#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::jobs {

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tgpanel-jobs-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }

  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  ~TempFolder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// What Telegram knows; survives the panel.
struct Server {
  std::map<AccountId, std::string> chosen;  // whose reaction is on the message
  std::map<AccountId, int> added;           // calls that reached it
};

/// Accounts as the runner sees them, with clients that act on the server.
class FakeAccounts final : public AccountSource {
 public:
  explicit FakeAccounts(Server& server) : server_(server) {}

  void add(AccountId id) {
    auto client = std::make_shared<test::FakeClient>(nullptr);
    Server* server = &server_;
    client->answer("getMessageLinkInfo", [id, server](const Json&) {
      Json reactions = Json::array();
      if (const auto found = server->chosen.find(id); found != server->chosen.end()) {
        reactions.push_back({{"type", {{"@type", "reactionTypeEmoji"}, {"emoji", found->second}}},
                             {"is_chosen", true}});
      }
      Json message{{"@type", "message"},
                   {"id", from_server_message_id(5)},
                   {"chat_id", -1001},
                   {"interaction_info", {{"reactions", {{"reactions", reactions}}}}}};
      return telegram::Response(Json{{"chat_id", -1001}, {"message", std::move(message)}});
    });
    client->answer("addMessageReaction", [id, server](const Json& function) {
      ++server->added[id];
      server->chosen[id] = function["reaction_type"]["emoji"];
      return telegram::Response(Json{{"@type", "ok"}});
    });
    statuses[id] = {.readiness = Readiness::ready,
                    .name = "Account " + std::to_string(id),
                    .reason = {},
                    .client = client};
    clients[id] = std::move(client);
  }

  Awaitable<> reopened(AccountId id) const override {
    if (!reopening.contains(id)) co_return;
    auto wait = [this](telegram::Completion<bool> done) { waiters.push_back(std::move(done)); };
    co_await telegram::await_completion<bool>(std::move(wait));
  }

  /// The account's client is closed and opened again until come_back().
  void go_away(AccountId id) {
    reopening.insert(id);
    statuses.at(id).client = nullptr;
  }

  void come_back(AccountId id) {
    reopening.erase(id);
    statuses.at(id).client = clients.at(id);
    for (auto& waiter : std::exchange(waiters, {})) waiter(true);
  }

  [[nodiscard]] AccountStatus status(AccountId id) const override {
    const auto found = statuses.find(id);
    if (found != statuses.end()) return found->second;
    return {.readiness = Readiness::unusable,
            .name = {},
            .reason = Sentence::plain("It was deleted."),
            .client = {}};
  }

  std::map<AccountId, AccountStatus> statuses;
  std::map<AccountId, std::shared_ptr<test::FakeClient>> clients;
  std::set<AccountId> reopening;
  mutable std::vector<telegram::Completion<bool>> waiters;

 private:
  Server& server_;
};

inline constexpr Pace kNoPace{.panel_gap = Millis{0}, .account_gap = Millis{0}, .jitter = 0};
// Takes every call for one that TDLib sleeps through.
inline constexpr LimiterSettings kQuick{.silence = Millis{1}, .sleep = Millis{60'000}};

/// One run of the panel. Destroying it without stop() is a kill.
struct PanelRun {
  PanelRun(const std::filesystem::path& file, Server& server, ManualClock& wall, int count,
           Pace pace = kNoPace, LimiterSettings limits = {})
      : clock(wall), accounts(server) {
    auto opened = storage::Database::open(file, context.get_executor());
    if (!opened) throw std::runtime_error(opened.error().message);
    database = std::move(*opened);
    repository = std::make_unique<storage::JobRepository>(*database);
    limiter = std::make_unique<Limiter>(*repository, clock, context.get_executor(), limits);
    for (AccountId id = 1; id <= count; ++id) accounts.add(id);
    runner = std::make_unique<Runner>(RunnerParts{.executor = context.get_executor(),
                                                  .clock = clock,
                                                  .repository = *repository,
                                                  .limiter = *limiter,
                                                  .accounts = accounts,
                                                  .deeds = *deeds,
                                                  .pace = pace,
                                                  .random = [] { return 0.5; },
                                                  .storage_retry = Millis{1},
                                                  .admins = {900}});
  }

  PanelRun(const PanelRun&) = delete;
  PanelRun& operator=(const PanelRun&) = delete;

  /// From the first line on nothing is written any more. Unanswered requests are then ended, since
  /// a fake client and the coroutine that waits for it own each other.
  ~PanelRun() {
    runner.reset();
    limiter->stop();
    for (const auto& [id, client] : accounts.clients) {
      client->push_authorization("authorizationStateClosed");
    }
    test::run_ready(context);
  }

  void resume() {
    ASSERT_TRUE(test::run(context, limiter->load()));
    ASSERT_TRUE(test::run(context, runner->resume()));
  }

  JobId start(int count) {
    NewJob job{.action = ReactionSpec{.link = "https://t.me/durov/5", .emoji = "👍"},
               .started_by = 42,
               .accounts = {}};
    for (AccountId id = 1; id <= count; ++id) {
      job.accounts.push_back({id, "Account " + std::to_string(id)});
    }
    auto id = test::run(context, runner->start(std::move(job)));
    if (!id) throw std::runtime_error(id.error().message);
    return *id;
  }

  void until(const std::function<bool()>& done) { test::run_until(context, done); }

  void until_over(JobId id) {
    until([&] { return runner->job(id)->finished != Instant{}; });
  }

  [[nodiscard]] ItemState state(JobId id, std::size_t position) const {
    return runner->job(id)->items[position].state;
  }

  [[nodiscard]] test::FakeClient& client(AccountId id) { return *accounts.clients.at(id); }

  void pass(Millis time) {
    clock.advance(time);
    runner->wake();
  }

  asio::io_context context;
  ManualClock& clock;
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<storage::JobRepository> repository;
  std::unique_ptr<Limiter> limiter;
  FakeAccounts accounts;
  std::unique_ptr<Deeds> deeds = telegram_deeds();
  std::unique_ptr<Runner> runner;
};

/// The base of the tests: a database file and a server that outlive each PanelRun.
struct World : testing::Test {
  TempFolder folder;
  std::filesystem::path file = folder / "panel.db";
  Server server;
  ManualClock clock{from_unix_ms(1'700'000'000'000)};
};

}  // namespace tgpanel::jobs
