#pragma once
// A panel over fake accounts with fake clients, a real runner and a real database.

#include "jobs/deeds.hpp"
#include "jobs/limiter.hpp"
#include "jobs/runner.hpp"
#include "panel/account_text.hpp"
#include "panel/panel_impl.hpp"
#include "panel/stored_preferences.hpp"
#include "storage/database.hpp"
#include "storage/job_repository.hpp"
#include "unit/bot/fake_desk.hpp"
#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::panel {

using accounts::AccountState;

inline constexpr ChatId kChat = -1001234567890;
inline constexpr const char* kPublic = "https://t.me/durov/5";
inline constexpr const char* kPrivate = "https://t.me/c/1234567890/5";

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

inline std::vector<std::string> english(const std::vector<Sentence>& sentences) {
  std::vector<std::string> all;
  for (const auto& sentence : sentences) all.push_back(sentence.english());
  return all;
}

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

  std::vector<Sentence> take_recovery_notes() override { return std::exchange(notes, {}); }

  [[nodiscard]] bool had_unfinished_login() const override { return unfinished_login; }

  void retry_kept_logins() override { ++retries; }

  bool unfinished_login = false;
  int retries = 0;

  Awaitable<> reopened(AccountId) const override { co_return; }

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

  std::vector<Sentence> notes{Sentence::plain("A login was interrupted.")};
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

  Awaitable<Result<monitor::Trial>> try_rule(std::string, std::string, std::size_t) override {
    co_return monitor::Trial{};
  }

  [[nodiscard]] std::vector<monitor::Group> groups() const override { return {}; }

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
    preferences = std::make_unique<StoredPreferences>(*database, clock, 0);
    panel = std::make_unique<PanelImpl>(accounts, rules, *runner, *repository, desk,
                                        Surroundings{*preferences, clock, "UTC"});
    ASSERT_TRUE(test::run(context, runner->resume()));
  }

  Result<ActionPreview> preview(int count, const char* link = kPublic, const char* emoji = "👍") {
    jobs::ReactionSpec spec{.link = link, .emoji = emoji};
    return test::run(context, panel->preview_action(std::move(spec), Some{count}));
  }

  static std::vector<AccountId> ids(const ActionPreview& shown) {
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
  bot::FakeDesk desk;
  std::unique_ptr<StoredPreferences> preferences;
  std::unique_ptr<PanelImpl> panel;
};

using Ids = std::vector<AccountId>;

}  // namespace tgpanel::panel
