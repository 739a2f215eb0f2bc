#pragma once
// The message that shows a job: progress while it runs, a result per account when it is over.

#include "base/sentence.hpp"
#include "bot/job_controls.hpp"
#include "bot/screen.hpp"
#include "jobs/job.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::bot {

// Actions in the data of a card's buttons.
inline constexpr std::string_view kCancelJob = "cancel";
/// The word for a state: "running", "finished".
[[nodiscard]] const Phrase& state_word(jobs::JobState state);
/// "p<n>": show page n of the results.
[[nodiscard]] std::string page_action(std::size_t page);
[[nodiscard]] std::optional<std::size_t> parse_page_action(std::string_view action);

/// True when nothing of the job changes any more. A cancelled job is over once what was handed to
/// Telegram has come back.
[[nodiscard]] bool is_over(const jobs::Job& job);

/// `page` of the results, brought into range; a running job shows its progress only.
[[nodiscard]] Screen job_card(const CardView& view, const jobs::Job& job, std::size_t page);

/// "3 s", "2 min", "1 h 5 min".
[[nodiscard]] Sentence duration(Millis time);

}  // namespace tgpanel::bot
