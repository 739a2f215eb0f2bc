#include "panel/audit_csv.hpp"

#include "panel_fixture.hpp"
#include "storage/database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::panel {
namespace {

TEST(AuditCsv, PlainTextsStayAsTheyAre) {
  EXPECT_EQ(csv_field(""), "");
  EXPECT_EQ(csv_field("Alice"), "Alice");
  EXPECT_EQ(csv_field("علی"), "علی");
  EXPECT_EQ(csv_field("https://t.me/news/5"), "https://t.me/news/5");
}

TEST(AuditCsv, SeparatorsQuotesAndLinesAreQuoted) {
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(csv_field("a\r\nb"), "\"a\r\nb\"");
  EXPECT_EQ(csv_field(" a"), "\" a\"");
}

TEST(AuditCsv, NoFieldIsAFormula) {
  for (const std::string formula :
       {"=1+1", "+1", "-1", "@walter", "\t=1", "\r=1", " =1", "\u200b@x"}) {
    auto field = csv_field(formula);
    if (field.starts_with('"')) field.erase(0, 1);
    EXPECT_TRUE(field.starts_with('\'')) << formula;
  }
  EXPECT_EQ(csv_field("=HYPERLINK(\"http://x\",\"y\")"),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
}

TEST(AuditCsv, WhatIsNoTextDoesNotGetOut) {
  EXPECT_EQ(csv_field("a\xff"), "\ufffd");
  EXPECT_EQ(csv_field(std::string_view("a\0b", 3)), "a\ufffdb");
}

TEST(AuditCsv, OneLineForEachAct) {
  const std::vector<storage::AuditRow> rows{{.at_ms = 1'700'000'000'999,
                                             .admin_id = 42,
                                             .job_id = 7,
                                             .account_id = 3,
                                             .account_name = "Ann, of the desk",
                                             .action = "message",
                                             .target = "@walter",
                                             .outcome = "failed",
                                             .reason = "No."}};
  EXPECT_EQ(audit_csv(rows),
            "time,admin_id,job_id,account_id,account,action,target,outcome,reason\r\n"
            "2023-11-14T22:13:20Z,42,7,3,\"Ann, of the desk\",message,'@walter,failed,No.\r\n");
  EXPECT_EQ(audit_csv({}),
            "time,admin_id,job_id,account_id,account,action,target,outcome,reason\r\n");
}

class AuditExportTest : public PanelTest {
 protected:
  void write(std::size_t acts) {
    std::vector<storage::AuditRow> rows(acts);
    for (std::size_t i = 0; i < acts; ++i) rows[i].target = "t" + std::to_string(i);
    auto work = [rows](SQLite::Database& db) { storage::write_audit(db, rows); };
    ASSERT_TRUE(test::run(context, database->run(std::move(work))));
  }

  AuditExport read() { return test::run(context, panel->export_audit()).value(); }

  static long lines(const std::string& csv) { return std::ranges::count(csv, '\n'); }
};

TEST_F(AuditExportTest, HoldsALineForEachActTheOldestFirst) {
  EXPECT_EQ(read().acts, 0U);
  write(3);
  const auto all = read();
  EXPECT_EQ(all.acts, 3U);
  EXPECT_TRUE(all.whole);
  EXPECT_EQ(lines(all.csv), 4) << "and a header";
  EXPECT_LT(all.csv.find(",t0,"), all.csv.find(",t2,"));
}

TEST_F(AuditExportTest, OfManyTheNewestAlone) {
  write(kMostExportedActs);
  EXPECT_TRUE(read().whole);
  write(2);
  const auto newest = read();
  EXPECT_FALSE(newest.whole);
  EXPECT_EQ(newest.acts, kMostExportedActs);
  EXPECT_EQ(lines(newest.csv), static_cast<long>(kMostExportedActs) + 1);
  EXPECT_TRUE(newest.csv.ends_with(",t1,,\r\n"));
  EXPECT_EQ(newest.csv.find(",t1,"), newest.csv.rfind(",t1,")) << "the oldest two are left out";
}

}  // namespace
}  // namespace tgpanel::panel
