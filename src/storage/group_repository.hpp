#pragma once
// Table known_group: the groups of each account as an admin last saw them.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace tgpanel::storage {

class Database;

struct GroupRow {
  ChatId chat = 0;
  std::string title;
};

struct GroupDifference {
  std::vector<GroupRow> added;  // in the order given
  std::vector<GroupRow> gone;   // in order of title
  std::size_t now = 0;
  bool first = false;  // none were stored before: nothing counts as new
};

/// Executor: the domain's. Each member is one transaction.
class GroupRepository {
 public:
  explicit GroupRepository(Database& database) : database_(database) {}

  /// Puts `groups` in the place of what was known, and tells the difference. not_found: there is no
  /// such account any more.
  Awaitable<Result<GroupDifference>> replace(AccountId account, std::vector<GroupRow> groups,
                                             Instant now);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
