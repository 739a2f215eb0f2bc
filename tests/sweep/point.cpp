#include "sweep/point.hpp"

#include "support/words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <deque>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace sweep {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLogLines = 20;

/// One life of the panel. What does not come in time is a finding, and the rest is still looked at.
void live(World& world, Part& part, std::uint64_t point, Findings& findings) {
  world.start(point);
  try {
    part.play(world, findings);
  } catch (const PanelFailed&) {
    throw;
  } catch (const std::runtime_error& error) {
    findings.other.emplace_back(error.what());
  }
  part.check(world, findings);
  world.stop();
}

/// One kill leaves at most one outcome of an account not known, and none leaves none.
void judge_unknown(Outcome& outcome) {
  const int excused = outcome.killed ? 1 : 0;
  for (const auto& [account, times] : outcome.findings.unknown) {
    if (times <= excused) continue;
    outcome.findings.unclear.push_back(
        fmt::format("{} outcomes of {} are not known, after {} kills", times, account, excused));
  }
}

std::string end_of(const std::string& log) {
  std::deque<std::string> last;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line); last.push_back(line)) {
    if (last.size() == kLogLines) last.pop_front();
  }
  return fmt::format("{}", fmt::join(last, "\n"));
}

void play(World& world, Part& part, std::uint64_t point, Outcome& outcome) {
  part.prepare(world);
  try {
    live(world, part, point, outcome.findings);
  } catch (const PanelDied&) {
    outcome.killed = true;
    outcome.findings = {};
    live(world, part, 0, outcome.findings);
  }
  for (auto& complaint : world.stage().complaints()) {
    outcome.findings.other.push_back(std::move(complaint));
  }
}

void keep(World& world, const Findings& findings, const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (std::size_t life = 0; life < world.logs().size(); ++life) {
    std::ofstream(folder / fmt::format("panel-{}.log", life + 1)) << world.logs()[life];
  }
  std::ofstream(folder / "panel-last.log") << world.log();
  std::ofstream broken(folder / "findings.txt");
  for (const auto* list :
       {&findings.lost, &findings.twice, &findings.unclear, &findings.died, &findings.other}) {
    for (const auto& one : *list) broken << one << '\n';
  }
  std::ofstream chat(folder / "chat.txt");
  for (const auto& message :
       world.stage().world().messages(std::string(support::words::kBotName), world.town().admin)) {
    chat << fmt::format("--- {} {}{}\n{}\n", message.id, message.sender_name,
                        message.deleted ? " (deleted)" : "", message.text);
  }
  std::ofstream calls(folder / "calls.json");
  for (const auto& call : world.stage().world().calls()) calls << call.dump() << '\n';
  if (fs::exists(world.stage().data()))
    fs::copy(world.stage().data(), folder / "data", fs::copy_options::recursive);
}

}  // namespace

Outcome run_point(const PartRow& part, std::uint64_t point, const fs::path& folder) {
  World world;
  Outcome outcome;
  const auto acts = part.make();
  try {
    play(world, *acts, point, outcome);
  } catch (const PanelDied&) {
    outcome.findings.died.emplace_back("killed again, by nobody who is known");
  } catch (const PanelFailed& error) {
    outcome.findings.died.emplace_back(error.what());
  } catch (const std::exception& error) {
    outcome.findings.other.emplace_back(error.what());
  }
  judge_unknown(outcome);
  if (outcome.findings.good()) return outcome;
  outcome.log_end = end_of(world.log());
  keep(world, outcome.findings, folder);
  return outcome;
}

std::uint64_t count_points(const PartRow& part) {
  World world;
  const auto acts = part.make();
  const auto file = world.stage().folder() / "points";
  acts->prepare(world);
  world.stage().environment()["TGPANEL_CRASH_COUNT"] = file.string();
  Findings findings;
  live(world, *acts, 0, findings);
  std::uint64_t points = 0;
  std::ifstream(file) >> points;
  return points;
}

}  // namespace sweep
