#include "panel/audit_csv.hpp"

#include "base/text.hpp"
#include "base/time.hpp"
#include "panel/panel_impl.hpp"
#include "storage/job_repository.hpp"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <chrono>

namespace tgpanel::panel {

namespace {

constexpr std::string_view kHeader =
    "time,admin_id,job_id,account_id,account,action,target,outcome,reason\r\n";

bool is_formula(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == '\t' || text.front() == '\r') return true;
  const auto visible = trim(text);
  return !visible.empty() &&
         std::string_view("=+-@").find(visible.front()) != std::string_view::npos;
}

std::string clean(std::string_view text) {
  if (!valid_utf8(text)) return "\ufffd";
  std::string out;
  for (const char c : text) {
    if (c == '\0') {
      out += "\ufffd";
    } else {
      out += c;
    }
  }
  return out;
}

std::string time_text(std::int64_t unix_ms) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(from_unix_ms(unix_ms));
  return fmt::format("{:%FT%TZ}", seconds);
}

}  // namespace

std::string csv_field(std::string_view text) {
  auto field = clean(text);
  if (is_formula(field)) field.insert(field.begin(), '\'');
  if (field.find_first_of(",\"\r\n") == std::string::npos && trim(field) == field) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string audit_csv(std::span<const storage::AuditRow> rows) {
  std::string out(kHeader);
  for (const auto& row : rows) {
    out +=
        fmt::format("{},{},{},{},{},{},{},{},{}\r\n", time_text(row.at_ms), row.admin_id,
                    row.job_id, row.account_id, csv_field(row.account_name), csv_field(row.action),
                    csv_field(row.target), csv_field(row.outcome), csv_field(row.reason));
  }
  return out;
}

Awaitable<Result<AuditExport>> PanelImpl::export_audit() {
  storage::AuditRepository audit(repository_.database());
  const auto rows = co_await audit.newest(kMostExportedActs + 1);
  if (!rows) co_return std::unexpected(rows.error());
  const std::size_t older = rows->size() > kMostExportedActs ? 1 : 0;
  const auto shown = std::span(*rows).subspan(older);
  co_return AuditExport{.csv = audit_csv(shown), .acts = shown.size(), .whole = older == 0};
}

}  // namespace tgpanel::panel
