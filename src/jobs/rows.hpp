#pragma once
// Jobs as rows of the database, and back.

#include "base/result.hpp"
#include "base/time.hpp"
#include "jobs/job.hpp"
#include "storage/audit_repository.hpp"
#include "storage/job_repository.hpp"

namespace tgpanel::jobs {

[[nodiscard]] storage::JobRow to_row(const Job& job, std::int64_t epoch);
[[nodiscard]] storage::JobItemRow to_row(JobId job, std::size_t position, const Item& item,
                                         std::int64_t epoch);
/// The job's state into the change. Paused is a flag beside running.
void set_state(storage::JobChange& change, JobState state);
/// The end of an item, as the audit keeps it.
[[nodiscard]] storage::AuditRow audit_row(const Job& job, const Item& item, Instant now);
/// storage: a word or a spec that this program does not know.
[[nodiscard]] Result<Job> from_row(const storage::JobRow& row);

}  // namespace tgpanel::jobs
