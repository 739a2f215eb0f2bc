#include "actions/reaction.hpp"
#include "jobs/deeds.hpp"
#include "jobs/limiter.hpp"
#include "jobs/runner.hpp"
#include "panel/account_text.hpp"
#include "panel/panel_impl.hpp"
#include "panel/rotation.hpp"
#include "storage/database.hpp"
#include "storage/job_repository.hpp"
#include "support/fake_client.hpp"
#include "support/run.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::panel {
namespace {

using accounts::AccountState;

constexpr ChatId kChat = -1001234567890;
constexpr const char* kPublic = "https://t.me/durov/5";
constexpr const char* kPrivate = "https://t.me/c/1234567890/5";

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tgpanel-panel-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }

  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  ~TempFolder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Accounts as the panel and as jobs see them.
struct FakeAccounts final : AccountsPort, jobs::AccountSource {
  std::vector<accounts::Account> list;
  std::map<AccountId, std::shared_ptr<test::FakeClient>> clients;

  void add(AccountId id, AccountState state = AccountState::active) {
    accounts::Account account;
    account.id = id;
    account.name = "Account " + std::to_string(id);
    account.state = state;
    list.push_back(account);
    auto client = std::make_shared<test::FakeClient>(nullptr);
    Json text{{"@type", "formattedText"}, {"text", "Hello there"}};
    Json content{{"@type", "messageText"}, {"text", std::move(text)}};
    Json message{{"@type", "message"},
                 {"id", from_server_message_id(5)},
                 {"chat_id", kChat},
                 {"content", std::move(content)}};
    client->answer("getMessageLinkInfo", Json{{"chat_id", kChat}, {"message", std::move(message)}});
    client->answer("getChat", Json{{"@type", "chat"}, {"title", "News"}});
    clients[id] = std::move(client);
  }

  /// The account is no member of the private chat.
  void shut_out(AccountId id) {
    clients.at(id)->answer("getMessageLinkInfo", Json{{"chat_id", 0}, {"message", nullptr}});
  }

  [[nodiscard]] std::vector<accounts::Account> accounts() const override { return list; }

  Awaitable<Result<std::shared_ptr<accounts::Login>>> begin_login() override {
    co_return fail(Errc::busy, "10 logins are open already.");
  }

  std::vector<std::string> take_recovery_notes() override { return std::exchange(notes, {}); }

  [[nodiscard]] jobs::AccountStatus status(AccountId id) const override {
    for (const auto& account : list) {
      if (account.id != id) continue;
      const bool ready = account.state == AccountState::active;
      return {.readiness = ready ? jobs::Readiness::ready : jobs::Readiness::unusable,
              .name = account.name,
              .reason = why_not(account),
              .client = clients.at(id)};
    }
    return {};
  }

  std::vector<std::string> notes{"A login was interrupted."};
};

struct FakeMonitor final : MonitorPort {
  std::vector<monitor::Keyword> words;

  [[nodiscard]] std::vector<monitor::Keyword> keywords() const override { return words; }

  Awaitable<Result<std::vector<monitor::RuleOutcome>>> add_keywords(
      std::vector<std::string> lines) override {
    std::vector<monitor::RuleOutcome> outcomes;
    for (auto& line : lines) {
      words.push_back({.id = 1, .text = std::move(line), .added = {}});
      outcomes.push_back(
          {.fate = monitor::RuleOutcome::Fate::added, .keyword = words.back(), .reason = {}});
    }
    co_return outcomes;
  }

  Awaitable<Result<monitor::Ignored>> ignore(std::string who) override {
    co_return monitor::Ignored{.id = 9, .peer_id = 5, .name = std::move(who), .added = {}};
  }

  Awaitable<Result<monitor::Keyword>> remove_keyword(KeywordId) override {
    co_return fail(Errc::not_found, "Removed already.");
  }

  [[nodiscard]] std::vector<monitor::Ignored> ignored() const override { return {}; }

  Awaitable<Result<monitor::Ignored>> ignore_sender_of(AlertId alert) override {
    co_return monitor::Ignored{.id = 9, .peer_id = alert, .name = "Spammer", .added = {}};
  }

  Awaitable<Result<monitor::Ignored>> remove_ignored(std::int64_t) override {
    co_return fail(Errc::not_found, "Removed already.");
  }
};

