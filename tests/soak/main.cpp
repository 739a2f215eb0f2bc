// soak: a panel under a steady load of messages, while its clients are closed and opened again as
// they grow. Says how its memory goes, how often each client was recycled and how late alerts are
// beside the bot's own round trip; ends with 1 when a target is missed.

#include "soak/load.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>

namespace {

struct Targets {
  int recycles = 3;      // of every client, at least
  double growth = 1;     // percent an hour, after the warm-up
  double delay_ms = 50;  // of alerts, the 99th percentile, above the round trip's
};

bool judge(std::string_view what, const std::string& value, bool good, const std::string& target) {
  fmt::print("{:<34} {:>26}   {} {}\n", what, value, good ? "ok:" : "MISSED:", target);
  return good;
}

int report(const soak::Outcome& outcome, const soak::Size& size, const Targets& targets) {
  std::vector<soak::Sample> warm;
  double peak = 0;
  for (const auto& sample : outcome.samples) {
    peak = std::max(peak, sample.mb);
    if (sample.hours * 60 >= size.warm_up) warm.push_back(sample);
  }
  const auto growth = soak::growth_per_hour(warm);
  const auto [least, most] = std::ranges::minmax(outcome.recycles);
  const auto alert = soak::percentile(outcome.alert_ms, 99);
  const auto trip = soak::percentile(outcome.round_trip_ms, 99);
  fmt::print("{:<34} {:>26}\n", "peak of memory", fmt::format("{:.1f} MB", peak));
  fmt::print("{:<34} {:>26}\n", "alert delay p50 / p99",
             fmt::format("{:.0f} / {:.0f} ms", soak::percentile(outcome.alert_ms, 50), alert));
  fmt::print("{:<34} {:>26}\n", "the bot's round trip p50 / p99",
             fmt::format("{:.0f} / {:.0f} ms", soak::percentile(outcome.round_trip_ms, 50), trip));
  bool good = judge("memory after the warm-up", fmt::format("{:+.2f} % an hour", growth),
                    growth < targets.growth, fmt::format("below {} %", targets.growth));
  good &= judge("recycles of each client", fmt::format("{} to {}", least, most),
                least >= targets.recycles, fmt::format("at least {}", targets.recycles));
  good &= judge("alerts missing / twice",
                fmt::format("{} / {} of {}", outcome.missing, outcome.twice, outcome.matches),
                outcome.missing == 0 && outcome.twice == 0 && outcome.matches > 0, "none");
  good &= judge("alert delay above the round trip", fmt::format("{:+.0f} ms", alert - trip),
                alert - trip <= targets.delay_ms && !outcome.round_trip_ms.empty(),
                fmt::format("at most {:.0f} ms", targets.delay_ms));
  for (const auto& complaint : outcome.complaints) fmt::print("complaint: {}\n", complaint);
  return good && outcome.complaints.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("A panel under a steady load: memory, recycled clients, delay of alerts.");
  soak::Size size;
  Targets targets;
  app.add_option("--minutes", size.minutes, "How long")->check(CLI::PositiveNumber);
  app.add_option("--warm-up", size.warm_up, "Minutes of it in which memory may grow");
  app.add_option("--sample", size.sample_s, "Seconds between samples")->check(CLI::PositiveNumber);
  app.add_option("--accounts", size.accounts, "Accounts")->check(CLI::Range(1, 2000));
  app.add_option("--groups", size.groups, "Groups")->check(CLI::Range(1, 1000));
  app.add_option("--members", size.members, "Accounts in each group")->check(CLI::Range(1, 2000));
  app.add_option("--rate", size.rate, "Messages a second, in all")->check(CLI::PositiveNumber);
  app.add_option("--matches", size.matches, "Matches a minute")->check(CLI::PositiveNumber);
  app.add_option("--pace", size.pace, "TGPANEL_PACE_SCALE")->check(CLI::Range(1, 1000));
  app.add_option("--messages-per-chat", size.messages_per_chat, "TGPANEL_MESSAGES_PER_CHAT");
  app.add_option("--heap", size.heap, "GLIBC_TUNABLES of the panel");
  app.add_option("--least-recycles", targets.recycles, "Target: recycles of every client");
  app.add_option("--most-growth", targets.growth, "Target: percent of memory an hour");
  app.add_option("--most-delay", targets.delay_ms, "Target: ms of p99 above the bot's round trip");
  CLI11_PARSE(app, argc, argv);
  try {
    if (size.members > size.accounts) throw std::runtime_error("more members than accounts");
    fmt::print("{} accounts, {} groups of {}, {} messages a second, {} matches a minute, {} min\n",
               size.accounts, size.groups, size.members, size.rate, size.matches, size.minutes);
    soak::Load load(size);
    const auto outcome = load.run([](const soak::Sample& sample, int recycles) {
      fmt::print("{:>7.2f} min {:>9.1f} MB {:>6} recycles\n", sample.hours * 60, sample.mb,
                 recycles);
      std::fflush(stdout);
    });
    return report(outcome, size, targets);
  } catch (const std::exception& error) {
    fmt::print(stderr, "soak: {}\n", error.what());
    return 1;
  }
}
