#include "app/backup_words.hpp"

#include "base/local_time.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tgpanel::app {

namespace {

std::string confirm_command(const std::filesystem::path& data_dir) {
  return fmt::format("tgpanel backup confirm --data-dir '{}'", data_dir.string());
}

std::string of_states(const storage::CopyContents& contents) {
  std::vector<std::string> states;
  std::int64_t all = 0;
  for (const auto& [state, count] : contents.accounts) {
    auto word = state;
    std::ranges::replace(word, '_', ' ');
    states.push_back(fmt::format("{} {}", count, word));
    all += count;
  }
  if (states.empty()) return "0 accounts";
  return fmt::format("{} account{} ({})", all, all == 1 ? "" : "s", fmt::join(states, ", "));
}

}  // namespace

std::string describe(std::string_view done, const backup::Report& report, const std::string& zone) {
  const auto& contents = report.contents;
  return fmt::format(
      "{}\n"
      "  made      {} by version {}, schema {}\n"
      "  accounts  {}; {} session{} of them{}, {} of bots\n"
      "  keywords  {}, ignored {}\n"
      "  jobs      {}, not over {}\n"
      "  alerts    {}, waiting {}\n"
      "  size      {} bytes\n",
      done, local_time(Language::en, report.manifest.made, zone), report.manifest.panel,
      contents.schema, of_states(contents), report.sessions, report.sessions == 1 ? "" : "s",
      contents.logins == 0 ? "" : fmt::format(" and of {} unfinished logins", contents.logins),
      report.bots, contents.keywords, contents.ignored, contents.jobs, contents.jobs_not_over,
      contents.alerts, contents.alerts_waiting, report.bytes);
}

std::string describe_missing(const backup::Report& report) {
  return fmt::format(
      "these accounts are without a session and will need a login after a restore: {}. All else is "
      "there",
      fmt::join(report.missing, ", "));
}

std::string describe(const Restored& restored) {
  const auto& jobs = restored.jobs;
  const auto& rows = restored.rows;
  std::string said;
  if (jobs.paused > 0 || jobs.unknown > 0 || jobs.looked_up > 0) {
    said += fmt::format(
        "Jobs that were not over are paused ({}). Messages and comments that may have been sent "
        "since the backup are marked as not known and are never sent again ({}); of other actions "
        "the panel asks Telegram what is done ({}).\n",
        jobs.paused, jobs.unknown, jobs.looked_up);
  }
  if (rows.alerts_looked_for > 0) {
    said += fmt::format(
        "Alerts that had not been sent are looked for in the channel before they are ({}).\n",
        rows.alerts_looked_for);
  }
  if (rows.alerts_sent_again > 0) {
    said += fmt::format("Alerts that may come a second time: {}.\n", rows.alerts_sent_again);
  }
  return said;
}

std::string next_step(const std::filesystem::path& data_dir) {
  return fmt::format(
      "The accounts are quarantined: Telegram ends a session that is used in two places.\n"
      "Stop the panel that the backup was taken from, and see to it that it never starts again; "
      "then:\n  {}\n",
      confirm_command(data_dir));
}

std::string unfinished(const std::filesystem::path& data_dir) {
  return fmt::format(
      "a restore into {} began and did not end, so the folder is not whole. Run it again: tgpanel "
      "backup restore FILE --data-dir '{}'",
      data_dir.string(), data_dir.string());
}

std::string unconfirmed(const backup::Quarantine& quarantine, const Settings& settings) {
  return fmt::format(
      "the data folder {} was restored from a backup of {}, and nobody has said yet that the panel "
      "it was taken from is stopped. Telegram ends a session that is used in two places. Stop that "
      "panel for good, then: {}",
      settings.data_dir.string(), local_time(Language::en, quarantine.made, settings.time_zone),
      confirm_command(settings.data_dir));
}

}  // namespace tgpanel::app
