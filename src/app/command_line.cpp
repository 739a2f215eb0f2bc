#include "app/command_line.hpp"

#include "app/secret_shapes.hpp"
#include "app/setting_table.hpp"
#include "cli/exit_codes.hpp"

#include <CLI/CLI.hpp>

#include <sstream>
#include <utility>
#include <vector>

namespace tgpanel::app {

namespace {

constexpr auto kFooter =
    "\nSecrets (API_HASH, BOT_TOKEN, TGPANEL_PROXY) have no flag: set them in the environment or "
    "in .env,\n"
    "name a file with API_HASH_FILE and the like, or pass a systemd credential.\n"
    "Exit codes: 0 done, 1 failed, 2 usage, 3 partly done, 4 not found, 6 flood wait, 75 busy or "
    "locked,\n77 login needed, 78 configuration, 79 restored and not confirmed, 130 interrupted.\n";

void add_keyword_commands(CLI::App& app, CommandLine& line) {
  auto* keyword = app.add_subcommand(
      "keyword", "Add, list, remove, import and export keywords (docs/keywords.md)");
  keyword->require_subcommand(1);
  const auto command = [&](const char* name, const char* summary, Command which) {
    auto* made = keyword->add_subcommand(name, summary);
    made->callback([&line, which] { line.command = which; });
    return made;
  };
  command("add",
          "Add rules (the panel must not be running); put -- before them when one begins with -",
          Command::keyword_add)
      ->add_option("RULE", line.rules, "One rule each, for example: '\"red bike\" -broken'")
      ->required()
      ->type_name("");
  command("list", "List the keywords with their numbers", Command::keyword_list)
      ->add_flag("--json", line.json, "As a JSON array");
  command("remove", "Remove keywords by number (the panel must not be running)",
          Command::keyword_remove)
      ->add_option("ID", line.keywords, "Numbers as the list shows them")
      ->required()
      ->type_name("");
  command("import", "Add the rules of a file (the panel must not be running)",
          Command::keyword_import)
      ->add_option("FILE", line.file,
                   "UTF-8 text, one rule a line, comments begin with \"# \"; - for standard input")
      ->required()
      ->type_name("");
  command("export", "Write the keywords as a file that import reads", Command::keyword_export)
      ->add_option("FILE", line.file, "Replaced when it is there; without it: standard output")
      ->type_name("");
}

void add_backup_commands(CLI::App& app, CommandLine& line) {
  auto* backup = app.add_subcommand(
      "backup", "Make, verify and restore encrypted backups (docs/operations.md)");
  backup->require_subcommand(1);
  const auto command = [&](const char* name, const char* summary, Command which, bool file) {
    auto* made = backup->add_subcommand(name, summary);
    made->callback([&line, which] { line.command = which; });
    if (file) made->add_option("FILE", line.file, "The backup")->required()->type_name("");
    return made;
  };
  command("create", "Write a backup (the panel may be running)", Command::backup_create, true)
      ->add_flag("--force", line.force, "Replace FILE when it is there");
  command("verify", "Read a backup, prove all of it and say what is in it", Command::backup_verify,
          true);
  command("restore", "Restore a backup into an empty data folder, whose accounts stay quarantined",
          Command::backup_restore, true)
      ->add_flag("--old-copy-is-stopped", line.old_copy_is_stopped,
                 "The panel it was taken from is stopped for good: confirm at once");
  command("confirm", "Say that the panel a restored backup was taken from is stopped for good",
          Command::backup_confirm, false);
}

}  // namespace

std::variant<CommandLine, CommandLineEnd> parse_command_line(std::span<const std::string> arguments,
                                                             Texts environment) {
  CommandLine line;
  line.sources.environment = std::move(environment);

  CLI::App app("Control plane for a team's own Telegram accounts", "tgpanel");
  app.set_version_flag("--version", "tgpanel " TGPANEL_VERSION);
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();

  for (const auto& spec : setting_table()) {
    if (spec.flag.empty()) continue;
    std::string summary(spec.summary);
    if (!spec.default_value.empty())
      summary += " (default: " + std::string(spec.default_value) + ")";
    app.add_option_function<std::string>(
           std::string(spec.flag),
           [&line, name = spec.name](const std::string& value) {
             line.sources.flags.insert_or_assign(std::string(name), value);
           },
           summary)
        ->group("Settings")
        ->type_name("");
  }
  app.add_option_function<std::string>(
         "--env-file",
         [&line](const std::string& file) {
           line.sources.dotenv = file;
           line.sources.dotenv_must_exist = true;
         },
         "Read settings from this file instead of ./.env")
      ->group("Settings")
      ->type_name("");

  auto* run = app.add_subcommand("run", "Run the panel until SIGTERM or Ctrl+C");
  run->callback([&line] { line.command = Command::run; });
  auto* account =
      app.add_subcommand("account", "Add, list, switch off and on, and delete accounts");
  account->require_subcommand(1);
  auto* add = account->add_subcommand(
      "add", "Log an account in from this terminal (the panel must not be running)");
  auto* phone = add->add_flag("--phone", line.phone, "By phone number");
  add->add_flag("--qr", line.qr, "By QR code")->excludes(phone);
  add->callback([&line] { line.command = Command::account_add; });
  auto* list = account->add_subcommand("list", "List the accounts and their states");
  list->add_flag("--json", line.json, "As a JSON array");
  list->callback([&line] { line.command = Command::account_list; });
  const auto on_one = [&](const char* name, const char* summary, Command command) {
    auto* one = account->add_subcommand(name, summary);
    one->add_option("number", line.account, "The account's number, as in account list")
        ->required()
        ->check(CLI::PositiveNumber)
        ->type_name("");
    one->callback([&line, command] { line.command = command; });
    return one;
  };
  on_one("disable", "Switch an account off (the panel must not be running)",
         Command::account_disable);
  on_one("enable", "Switch an account on again (the panel must not be running)",
         Command::account_enable);
  on_one("delete",
         "Log an account out at Telegram and remove it here (the panel must not be running)",
         Command::account_delete)
      ->add_flag("--yes", line.yes, "Without asking");
  add_keyword_commands(app, line);
  add_backup_commands(app, line);
  auto* audit = app.add_subcommand(
      "audit",
      "Print what accounts did, for whom and with what outcome, as CSV (the panel may be running)");
  audit
      ->add_option("--since", line.since,
                   "Only from then on: 2026-11-24, 2026-11-24T13:00 (UTC), or 90m, 24h, 7d ago")
      ->type_name("TIME");
  audit->callback([&line] { line.command = Command::audit; });
  auto* doctor =
      app.add_subcommand("doctor", "Check this machine, the settings, the library and the key");
  doctor->callback([&line] { line.command = Command::doctor; });

  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(std::move(reversed));
    return line;
  } catch (const CLI::ParseError& e) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = app.exit(e, out, err);
    return CommandLineEnd{code == 0 ? cli::kDone : cli::kUsage, out.str(),
                          without_secrets(err.str())};
  }
}

}  // namespace tgpanel::app