struct PanelTest : testing::Test {
  void SetUp() override {
    auto opened = storage::Database::open(folder.path() / "panel.db", context.get_executor());
    ASSERT_TRUE(opened) << opened.error().message;
    database = std::move(*opened);
    repository = std::make_unique<storage::JobRepository>(*database);
    limiter = std::make_unique<jobs::Limiter>(*repository, clock, context.get_executor());
    runner = std::make_unique<jobs::Runner>(jobs::RunnerParts{
        .executor = context.get_executor(),
        .clock = clock,
        .repository = *repository,
        .limiter = *limiter,
        .accounts = accounts,
        .deeds = *deeds,
        .pace = {.panel_gap = Millis{1'000}, .account_gap = Millis{0}, .jitter = 0},
        .random = [] { return 0.5; }});
    panel = std::make_unique<PanelImpl>(accounts, rules, *runner, *repository);
    ASSERT_TRUE(test::run(context, runner->resume()));
  }

  Result<ReactionPreview> preview(int count, const char* link = kPublic, const char* emoji = "👍") {
    jobs::ReactionSpec spec{.link = link, .emoji = emoji};
    return test::run(context, panel->preview_reaction(std::move(spec), count));
  }

  static std::vector<AccountId> ids(const ReactionPreview& shown) {
    std::vector<AccountId> all;
    for (const auto& account : shown.accounts) all.push_back(account.id);
    return all;
  }

  TempFolder folder;
  asio::io_context context;
  ManualClock clock{from_unix_ms(1'700'000'000'000)};
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<storage::JobRepository> repository;
  std::unique_ptr<jobs::Limiter> limiter;
  FakeAccounts accounts;
  FakeMonitor rules;
  std::unique_ptr<jobs::Deeds> deeds = jobs::telegram_deeds();
  std::unique_ptr<jobs::Runner> runner;
  std::unique_ptr<PanelImpl> panel;
};

using Ids = std::vector<AccountId>;

TEST(Rotation, BeginsAfterTheLastOne) {
  std::vector<accounts::Account> all(3);
  all[0].id = 5;
  all[1].id = 2;
  all[2].id = 9;
  const auto order = [&](AccountId last) {
    Ids ids;
    for (const auto& account : rotated(all, last)) ids.push_back(account.id);
    return ids;
  };
  EXPECT_EQ(order(0), (Ids{2, 5, 9}));
  EXPECT_EQ(order(2), (Ids{5, 9, 2}));
  EXPECT_EQ(order(9), (Ids{2, 5, 9}));
  EXPECT_EQ(order(4), (Ids{5, 9, 2}));  // 4 was deleted meanwhile
  EXPECT_TRUE(rotated({}, 3).empty());
}

TEST(AccountText, HasASentenceForEveryState) {
  for (const auto state :
       {AccountState::connecting, AccountState::disabled, AccountState::login_needed,
        AccountState::banned, AccountState::duplicated_key, AccountState::wrong_key,
        AccountState::deleting}) {
    accounts::Account account;
    account.state = state;
    EXPECT_TRUE(why_not(account).ends_with('.'));
    account.reason = "Its own reason.";
    EXPECT_EQ(why_not(account), "Its own reason.");
  }
  accounts::Account account;
  account.state = AccountState::active;
  EXPECT_TRUE(why_not(account).empty());
}

TEST_F(PanelTest, PreviewSaysWhoWhatAndHowLong) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  accounts.add(5, AccountState::disabled);
  const auto shown = preview(3, kPublic, "\u2764\ufe0f");
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(shown->chat_title, "News");
  EXPECT_EQ(shown->message_excerpt, "Hello there");
  EXPECT_EQ(shown->spec.emoji, "\u2764");
  EXPECT_EQ(shown->spec.link, kPublic);
  EXPECT_EQ(ids(*shown), (Ids{1, 2, 3}));
  EXPECT_EQ(shown->left_out, std::vector<std::string>{"Account 5: It is switched off."});
  EXPECT_EQ(shown->expected_duration, Millis{2'000});
  EXPECT_TRUE(panel->recent_jobs(10).empty());
}

TEST_F(PanelTest, APublicMessageIsLookedUpOnce) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  ASSERT_TRUE(preview(4));
  std::size_t calls = 0;
  for (const auto& [id, client] : accounts.clients) calls += client->count("getMessageLinkInfo");
  EXPECT_EQ(calls, 1U);
}

TEST_F(PanelTest, ReplacesAccountsThatAreNotInAPrivateChat) {
  for (AccountId id = 1; id <= 4; ++id) accounts.add(id);
  accounts.shut_out(2);
  const auto shown = preview(3, kPrivate);
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), (Ids{1, 3, 4}));
  ASSERT_EQ(shown->left_out.size(), 1U);
  EXPECT_NE(shown->left_out[0].find("Account 2: This account is not a member"), std::string::npos);
}

TEST_F(PanelTest, SaysWhenNoAccountFindsTheMessage) {
  for (AccountId id = 1; id <= 2; ++id) {
    accounts.add(id);
    accounts.shut_out(id);
  }
  const auto shown = preview(1, kPrivate);
  ASSERT_FALSE(shown);
  EXPECT_EQ(shown.error().code, Errc::not_found);
  EXPECT_NE(shown.error().message.find("not a member"), std::string::npos);
}

TEST_F(PanelTest, OneAccountThatMustWaitDoesNotStopTheLookUp) {
  accounts.add(1);
  accounts.add(2);
  accounts.clients[1]->refuse("getMessageLinkInfo", 429, "Too Many Requests: retry after 100");
  const auto shown = preview(1);
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(ids(*shown), Ids{2});
}

