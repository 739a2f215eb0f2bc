#include "bot/job_card.hpp"

#include "base/text.hpp"
#include "bot/action_words.hpp"
#include "bot/callback.hpp"
#include "bot/told.hpp"
#include "words/errors_common.hpp"
#include "words/job_control.hpp"
#include "words/jobs.hpp"
#include "words/menus.hpp"
#include "words/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace tgpanel::bot {
namespace {

using jobs::ItemState;
using jobs::JobState;

constexpr std::size_t kResultsPerPage = 20;
constexpr std::int32_t kAccountUnits = 40;
constexpr std::int32_t kReasonUnits = 130;  // 20 lines of name and reason stay below 4,096

struct Counts {
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;
  std::size_t unknown = 0;
  std::size_t waiting = 0;
  std::size_t working = 0;
  std::size_t queued = 0;

  [[nodiscard]] std::size_t remaining() const { return waiting + working + queued; }
};

Counts count(const jobs::Job& job) {
  Counts counts;
  for (const auto& item : job.items) {
    switch (item.state) {
      case ItemState::done:
        ++counts.done;
        break;
      case ItemState::failed:
        ++counts.failed;
        break;
      case ItemState::skipped:
        ++counts.skipped;
        break;
      case ItemState::unknown:
        ++counts.unknown;
        break;
      case ItemState::waiting:
        ++counts.waiting;
        break;
      case ItemState::claimed:
      case ItemState::handed:
        ++counts.working;
        break;
      case ItemState::queued:
        ++counts.queued;
        break;
    }
  }
  return counts;
}

std::string bar(std::size_t part, std::size_t whole) {
  constexpr std::size_t kCells = 12;
  const std::size_t full = whole == 0 ? kCells : part * kCells / whole;
  std::string cells;
  for (std::size_t i = 0; i < kCells; ++i) cells += i < full ? "▰" : "▱";
  return cells;
}

void counts_line(Language language, RichText& out, const Counts& counts) {
  const std::array<std::pair<const Phrase*, std::size_t>, 7> parts{
      {{&words::count_done, counts.done},
       {&words::count_failed, counts.failed},
       {&words::count_skipped, counts.skipped},
       {&words::count_unknown, counts.unknown},
       {&words::count_working, counts.working},
       {&words::count_waiting, counts.waiting},
       {&words::count_queued, counts.queued}}};
  std::string line;
  for (const auto& [key, n] : parts) {
    if (n == 0) continue;
    if (!line.empty()) line += " · ";
    line += say(language, *key, n);
  }
  out.add(line);
}

void result_line(Language language, RichText& out, const jobs::Item& item) {
  const char* sign = "…";
  const Phrase* state = &words::item_queued;
  switch (item.state) {
    case ItemState::done:
      sign = "✓";
      state = &words::item_done;
      break;
    case ItemState::failed:
      sign = "✗";
      state = &words::item_failed;
      break;
    case ItemState::skipped:
      sign = "–";
      state = &words::item_skipped;
      break;
    case ItemState::unknown:
      sign = "?";
      state = &words::item_unknown;
      break;
    case ItemState::waiting:
      state = &words::item_waiting;
      break;
    case ItemState::claimed:
    case ItemState::handed:
      state = &words::item_working;
      break;
    case ItemState::queued:
      break;
  }
  out.add(fmt::format("\n{} {}: {}", sign, isolate(shorten(item.account_name, kAccountUnits)),
                      say(language, *state)));
  if (!item.reason.empty()) out.add(" — ").add(told(language, item.reason, kReasonUnits));
}

Button page_button(Language language, const jobs::Job& job, const Phrase& label, std::size_t page) {
  return {say(language, label), encode(JobPress{job.id, page_action(page)})};
}

/// Results with the buttons to their other pages.
void add_results(Screen& screen, Language language, const jobs::Job& job, std::size_t page) {
  screen.text.add("\n");
  const Page results = page_of(job.items.size(), kResultsPerPage, page);
  for (std::size_t i = results.begin; i < results.end; ++i) {
    result_line(language, screen.text, job.items[i]);
  }
  if (results.count < 2) return;
  screen.text.add("\n").italic(say(language, words::page_of, results.index + 1, results.count));
  Row row;
  if (results.index > 0) {
    row.push_back(page_button(language, job, words::previous, results.index - 1));
  }
  if (results.index + 1 < results.count) {
    row.push_back(page_button(language, job, words::next, results.index + 1));
  }
  screen.rows.push_back(std::move(row));
}

}  // namespace

const Phrase& state_word(JobState state) {
  switch (state) {
    case JobState::running:
      return words::job_running;
    case JobState::paused:
      return words::job_paused;
    case JobState::cancelled:
      return words::job_cancelled;
    case JobState::done:
      break;
  }
  return words::job_done;
}

std::string page_action(std::size_t page) {
  return fmt::format("p{}", page);
}

std::optional<std::size_t> parse_page_action(std::string_view action) {
  std::size_t page = 0;
  if (action.size() < 2 || action.size() > 6 || action.front() != 'p') return std::nullopt;
  const auto [end, error] = std::from_chars(action.data() + 1, action.data() + action.size(), page);
  if (error != std::errc{} || end != action.data() + action.size()) return std::nullopt;
  return page;
}

bool is_over(const jobs::Job& job) {
  return !is_open(job) && count(job).remaining() == 0;
}

Screen job_card(const CardView& view, const jobs::Job& job, std::size_t page) {
  Screen screen;
  const auto language = view.language;
  const Counts counts = count(job);
  screen.text.bold(say(language, words::job_title, job.id, describe(language, job.action)))
      .add("\n");
  if (const auto target = target_line(language, job.action); !target.empty()) {
    screen.text.add(target).add("\n");
  }
  add_origin(screen.text, view, job);
  screen.text.add("\n").add(say(language, words::job_state, state_word(job.state))).add("\n");
  if (is_open(job)) {
    screen.text.add(bar(job.items.size() - counts.remaining(), job.items.size())).add("\n");
    counts_line(language, screen.text, counts);
    screen.text.add("\n").add(
        say(language, words::remaining, counts.remaining(), job.items.size()));
    add_outlook(screen.text, view, job);
    screen.rows.push_back({page_button(language, job, words::refresh, 0)});
  } else {
    counts_line(language, screen.text, counts);
    if (job.finished > job.begun) {
      screen.text.add("\n").add(say(language, words::job_took, duration(job.finished - job.begun)));
    }
    add_results(screen, language, job, page);
  }
  for (auto& row : control_rows(language, job)) screen.rows.push_back(std::move(row));
  screen.text.fit(kMaxText);
  return screen;
}

Sentence duration(Millis time) {
  const auto seconds = std::max<std::int64_t>(1, (time.count() + 999) / 1000);
  if (seconds < 60) return {words::seconds, seconds};
  const auto minutes = seconds / 60;
  if (minutes < 60) return {words::minutes, minutes};
  if (minutes % 60 == 0) return {words::for_h, minutes / 60};
  return {words::hours_minutes, minutes / 60, minutes % 60};
}

}  // namespace tgpanel::bot
