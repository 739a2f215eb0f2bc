#include "bot/job_results.hpp"

#include "base/local_time.hpp"
#include "base/sentence.hpp"
#include "bot/document.hpp"
#include "panel/audit_csv.hpp"
#include "words/job_control.hpp"
#include "words/jobs.hpp"
#include "words/people.hpp"

#include <fmt/format.h>

namespace tgpanel::bot {
namespace {

using jobs::ItemState;

const Phrase& word_of(ItemState state) {
  switch (state) {
    case ItemState::done:
      return words::item_done;
    case ItemState::failed:
      return words::item_failed;
    case ItemState::skipped:
      return words::item_skipped;
    case ItemState::unknown:
      return words::item_unknown;
    case ItemState::waiting:
      return words::item_waiting;
    case ItemState::claimed:
    case ItemState::handed:
      return words::item_working;
    case ItemState::queued:
      break;
  }
  return words::item_queued;
}

}  // namespace

std::string job_csv(Language language, const jobs::Job& job, const std::string& zone) {
  std::string out(kByteOrderMark);
  const auto line = [&](const std::string& account, const std::string& result,
                        const std::string& reason, const std::string& again) {
    out += fmt::format("{},{},{},{}\r\n", panel::csv_field(account), panel::csv_field(result),
                       panel::csv_field(reason), panel::csv_field(again));
  };
  line(say(language, words::column_account), say(language, words::column_result),
       say(language, words::column_reason), say(language, words::column_acts_again));
  for (const auto& item : job.items) {
    const bool waits = item.state == ItemState::waiting;
    line(item.account_name, say(language, word_of(item.state)), say(language, item.reason),
         waits ? local_time(language, item.not_before, zone) : std::string());
  }
  return out;
}

std::string job_csv_name(const jobs::Job& job) {
  return fmt::format("job-{}-results.csv", job.id);
}

}  // namespace tgpanel::bot
