#include "soak/load.hpp"

#include "bench/process_times.hpp"
#include "support/seeded_accounts.hpp"
#include "support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace soak {

namespace {

using std::chrono::duration;
using testdc::Json;
namespace words = support::words;

constexpr std::string_view kMatch = "match no. ";
constexpr std::string_view kReopened = "its client is opened anew";
constexpr duration<double> kAskBot{6};  // between messages to the bot
constexpr std::chrono::seconds kDrain{60};

std::int64_t now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

std::string group_name(int group) {
  return fmt::format("Group {}", group);
}

/// The numbers behind kMatch.
std::vector<int> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  for (auto at = text.find(kMatch); at != std::string_view::npos; at = text.find(kMatch, at + 1)) {
    int number = 0;
    std::from_chars(text.data() + at + kMatch.size(), text.data() + text.size(), number);
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace

Load::Load(const Size& size) : size_(size) {
  auto& environment = stage_.environment();
  environment["TGPANEL_PACE_SCALE"] = std::to_string(size.pace);
  environment["TGPANEL_MESSAGES_PER_CHAT"] = std::to_string(size.messages_per_chat);
  if (!size.heap.empty()) environment["GLIBC_TUNABLES"] = size.heap;
  const auto users = support::seed_accounts(stage_, size.accounts);
  for (int group = 0; group < size.groups; ++group) {
    std::vector<std::int64_t> members{stage_.town().writer};
    for (int member = 0; member < size.members; ++member) {
      const auto who = (group * size.members + member) % size.accounts;
      members.push_back(users[static_cast<std::size_t>(who)]);
    }
    stage_.world().add_chat("supergroup", group_name(group), "", members);
  }
}

void Load::open() {
  stage_.start();
  stage_.say("/start");
  stage_.wait_bot(words::kMainMenu);
  stage_.press(words::kMonitorMode);
  stage_.press(words::kAddKeyword);
  stage_.say("bicycle");
  stage_.wait_bot("Added the keyword");
  stage_.world().clear_calls();
}

Outcome Load::run(const std::function<void(const Sample&, int recycles)>& on_sample) {
  open();
  Outcome outcome;
  begun_ = Clock::now();
  const duration<double> length(size_.minutes * 60);
  duration<double> next_sample(size_.sample_s);
  duration<double> next_question = kAskBot / 2;  // between two matches
  for (;;) {
    const duration<double> passed = Clock::now() - begun_;
    if (passed >= length) break;
    const duration<double> next_message(written_ / size_.rate);
    if (passed >= next_message) write_next();
    if (passed >= next_question) {
      ask_bot();
      next_question += kAskBot;
    }
    if (passed >= next_sample) {
      take_sample(outcome);
      const auto all = recycles();
      on_sample(outcome.samples.back(), std::accumulate(all.begin(), all.end(), 0));
      next_sample += duration<double>(size_.sample_s);
    }
    const auto next = std::min({next_message, next_question, next_sample});
    std::this_thread::sleep_until(begun_ + std::chrono::duration_cast<Clock::duration>(next));
  }
  outcome.matches = matches_;
  look_at_channel(outcome);
  read_calls();
  outcome.alert_ms = alert_ms_;
  outcome.round_trip_ms = round_trip_ms_;
  outcome.recycles = recycles();
  outcome.complaints = stage_.complaints();
  if (const int code = stage_.stop(); code != 0) {
    outcome.complaints.push_back(fmt::format("the panel ended with {}", code));
  }
  return outcome;
}

void Load::write_next() {
  const auto group = group_name(written_ % size_.groups);
  ++written_;
  const auto due = static_cast<int>(written_ / size_.rate / 60 * size_.matches);
  std::string text = fmt::format("message {}, which is about something else", written_);
  if (due > matches_) {
    text = fmt::format("a bicycle, {}{} of many", kMatch, ++matches_);
    written_ms_[matches_] = now_ms();
  }
  stage_.world().write(stage_.town().writer, group, text);
}

void Load::ask_bot() {
  asked_ms_.push_back(now_ms());
  stage_.world().write(stage_.town().admin, std::string(words::kBotName), "/start");
}

void Load::take_sample(Outcome& outcome) {
  const duration<double, std::ratio<3600>> passed = Clock::now() - begun_;
  outcome.samples.push_back(
      {.hours = passed.count(), .mb = bench::resident_mb(stage_.panel().pid())});
  read_calls();
}

// What the bot sent since the last time.
void Load::read_calls() {
  auto& world = stage_.world();
  const auto calls = world.calls("messages.sendMessage", stage_.town().bot);
  world.clear_calls();
  for (const auto& call : calls) {
    const auto at = call.at("time_ms").get<std::int64_t>();
    const auto& query = call.at("query");
    const auto numbers = numbers_in(query.value("message", ""));
    for (const int number : numbers) {
      const auto written = written_ms_.extract(number);
      if (!written.empty()) alert_ms_.push_back(static_cast<double>(at - written.mapped()));
    }
    // Several questions that came while the panel stood still may have one answer: the last one's.
    while (asked_ms_.size() > 1 && at >= asked_ms_[1]) asked_ms_.erase(asked_ms_.begin());
    if (numbers.empty() && !asked_ms_.empty() && at >= asked_ms_.front()) {
      round_trip_ms_.push_back(static_cast<double>(at - asked_ms_.front()));
      asked_ms_.erase(asked_ms_.begin());
    }
  }
}

std::vector<int> Load::recycles() {
  std::vector<int> times(static_cast<std::size_t>(size_.accounts), 0);
  const auto log = stage_.panel().err();
  constexpr std::string_view kAccount = "account ";
  for (auto at = log.find(kReopened); at != std::string::npos; at = log.find(kReopened, at + 1)) {
    const auto name = log.rfind(kAccount, at);
    std::size_t number = 0;
    std::from_chars(log.data() + name + kAccount.size(), log.data() + at, number);
    if (number >= 1 && number <= times.size()) ++times[number - 1];
  }
  return times;
}

void Load::look_at_channel(Outcome& outcome) {
  std::map<int, int> times;
  const auto look = [&] {
    times.clear();
    for (const auto& post : stage_.alerts()) {
      for (const int number : numbers_in(post.text)) ++times[number];
    }
    return times.size() == static_cast<std::size_t>(matches_);
  };
  try {
    stage_.world().wait_until("all alerts", look, kDrain);
  } catch (const std::runtime_error&) {  // NOLINT(bugprone-empty-catch): counted below
  }
  for (int number = 1; number <= matches_; ++number) {
    if (times[number] == 0) ++outcome.missing;
    if (times[number] > 1) ++outcome.twice;
  }
}

}  // namespace soak
