#include "panel/audit_csv.hpp"

#include <gtest/gtest.h>

#include <string>
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

}  // namespace
}  // namespace tgpanel::panel
