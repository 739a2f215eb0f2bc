#include "panel/preferences.hpp"

#include "panel/stored_preferences.hpp"
#include "storage/audit_repository.hpp"
#include "storage/database.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace tgpanel::panel {
namespace {

using test::run;

constexpr UserId kDana = 500;
constexpr UserId kEve = 501;

class PreferencesTest : public testing::Test {
 protected:
  StoredPreferences again(std::int64_t language = 0) {
    return StoredPreferences(*database, clock, language);
  }

  void SetUp() override {
    ASSERT_TRUE(run(context, preferences.load()));
    preferences.on_change([this](Preference key) { changes.push_back(key); });
  }

  test::TempDir dir;
  asio::io_context context;
  ManualClock clock{from_unix_ms(1'700'000'000'000)};
  std::unique_ptr<storage::Database> database =
      std::move(storage::Database::open(dir / "panel.db", context.get_executor()).value());
  StoredPreferences preferences{*database, clock, 0};
  std::vector<Preference> changes;
};

TEST_F(PreferencesTest, TheTableIsInOrderAndEveryDefaultIsInRange) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < preference_table().size(); ++i) {
    const auto& spec = preference_table()[i];
    EXPECT_EQ(static_cast<std::size_t>(spec.key), i);
    EXPECT_EQ(&spec_of(spec.key), &spec);
    EXPECT_EQ(find_preference(spec.name), &spec);
    EXPECT_LE(spec.minimum, spec.fallback) << spec.name;
    EXPECT_LE(spec.fallback, spec.maximum) << spec.name;
    names.insert(spec.name);
  }
  EXPECT_EQ(names.size(), preference_table().size());
  EXPECT_EQ(find_preference("colour"), nullptr);
  EXPECT_EQ(spec_of(Preference::per_recipient).fallback, 3);
  EXPECT_EQ(spec_of(Preference::per_account).fallback, 20);
  EXPECT_EQ(spec_of(Preference::flood_stop).fallback, 24);
}

TEST_F(PreferencesTest, AChangeHoldsAtOnceAndAfterARestart) {
  EXPECT_EQ(preferences.value(Preference::per_recipient, kDana), 3);
  ASSERT_TRUE(run(context, preferences.set(Preference::per_recipient, 5, kDana)));
  EXPECT_EQ(preferences.value(Preference::per_recipient, kDana), 5);
  EXPECT_EQ(preferences.value(Preference::per_recipient, kEve), 5) << "it is the panel's";
  EXPECT_EQ(changes, std::vector{Preference::per_recipient});
  auto next = again();
  ASSERT_TRUE(run(context, next.load()));
  EXPECT_EQ(next.value(Preference::per_recipient, kEve), 5);
}

TEST_F(PreferencesTest, BackToTheDefaultLeavesNothingBehind) {
  ASSERT_TRUE(run(context, preferences.set(Preference::digest, 7, kDana)));
  ASSERT_TRUE(run(context, preferences.set(Preference::digest, std::nullopt, kEve)));
  EXPECT_EQ(preferences.value(Preference::digest, kDana), spec_of(Preference::digest).fallback);
  EXPECT_EQ(changes.size(), 2U);
  storage::PreferenceRepository rows(*database);
  EXPECT_TRUE(run(context, rows.all()).value().empty());
}

TEST_F(PreferencesTest, TheLanguageIsEachAdminsOwn) {
  ASSERT_TRUE(run(context, preferences.set(Preference::language, 1, kDana)));
  EXPECT_EQ(preferences.value(Preference::language, kDana), 1);
  EXPECT_EQ(preferences.value(Preference::language, kEve), 0);
  EXPECT_EQ(preferences.value(Preference::language, 0), 0) << "the alert channel's";
  auto persian = again(1);
  ASSERT_TRUE(run(context, persian.load()));
  EXPECT_EQ(persian.value(Preference::language, kEve), 1) << "the start-up setting";
}

TEST_F(PreferencesTest, WhatIsOutOfRangeIsRefusedAndChangesNothing) {
  for (const std::int64_t bad : {-1, 101, 1'000'000}) {
    const auto refused = run(context, preferences.set(Preference::per_recipient, bad, kDana));
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, Errc::invalid);
  }
  EXPECT_EQ(preferences.value(Preference::per_recipient, kDana), 3);
  for (const std::int64_t bad : {0, 721}) {
    EXPECT_FALSE(run(context, preferences.set(Preference::flood_stop, bad, kDana))) << bad;
  }
  EXPECT_TRUE(changes.empty());
}

TEST_F(PreferencesTest, AStoredValueThatDoesNotFitCountsAsTheDefault) {
  auto spoil = [](SQLite::Database& db) {
    db.exec("INSERT INTO preference VALUES (0, 'digest', -5, 1, 1), (0, 'colour', 1, 1, 1)");
  };
  ASSERT_TRUE(run(context, database->run(std::move(spoil))));
  auto next = again();
  ASSERT_TRUE(run(context, next.load()));
  EXPECT_EQ(next.value(Preference::digest, kDana), spec_of(Preference::digest).fallback);
}

TEST_F(PreferencesTest, TheAuditSaysWhoChangedWhatOfThePanel) {
  ASSERT_TRUE(run(context, preferences.set(Preference::per_account, 25, kEve)));
  ASSERT_TRUE(run(context, preferences.set(Preference::language, 1, kDana)));
  ASSERT_TRUE(run(context, preferences.set(Preference::flood_stop, 48, kDana)));
  storage::AuditRepository audit(*database);
  const auto rows = run(context, audit.since(0)).value();
  ASSERT_EQ(rows.size(), 2U) << "a personal one is nobody else's business";
  EXPECT_EQ(rows[0].admin_id, kEve);
  EXPECT_EQ(rows[0].action, "setting");
  EXPECT_EQ(rows[0].target, "messages_per_account");
  EXPECT_EQ(rows[0].reason, "20 → 25");
  EXPECT_EQ(rows[1].target, "stop_after_peer_flood");
  EXPECT_EQ(rows[1].reason, "24 → 48");
}

}  // namespace
}  // namespace tgpanel::panel
