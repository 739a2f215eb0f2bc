#include "bot/statistics_screen.hpp"

#include "base/local_time.hpp"
#include "base/text.hpp"
#include "bot/menu_builder.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"
#include "words/statistics.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace tgpanel::bot {
namespace {

using panel::Statistics;

constexpr std::size_t kWaitsShown = 20;

std::string row(Builder& b, const Sentence& what, std::uint64_t n) {
  return b.say(words::stats_row, what, n) + "\n";
}

std::string spans(const Builder& b, const panel::Spans& spans) {
  return b.say(words::stats_spans, spans.five_minutes, spans.hour, spans.today, spans.all) + "\n";
}

std::string outcomes(const Builder& b, const Phrase& when, const panel::Outcomes& of) {
  return b.say(words::stats_outcomes, when, of.done, of.failed, of.unknown) + "\n";
}

std::uint64_t jobs_in(const Statistics& statistics, std::string_view state) {
  const auto found = statistics.jobs.find(std::string(state));
  return found == statistics.jobs.end() ? 0 : found->second;
}

void add_accounts(Builder& b, const Statistics& statistics) {
  std::size_t all = 0;
  for (const auto& [state, n] : statistics.accounts) all += n;
  b.text().bold(b.say(words::stats_row, words::stats_accounts, all)).add("\n");
  for (const auto& [state, n] : statistics.accounts) {
    b.text().add("    ").add(row(b, describe(state), n));
  }
  if (statistics.limited > 0) {
    b.text().add("    ").add(row(b, words::stats_limited, statistics.limited));
  }
}

/// "14:03" of a time as local_time() writes it, with the day where it is not `today`.
std::string clock(Language language, Instant at, Instant now, const std::string& zone) {
  auto whole = local_time(language, at, zone);
  const auto today = local_time(language, now, zone);
  const auto space = whole.find(' ');
  if (space == std::string::npos || whole.substr(0, space) != today.substr(0, today.find(' '))) {
    return whole;
  }
  return whole.substr(space + 1);
}

void add_waits(Builder& b, const Statistics& statistics, const std::string& zone) {
  if (statistics.waits.empty()) return;
  b.text().add("\n").bold(b.say(words::stats_waits)).add("\n");
  const auto shown = std::min(statistics.waits.size(), kWaitsShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& one = statistics.waits[i];
    b.text().add("    ").add(b.say(words::stats_wait_row, isolate(shorten(one.name, kNameUnits)),
                                   clock(b.language(), one.until, statistics.at, zone)));
    b.text().add("\n");
  }
  if (statistics.waits.size() > shown) {
    b.text().add("    ").add(b.say(words::stats_more_waits, statistics.waits.size() - shown));
  }
}

/// The hour of the clock, "14".
std::string hour_of(Language language, Instant at, const std::string& zone) {
  const auto time = clock(language, at, at, zone);
  return time.substr(0, time.find(':'));
}

chart::Value bar(Language language, const Phrase& label, std::uint64_t value, chart::Tone tone) {
  return {say(language, label), value, digits(language, static_cast<std::int64_t>(value)), tone};
}

}  // namespace

Screen statistics_screen(Language language, const Statistics& statistics, const std::string& zone) {
  Builder b(MenuRef{Menu::statistics, 0}, language);
  b.title(words::show_stats);
  b.text().italic(b.apart(local_time(language, statistics.at, zone))).add("\n\n");
  add_accounts(b, statistics);
  b.text().add("\n");
  b.text().add(b.counted(words::one_keyword, words::n_keywords, statistics.keywords)).add("\n");
  b.text().add(b.counted(words::one_ignored, words::n_ignored, statistics.ignored)).add("\n\n");
  b.text().bold(b.say(words::stats_matches)).add("\n    ").add(spans(b, statistics.matches));
  b.text().bold(b.say(words::stats_alerts)).add("\n    ").add(spans(b, statistics.alerts));
  b.text().add("    ").add(b.say(words::stats_alerts_waiting, statistics.alerts_waiting));
  b.text().add("\n\n").bold(b.say(words::stats_jobs)).add("\n    ");
  b.text().add(b.say(words::stats_jobs_row, jobs_in(statistics, "running"),
                     jobs_in(statistics, "paused"), jobs_in(statistics, "done"),
                     jobs_in(statistics, "cancelled")));
  b.text().add("\n").bold(b.say(words::stats_actions)).add("\n    ");
  b.text().add(outcomes(b, words::stats_last_day, statistics.recent_actions)).add("    ");
  b.text().add(outcomes(b, words::stats_all_time, statistics.actions));
  add_waits(b, statistics, zone);
  b.row({{b.say(words::refresh), Builder::go(Menu::statistics)}});
  b.row({{b.say(words::stats_picture), Builder::go(Menu::statistics_picture)}});
  b.back(Menu::report);
  return b.finish();
}

chart::Chart statistics_chart(Language language, const Statistics& statistics,
                              const std::string& zone) {
  chart::Chart chart;
  chart.right_to_left = language == Language::fa;
  chart.title = say(language, words::stats_picture_title);
  chart.subtitle =
      say(language, words::stats_picture_when, local_time(language, statistics.at, zone));
  chart.nothing = say(language, words::stats_nothing);
  std::uint64_t matches = 0;
  for (const auto& hour : statistics.hours) {
    matches += hour.matches;
    chart.columns.push_back({hour_of(language, hour.begin, zone), hour.matches,
                             digits(language, static_cast<std::int64_t>(hour.matches))});
  }
  chart.columns_title = say(language, words::stats_per_hour, matches);
  const auto& recent = statistics.recent_actions;
  chart.bars_title =
      say(language, words::stats_by_outcome, recent.done + recent.failed + recent.unknown);
  chart.bars = {bar(language, words::stats_done, recent.done, chart::Tone::good),
                bar(language, words::stats_failed, recent.failed, chart::Tone::bad),
                bar(language, words::stats_unknown, recent.unknown, chart::Tone::unsure)};
  return chart;
}

}  // namespace tgpanel::bot
