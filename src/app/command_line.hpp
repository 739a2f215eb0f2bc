#pragma once
// What was typed: the command and its options.

#include "app/setting_sources.hpp"
#include "base/ids.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tgpanel::app {

enum class Command : std::uint8_t {
  run,
  account_add,
  account_list,
  account_enable,
  account_disable,
  account_delete,
  audit,
  doctor,
  keyword_add,
  keyword_list,
  keyword_remove,
  keyword_import,
  keyword_export,
  backup_create,
  backup_verify,
  backup_restore,
  backup_confirm,
};

struct CommandLine {
  Command command = Command::run;
  SettingSources sources;
  bool json = false;      // account list, keyword list
  AccountId account = 0;  // account enable, disable, delete
  bool yes = false;       // account delete: without asking
  bool phone = false;     // account add: by phone number, without asking how
  bool qr = false;        // account add: by QR code, without asking how
  std::string since{};    // audit: as typed; empty: from the beginning

  std::vector<std::string> rules;   // keyword add
  std::vector<KeywordId> keywords;  // keyword remove
  // keyword import and export ("-": standard input or output); the backup
  std::string file = "-";
  bool force = false;                // backup create: replaces a file that is there
  bool old_copy_is_stopped = false;  // backup restore: confirmed at once
};

/// Nothing is to be run: what to print, and the exit code (--help, --version, a usage error).
struct CommandLineEnd {
  int exit_code = 0;
  std::string out;
  std::string err;
};

/// `arguments` without the program's name. Each setting that is no secret has a flag; flags may
/// stand before or after the command.
std::variant<CommandLine, CommandLineEnd> parse_command_line(std::span<const std::string> arguments,
                                                             Texts environment);

}  // namespace tgpanel::app
