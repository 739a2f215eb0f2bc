#include "app/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tgpanel::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

using Parsed = std::variant<CommandLine, CommandLineEnd>;

Parsed parse(const std::vector<std::string>& arguments) {
  return parse_command_line(arguments, {{"HOME", "/home/dana"}});
}

CommandLine line(const std::vector<std::string>& arguments) {
  auto parsed = parse(arguments);
  const auto* end = std::get_if<CommandLineEnd>(&parsed);
  EXPECT_EQ(end, nullptr) << end->err;
  return end == nullptr ? std::get<CommandLine>(parsed) : CommandLine{};
}

CommandLineEnd ending(const std::vector<std::string>& arguments) {
  auto parsed = parse(arguments);
  const auto* end = std::get_if<CommandLineEnd>(&parsed);
  return end == nullptr ? CommandLineEnd{-1, {}, {}} : *end;
}

TEST(CommandLine, KnowsTheCommands) {
  EXPECT_EQ(line({"run"}).command, Command::run);
  EXPECT_EQ(line({"doctor"}).command, Command::doctor);
  EXPECT_EQ(line({"account", "add"}).command, Command::account_add);
  EXPECT_TRUE(line({"account", "add", "--phone"}).phone);
  EXPECT_TRUE(line({"account", "add", "--qr"}).qr);
  EXPECT_EQ(line({"account", "list"}).command, Command::account_list);
  EXPECT_TRUE(line({"account", "list", "--json"}).json);
  EXPECT_EQ(line({"account", "disable", "3"}).command, Command::account_disable);
  EXPECT_EQ(line({"account", "enable", "3"}).account, 3);
  EXPECT_EQ(line({"account", "delete", "12"}).command, Command::account_delete);
  EXPECT_FALSE(line({"account", "delete", "12"}).yes);
  EXPECT_TRUE(line({"account", "delete", "12", "--yes"}).yes);
}

TEST(CommandLine, KnowsTheCommandsForBackups) {
  const auto create = line({"backup", "create", "a.backup"});
  EXPECT_EQ(create.command, Command::backup_create);
  EXPECT_EQ(create.file, "a.backup");
  EXPECT_FALSE(create.force);
  EXPECT_TRUE(line({"backup", "create", "a.backup", "--force"}).force);
  EXPECT_EQ(line({"backup", "verify", "a.backup"}).command, Command::backup_verify);
  const auto restore = line({"backup", "restore", "a.backup", "--data-dir", "/new"});
  EXPECT_EQ(restore.command, Command::backup_restore);
  EXPECT_FALSE(restore.old_copy_is_stopped);
  EXPECT_THAT(restore.sources.flags, ElementsAre(Pair("TGPANEL_DATA_DIR", "/new")));
  EXPECT_TRUE(line({"backup", "restore", "a", "--old-copy-is-stopped"}).old_copy_is_stopped);
  EXPECT_EQ(line({"backup", "confirm"}).command, Command::backup_confirm);
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"backup"},
                                                {"backup", "create"},
                                                {"backup", "verify"},
                                                {"backup", "restore"},
                                                {"backup", "confirm", "a"}}) {
    EXPECT_EQ(ending(wrong).exit_code, 2) << wrong.size();
  }
}

TEST(CommandLine, KnowsTheCommandsForKeywords) {
  const auto add = line({"keyword", "add", "--", "red bike", "-lottery", "re:a -b"});
  EXPECT_EQ(add.command, Command::keyword_add);
  EXPECT_THAT(add.rules, ElementsAre("red bike", "-lottery", "re:a -b"));
  EXPECT_TRUE(line({"keyword", "list", "--json"}).json);
  EXPECT_THAT(line({"keyword", "remove", "7", "8"}).keywords, ElementsAre(7, 8));
  EXPECT_EQ(line({"keyword", "import", "a.txt"}).file, "a.txt");
  EXPECT_EQ(line({"keyword", "import", "-"}).file, "-");
  EXPECT_EQ(line({"keyword", "export"}).command, Command::keyword_export);
  EXPECT_EQ(line({"keyword", "export"}).file, "-");
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"keyword"},
                                                {"keyword", "add"},
                                                {"keyword", "remove", "x"},
                                                {"keyword", "import"},
                                                {"keyword", "remove"}}) {
    EXPECT_EQ(ending(wrong).exit_code, 2) << wrong.back();
  }
  EXPECT_THAT(ending({"keyword", "--help"}).out, HasSubstr("import"));
}

TEST(CommandLine, FlagsStandBeforeOrAfterTheCommand) {
  EXPECT_THAT(line({"--lang", "fa", "run"}).sources.flags, ElementsAre(Pair("TGPANEL_LANG", "fa")));
  EXPECT_THAT(line({"account", "list", "--data-dir=/srv/x"}).sources.flags,
              ElementsAre(Pair("TGPANEL_DATA_DIR", "/srv/x")));
  EXPECT_THAT(line({"run", "--channel-id", "-1001234567890"}).sources.flags,
              ElementsAre(Pair("CHANNEL_ID", "-1001234567890")));
}

TEST(CommandLine, NamesTheEnvFile) {
  EXPECT_FALSE(line({"run"}).sources.dotenv_must_exist);
  const auto named = line({"run", "--env-file", "/etc/x.env"});
  EXPECT_EQ(named.sources.dotenv, "/etc/x.env");
  EXPECT_TRUE(named.sources.dotenv_must_exist);
}

TEST(CommandLine, PassesTheEnvironmentOn) {
  EXPECT_THAT(line({"run"}).sources.environment, ElementsAre(Pair("HOME", "/home/dana")));
}

TEST(CommandLine, VersionAndHelpAreDone) {
  EXPECT_EQ(ending({"--version"}).exit_code, 0);
  EXPECT_THAT(ending({"--version"}).out, HasSubstr("tgpanel "));
  EXPECT_EQ(ending({"--help"}).exit_code, 0);
  EXPECT_THAT(ending({"--help"}).out, HasSubstr("--data-dir"));
  EXPECT_EQ(ending({"account", "--help"}).exit_code, 0);
}

TEST(CommandLine, WhatIsNotUnderstoodIsUsage) {
  const std::vector<std::vector<std::string>> wrong{
      {},
      {"bogus"},
      {"run", "--bogus"},
      {"run", "--lang"},
      {"account"},
      {"account", "add", "--phone", "--qr"},
      {"account", "delete"},
      {"account", "disable", "0"},
      {"account", "enable", "x"},
      {"run", "--bot-token", "hunter2"},
      {"run", "--api-hash", "hunter2"},
      {"run", "--proxy", "hunter2"},
  };
  for (const auto& arguments : wrong) {
    const auto end = ending(arguments);
    EXPECT_EQ(end.exit_code, 2);
    EXPECT_FALSE(end.err.empty());
  }
}

TEST(CommandLine, AuditTakesATime) {
  const auto parsed = parse({"audit", "--since", "7d"});
  ASSERT_TRUE(std::holds_alternative<CommandLine>(parsed));
  EXPECT_EQ(std::get<CommandLine>(parsed).command, Command::audit);
  EXPECT_EQ(std::get<CommandLine>(parsed).since, "7d");
  const auto help = parse({"audit", "--help"});
  ASSERT_TRUE(std::holds_alternative<CommandLineEnd>(help));
  EXPECT_EQ(std::get<CommandLineEnd>(help).exit_code, 0);
  EXPECT_NE(std::get<CommandLineEnd>(help).out.find("--since"), std::string::npos);
}

}  // namespace
}  // namespace tgpanel::app
