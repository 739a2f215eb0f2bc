#include "app/audit_command.hpp"

#include "app/foundation.hpp"
#include "cli/exit_codes.hpp"
#include "cli/output.hpp"
#include "cli/refuse.hpp"
#include "cli/since.hpp"
#include "panel/audit_csv.hpp"
#include "storage/audit_repository.hpp"
#include "storage/database.hpp"

#include <boost/asio/io_context.hpp>
#include <fmt/core.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace tgpanel::app {

namespace {

using Rows = Result<std::vector<storage::AuditRow>>;

Rows read(const std::filesystem::path& file, Instant since) {
  asio::io_context io(1);
  auto database = storage::Database::open(file, io.get_executor());
  if (!database) return std::unexpected(database.error());
  storage::AuditRepository audit(**database);
  std::optional<Rows> rows;
  asio::co_spawn(io, audit.since(to_unix_ms(since)),
                 [&rows](const std::exception_ptr& bug, Rows found) {
                   if (bug) std::rethrow_exception(bug);
                   rows = std::move(found);
                 });
  while (!rows && io.run_one() > 0) {
  }
  if (!rows) return fail(Errc::failed, "the audit table was not read to its end");
  return *std::move(rows);
}

}  // namespace

int export_audit(const Settings& settings, const std::string& since) {
  Instant from{};
  if (!since.empty()) {
    const auto parsed = cli::parse_since(since, SystemClock{}.now());
    if (!parsed) {
      fmt::print(stderr, "tgpanel: {}\n", parsed.error().message);
      return cli::kUsage;
    }
    from = *parsed;
  }
  std::error_code error;
  Rows rows;
  if (std::filesystem::exists(database_file(settings), error)) {
    rows = read(database_file(settings), from);
  }
  if (!rows) return cli::refuse(rows.error());
  cli::write_out(panel::audit_csv(*rows));
  return cli::printed(cli::kDone);
}

}  // namespace tgpanel::app
