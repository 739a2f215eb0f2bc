#pragma once
// The results of a job as a file.

#include "base/language.hpp"
#include "jobs/job.hpp"

#include <string>

namespace tgpanel::bot {

/// A line per account in the order of the job, as CSV (RFC 4180, UTF-8 with a byte order mark, so
/// that spreadsheets show every script; a header first): account, result, reason, and for what
/// waits the time in `zone`.
[[nodiscard]] std::string job_csv(Language language, const jobs::Job& job, const std::string& zone);

/// "job-12-results.csv"
[[nodiscard]] std::string job_csv_name(const jobs::Job& job);

}  // namespace tgpanel::bot
