#pragma once
// The rows of a database that came from a backup, but for jobs: what the older copy of the panel
// told people after the backup is looked for before it is told again, and no number that it may
// have given away since is given to something else.

#include "base/async.hpp"
#include "base/result.hpp"

#include <cstdint>

namespace tgpanel::storage {

class Database;

struct RestoredRows {
  std::int64_t alerts_looked_for = 0;   // in their channel, before they are sent
  std::int64_t alerts_sent_again = 0;   // of no channel anything is known: they may come twice
  std::int64_t notices_looked_for = 0;  // in the admins' chats
};

/// One transaction, once, while nothing else has `database`, which outlives it. storage.
Awaitable<Result<RestoredRows>> settle_restored(Database* database);

}  // namespace tgpanel::storage
