#pragma once
// Jobs of a database that came from a backup: what the older copy of the panel did after the backup
// is not known, so nothing goes on by itself.

#include "base/async.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <cstddef>

namespace tgpanel::storage {
class JobRepository;
}

namespace tgpanel::jobs {

struct RestoredJobs {
  std::size_t paused = 0;     // jobs that were under way
  std::size_t unknown = 0;    // items whose text may have been sent, and never is again
  std::size_t looked_up = 0;  // items that the next start asks Telegram about
};

/// Pauses every job that is not over, and takes each of its items through Restored. Once, while
/// nothing else has the database; `repository` outlives it. storage: part of it may be done; it may
/// be repeated.
Awaitable<Result<RestoredJobs>> settle_restored(storage::JobRepository* repository, Instant now);

}  // namespace tgpanel::jobs
