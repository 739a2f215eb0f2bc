#pragma once
// What a job's card offers and says besides its counts. Pure.

#include "base/language.hpp"
#include "base/time.hpp"
#include "bot/screen.hpp"
#include "jobs/job.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tgpanel::bot {

/// For whom and when a card is drawn.
struct CardView {
  Language language = Language::en;
  Instant now{};
  std::string zone{};            // TGPANEL_TZ, for times
  std::optional<Millis> left{};  // about how long the job still takes
  UserId viewer = 0;             // the admin; 0: nobody in particular
};

// What a button orders, in its data: "pause", "resume", "cancel", "r<round>", "file".
struct PauseJob {};

struct ResumeJob {};

struct CancelJob {};

struct RetryJob {
  int round = 0;  // Job::retries when the button was drawn
};

struct SendResults {};

using JobOrder = std::variant<PauseJob, ResumeJob, CancelJob, RetryJob, SendResults>;

[[nodiscard]] std::string order_action(const JobOrder& order);
/// Nothing for anything else.
[[nodiscard]] std::optional<JobOrder> parse_order(std::string_view action);

/// Running or paused: something may still begin.
[[nodiscard]] bool is_open(const jobs::Job& job);

/// Lines below the counts: time left, why nothing begins, who waits until when.
void add_outlook(RichText& out, const CardView& view, const jobs::Job& job);
/// Who started it, for others; how often what failed was tried again.
void add_origin(RichText& out, const CardView& view, const jobs::Job& job);
/// Rows of buttons for what may be done with the job now.
[[nodiscard]] std::vector<Row> control_rows(Language language, const jobs::Job& job);

/// "14:03", or with the date when that is another day than `now`.
[[nodiscard]] std::string time_of_day(const CardView& view, Instant at);

}  // namespace tgpanel::bot
