#include "backup/layout.hpp"

#include "backup/quarantine.hpp"
#include "unit/support/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::backup {
namespace {

using ::testing::HasSubstr;

TEST(BackupLayout, NamesThatThereAre) {
  for (const std::string_view name :
       {"panel.db", "manifest.json", "sessions/0af/td.binlog", "sessions/0af/td_test.binlog",
        "bot/7000001/key", "bot/7000001/session/td.binlog"}) {
    EXPECT_TRUE(is_member_name(name)) << name;
  }
}

TEST(BackupLayout, NoOtherNameIsWrittenAnywhere) {
  for (const std::string_view name :
       {"", "/", "panel.db/", "../panel.db", "sessions/../td.binlog", "sessions//td.binlog",
        "sessions/a/../../td.binlog", "/etc/passwd", "sessions/a/other", "sessions/td.binlog",
        "sessions/a.b/td.binlog", "bot/1/session/key", "bot/1/session", "bot/../key", "key.check",
        "master.key", "lock", "sessions/a/td.binlog/x", "bot/1/session/td.binlog/x"}) {
    EXPECT_FALSE(is_member_name(name)) << name;
  }
}

TEST(BackupLayout, AManifestReadsBack) {
  Manifest manifest{.panel = "0.1.0",
                    .made = from_unix_ms(77),
                    .data_dir = "/var/lib/tgpanel",
                    .members = {{"panel.db", entry_of("content")}}};
  const auto back = manifest_from_json(to_json(manifest));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->panel, "0.1.0");
  EXPECT_EQ(to_unix_ms(back->made), 77);
  EXPECT_EQ(back->data_dir, "/var/lib/tgpanel");
  EXPECT_EQ(back->members, manifest.members);
  EXPECT_EQ(back->members.at("panel.db").size, 7);
  EXPECT_NE(entry_of("content"), entry_of("kontent"));
}

TEST(BackupLayout, WhatIsNoManifestIsSaid) {
  for (const std::string_view text : {"", "[]", "{}", R"({"version":"1"})", R"({"version":1})"}) {
    EXPECT_EQ(manifest_from_json(text).error().code, Errc::storage) << text;
  }
  EXPECT_THAT(manifest_from_json(R"({"version":2})").error().message, HasSubstr("newer"));
}

TEST(Quarantine, LastsUntilItIsEnded) {
  const test::TempDir dir;
  EXPECT_FALSE(read_quarantine(dir.path())->has_value());
  ASSERT_TRUE(write_quarantine(
      dir.path(), {.stage = Stage::unfinished, .made = from_unix_ms(5), .data_dir = "/old"}));
  EXPECT_EQ((*read_quarantine(dir.path()))->stage, Stage::unfinished);
  ASSERT_TRUE(write_quarantine(
      dir.path(), {.stage = Stage::unconfirmed, .made = from_unix_ms(5), .data_dir = "/old"}));
  const auto found = *read_quarantine(dir.path());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->stage, Stage::unconfirmed);
  EXPECT_EQ(to_unix_ms(found->made), 5);
  EXPECT_EQ(found->data_dir, "/old");
  ASSERT_TRUE(end_quarantine(dir.path()));
  EXPECT_FALSE(read_quarantine(dir.path())->has_value());
  EXPECT_TRUE(end_quarantine(dir.path())) << "a second time too";
}

TEST(Quarantine, WhatCannotBeUnderstoodIsNoLeave) {
  const test::TempDir dir;
  for (const std::string text :
       {"", "yes", "[]", R"({"version":1})", R"({"version":1,"stage":"over"})"}) {
    test::write(dir / kQuarantineFile, text);
    EXPECT_FALSE(read_quarantine(dir.path())) << text;
  }
}

}  // namespace
}  // namespace tgpanel::backup
