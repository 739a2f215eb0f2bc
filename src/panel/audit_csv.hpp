#pragma once
// The audit table as CSV.

#include "storage/audit_repository.hpp"

#include <span>
#include <string>
#include <string_view>

namespace tgpanel::panel {

/// One field as RFC 4180 has it. A text that a spreadsheet would take for a formula (it begins with
/// = + - @, a tab or a carriage return, also behind white space) gets an apostrophe in front; bytes
/// that are no text become U+FFFD, NUL among them.
[[nodiscard]] std::string csv_field(std::string_view text);

/// A header, then a line for each act: time (UTC), admin, job, account id, account, action, target,
/// outcome, reason. Lines end with CR LF.
[[nodiscard]] std::string audit_csv(std::span<const storage::AuditRow> rows);

}  // namespace tgpanel::panel
