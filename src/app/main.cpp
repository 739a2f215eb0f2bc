// The program: what was typed, its settings, the command.

#include "app/account_commands.hpp"
#include "app/audit_command.hpp"
#include "app/backup_commands.hpp"
#include "app/command_line.hpp"
#include "app/doctor.hpp"
#include "app/hardening.hpp"
#include "app/heap.hpp"
#include "app/keyword_commands.hpp"
#include "app/panel_run.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"
#include "cli/exit_codes.hpp"
#include "cli/output.hpp"
#include "cli/refuse.hpp"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <exception>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tgpanel::app {

namespace {

Required needed_by(Command command) {
  switch (command) {
    case Command::run:
    case Command::doctor:
      return Required::to_run;
    case Command::account_add:
    case Command::account_delete:
      return Required::to_log_in;
    case Command::account_list:
    case Command::account_enable:
    case Command::account_disable:
    case Command::keyword_add:
    case Command::keyword_list:
    case Command::keyword_remove:
    case Command::keyword_import:
    case Command::keyword_export:
    case Command::audit:
    case Command::backup_create:
    case Command::backup_verify:
    case Command::backup_restore:
    case Command::backup_confirm:
      return Required::never;
  }
  return Required::to_run;
}

bool uses_sessions(Command command) {
  return command == Command::run || command == Command::account_add ||
         command == Command::account_delete;
}

int carry_out(const CommandLine& line) {
  if (line.command == Command::doctor) return run_doctor(line.sources);
  const auto loaded = load_settings(line.sources, needed_by(line.command));
  if (!loaded) return cli::refuse(loaded.error());
  const auto& settings = loaded->settings;
  log::start(settings.log_level, settings.log_format);
  for (const auto& warning : loaded->warnings) spdlog::warn("{}", warning);

  if (uses_sessions(line.command)) {
    if (const auto refused = refuse_quarantined(settings)) return *refused;
  }
  switch (line.command) {
    case Command::account_add: {
      const auto asked = line.qr ? cli::LoginMethod::qr : cli::LoginMethod::ask;
      return add_account(settings, line.phone ? cli::LoginMethod::phone : asked);
    }
    case Command::account_list:
      return list_accounts(settings, line.json);
    case Command::account_enable:
    case Command::account_disable:
      return switch_account(settings, line.account, line.command == Command::account_enable);
    case Command::account_delete:
      return delete_account(settings, line.account, line.yes);
    case Command::keyword_add:
    case Command::keyword_remove:
    case Command::keyword_import:
      if (const auto able = check_processor(); !able) return cli::refuse(able.error());
      return run_keyword_command(settings, line);
    case Command::keyword_list:
    case Command::keyword_export:
      return run_keyword_command(settings, line);
    case Command::audit:
      return export_audit(settings, line.since);
    case Command::backup_create:
    case Command::backup_verify:
    case Command::backup_restore:
    case Command::backup_confirm:
      return run_backup_command(settings, line);
    default:
      if (const auto able = check_processor(); !able) return cli::refuse(able.error());
      return run_panel(settings);
  }
}

int main_of(std::span<const std::string> arguments) {
  harden_process();
  bound_heap();
  crypto::init();
  auto parsed = parse_command_line(arguments, process_environment());
  if (const auto* end = std::get_if<CommandLineEnd>(&parsed)) {
    cli::write_out(end->out);
    fmt::print(stderr, "{}", end->err);
    return cli::printed(end->exit_code);
  }
  return carry_out(std::get<CommandLine>(parsed));
}

}  // namespace

}  // namespace tgpanel::app

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    return tgpanel::app::main_of(arguments);
  } catch (const std::exception& e) {
    fmt::print(stderr, "tgpanel: ended by an unexpected failure: {}\n", e.what());
    return tgpanel::cli::kFailed;
  }
}
