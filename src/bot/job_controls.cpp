#include "bot/job_controls.hpp"

#include "base/local_time.hpp"
#include "base/sentence.hpp"
#include "base/text.hpp"
#include "bot/callback.hpp"
#include "bot/input.hpp"
#include "bot/job_card.hpp"
#include "words/job_control.hpp"
#include "words/menus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kWaitsShown = 10;
constexpr std::int32_t kNameUnits = 40;

struct Action {
  std::string operator()(const PauseJob&) const { return "pause"; }

  std::string operator()(const ResumeJob&) const { return "resume"; }

  std::string operator()(const CancelJob&) const { return std::string(kCancelJob); }

  std::string operator()(const RetryJob& retry) const { return fmt::format("r{}", retry.round); }

  std::string operator()(const SendResults&) const { return "file"; }
};

std::size_t count(const jobs::Job& job, jobs::ItemState state) {
  return static_cast<std::size_t>(std::ranges::count(job.items, state, &jobs::Item::state));
}

Button button(const jobs::Job& job, std::string label, const JobOrder& order) {
  return {std::move(label), encode(JobPress{job.id, order_action(order)})};
}

}  // namespace

std::string order_action(const JobOrder& order) {
  return std::visit(Action{}, order);
}

std::optional<JobOrder> parse_order(std::string_view action) {
  if (action == "pause") return PauseJob{};
  if (action == "resume") return ResumeJob{};
  if (action == kCancelJob) return CancelJob{};
  if (action == "file") return SendResults{};
  const auto round = numbered(action, 'r');
  if (!round || std::cmp_greater(*round, std::numeric_limits<int>::max())) return std::nullopt;
  return RetryJob{static_cast<int>(*round)};
}

bool is_open(const jobs::Job& job) {
  return job.state == jobs::JobState::running || job.state == jobs::JobState::paused;
}

std::string time_of_day(const CardView& view, Instant at) {
  const auto text = local_time(view.language, at, view.zone);
  const auto today = local_time(view.language, view.now, view.zone);
  const auto space = text.find(' ');
  const bool same_day =
      space != std::string::npos && today.substr(0, space) == text.substr(0, space);
  return same_day ? text.substr(space + 1) : text;
}

void add_outlook(RichText& out, const CardView& view, const jobs::Job& job) {
  const auto language = view.language;
  if (job.state == jobs::JobState::paused) {
    out.add("\n").add(say(language, words::paused_hint));
  } else if (view.left) {
    out.add("\n").add(say(language, words::time_left, duration(*view.left)));
  }
  std::size_t shown = 0;
  for (const auto& item : job.items) {
    if (item.state != jobs::ItemState::waiting || item.not_before <= view.now) continue;
    if (shown++ == kWaitsShown) break;
    out.add("\n⏳ ").add(say(language, words::may_act_again,
                             isolate(shorten(item.account_name, kNameUnits)),
                             time_of_day(view, item.not_before)));
  }
}

void add_origin(RichText& out, const CardView& view, const jobs::Job& job) {
  if (view.viewer != 0 && job.started_by != 0 && job.started_by != view.viewer) {
    out.add(say(view.language, words::started_by, fmt::format("{}", job.started_by))).add("\n");
  }
  if (job.retries > 0) out.add(say(view.language, words::tried_again, job.retries)).add("\n");
}

std::vector<Row> control_rows(Language language, const jobs::Job& job) {
  std::vector<Row> rows;
  if (is_open(job)) {
    const bool paused = job.state == jobs::JobState::paused;
    rows.push_back({paused ? button(job, say(language, words::resume_job), ResumeJob{})
                           : button(job, say(language, words::pause_job), PauseJob{}),
                    button(job, say(language, words::cancel), CancelJob{})});
  } else if (is_over(job)) {
    if (const auto failed = count(job, jobs::ItemState::failed); failed > 0) {
      rows.push_back(
          {button(job, say(language, words::retry_failed, failed), RetryJob{job.retries})});
    }
    rows.push_back({button(job, say(language, words::results_as_file), SendResults{})});
  }
  return rows;
}

}  // namespace tgpanel::bot