TEST_F(PanelTest, RefusesInPlainWords) {
  EXPECT_EQ(preview(1).error().code, Errc::login_needed);
  accounts.add(1, AccountState::login_needed);
  EXPECT_EQ(preview(1).error().code, Errc::login_needed);
  accounts.add(2);
  EXPECT_NE(preview(2).error().message.find("choose 1."), std::string::npos);
  accounts.add(3);
  for (const int count : {-1, 0, 3, 1'000'000}) {
    const auto shown = preview(count);
    ASSERT_FALSE(shown) << count;
    EXPECT_EQ(shown.error().code, Errc::invalid);
    EXPECT_NE(shown.error().message.find("from 1 to 2"), std::string::npos);
  }
  EXPECT_EQ(preview(1, "hello").error().code, Errc::invalid);
  EXPECT_EQ(preview(1, kPublic, "😂").error().code, Errc::invalid);
  EXPECT_EQ(panel->check_message_link("hello").error().code, Errc::invalid);
  EXPECT_TRUE(panel->check_message_link(kPublic));
}

TEST_F(PanelTest, TheChoiceRotates) {
  for (AccountId id = 1; id <= 3; ++id) accounts.add(id);
  const auto start = [&](ReactionPreview shown) {
    return test::run(context, panel->start_reaction(std::move(shown), 42));
  };
  auto first = preview(2);
  EXPECT_EQ(ids(*first), (Ids{1, 2}));
  EXPECT_EQ(ids(*preview(2)), (Ids{1, 2}));  // a look alone moves nothing
  ASSERT_TRUE(start(std::move(*first)));
  auto second = preview(2);
  EXPECT_EQ(ids(*second), (Ids{3, 1}));
  ASSERT_TRUE(start(std::move(*second)));
  EXPECT_EQ(ids(*preview(2)), (Ids{2, 3}));
}

TEST_F(PanelTest, AStartedJobRunsAndIsWatched) {
  for (AccountId id = 1; id <= 2; ++id) accounts.add(id);
  int changes = 0;
  auto watching = panel->watch_jobs([&](const jobs::Job&) { ++changes; });
  auto shown = preview(2);
  const auto id = test::run(context, panel->start_reaction(std::move(*shown), 42));
  ASSERT_TRUE(id) << id.error().message;
  test::run_until(context,
                  [&] { return panel->job(*id)->items[0].state == jobs::ItemState::done; });
  EXPECT_GT(changes, 1);
  watching.reset();
  const int before = changes;
  ASSERT_TRUE(test::run(context, panel->cancel_job(*id)));
  EXPECT_EQ(changes, before);
  const auto job = panel->recent_jobs(1).at(0);
  EXPECT_EQ(job.started_by, 42);
  EXPECT_EQ(job.state, jobs::JobState::cancelled);
  EXPECT_EQ(job.items[1].state, jobs::ItemState::skipped);
}

TEST_F(PanelTest, ASubscriptionMayOutliveTheJobs) {
  auto watching = panel->watch_jobs([](const jobs::Job&) {});
  panel.reset();
  runner.reset();
  watching.reset();
}

TEST_F(PanelTest, AnEmptyOrForgedPreviewIsRefused) {
  accounts.add(1);
  ReactionPreview forged;
  forged.spec = {.link = kPublic, .emoji = "👍"};
  EXPECT_EQ(test::run(context, panel->start_reaction(forged, 42)).error().code, Errc::invalid);
  forged.accounts = accounts.list;
  forged.spec.emoji = "x";
  EXPECT_EQ(test::run(context, panel->start_reaction(forged, 42)).error().code, Errc::invalid);
  forged.spec = {.link = "x", .emoji = "👍"};
  EXPECT_EQ(test::run(context, panel->start_reaction(forged, 42)).error().code, Errc::invalid);
  EXPECT_TRUE(panel->recent_jobs(1).empty());
}

TEST_F(PanelTest, PassesOnAccountsAndRules) {
  accounts.add(1);
  EXPECT_EQ(panel->accounts().size(), 1U);
  EXPECT_EQ(test::run(context, panel->begin_login()).error().code, Errc::busy);
  EXPECT_EQ(panel->take_recovery_notes().size(), 1U);
  EXPECT_TRUE(panel->take_recovery_notes().empty());
  EXPECT_EQ(test::run(context, panel->add_keywords({"urgent"}))->front().keyword.text, "urgent");
  EXPECT_EQ(test::run(context, panel->ignore("@spam"))->name, "@spam");
  EXPECT_EQ(panel->keywords().size(), 1U);
  EXPECT_EQ(test::run(context, panel->remove_keyword(7)).error().code, Errc::not_found);
  EXPECT_EQ(test::run(context, panel->ignore_sender_of(12))->peer_id, 12);
  EXPECT_EQ(test::run(context, panel->remove_ignored(3)).error().code, Errc::not_found);
  EXPECT_TRUE(panel->ignored().empty());
}

}  // namespace
}  // namespace tgpanel::panel
