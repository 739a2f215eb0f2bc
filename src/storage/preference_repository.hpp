#pragma once
// Table preference (migrations/030_preferences.sql): what admins changed in Settings.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tgpanel::storage {

class Database;

struct PreferenceRow {
  UserId scope = 0;  // 0: the whole panel; else the admin whose own it is
  std::string name;
  std::int64_t value = 0;
};

/// One change, by whom and when.
struct PreferenceChange {
  UserId scope = 0;
  std::string name;
  std::optional<std::int64_t> value;  // none: back to the default
  UserId changed_by = 0;
  std::int64_t changed_ms = 0;
  std::string audit{};  // not empty: a line of the audit, "3 → 5"
};

/// Executor: the domain's. Every member fails with Errc::storage only.
class PreferenceRepository {
 public:
  /// `database` must outlive it.
  explicit PreferenceRepository(Database& database) : database_(database) {}

  Awaitable<Result<std::vector<PreferenceRow>>> all();
  /// The value and its line of the audit, in one transaction.
  Awaitable<Result<void>> save(PreferenceChange change);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
