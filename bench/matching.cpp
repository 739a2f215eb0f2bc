// Keywords against messages: the matcher beside a loop over substrings, on the same folded texts.
//
// The ratio of the two is the counter `times_faster` of the matcher's line, measured in the same
// run.
#include "monitor/fold.hpp"
#include "monitor/matcher.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace tgpanel::monitor {
namespace {

constexpr std::size_t kMessages = 64;
constexpr unsigned kSeed = 20'240'101;

// Words of 5 to 12 letters, half Latin, half Persian.
std::string word(std::mt19937& random) {
  const bool latin = random() % 2 == 0;
  std::string text;
  for (auto left = 5 + random() % 8; left > 0; --left) {
    if (latin) {
      text.push_back(static_cast<char>('a' + random() % 26));
    } else {
      const auto letter = 0x0628 + random() % 0x13;  // ب to غ, two bytes each
      text.push_back(static_cast<char>(0xC0U | (letter >> 6U)));
      text.push_back(static_cast<char>(0x80U | (letter & 0x3FU)));
    }
  }
  return text;
}

struct World {
  std::vector<Keyword> keywords;
  std::vector<std::string> folded;
  std::vector<std::string> messages;  // about 30 words each; one in eight has a keyword
  std::shared_ptr<const Matcher> matcher;
  double naive_us = 0;  // per message
};

World make_world(std::size_t count) {
  std::mt19937 random(kSeed);
  World world;
  for (std::size_t i = 0; i < count; ++i) {
    world.keywords.push_back({.id = static_cast<KeywordId>(i) + 1, .text = word(random)});
    world.folded.push_back(fold(world.keywords.back().text));
  }
  for (std::size_t i = 0; i < kMessages; ++i) {
    std::string message;
    for (int words = 0; words < 30; ++words) message += word(random) + ' ';
    if (i % 8 == 0) message += world.keywords[random() % count].text;
    world.messages.push_back(std::move(message));
  }
  auto built = Matcher::build(world.keywords);
  if (!built) throw std::runtime_error(built.error().message);
  world.matcher = std::move(*built);
  return world;
}

// The first keyword in the text; -1: none. What a panel without an index does.
std::ptrdiff_t find_naively(const World& world, const std::string& message) {
  const auto text = fold(message);
  for (std::size_t i = 0; i < world.folded.size(); ++i) {
    if (text.find(world.folded[i]) != std::string::npos) return static_cast<std::ptrdiff_t>(i);
  }
  return -1;
}

World& world_of(std::int64_t count) {
  static std::map<std::int64_t, World> worlds;
  const auto it = worlds.find(count);
  if (it != worlds.end()) return it->second;
  return worlds.emplace(count, make_world(static_cast<std::size_t>(count))).first->second;
}

void substring_loop(benchmark::State& state) {
  auto& world = world_of(state.range(0));
  std::size_t at = 0;
  std::size_t messages = 0;
  const auto begin = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(find_naively(world, world.messages[at++ % kMessages]));
    ++messages;
  }
  const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - begin;
  world.naive_us = spent.count() / static_cast<double>(messages);
}

void matcher(benchmark::State& state) {
  auto& world = world_of(state.range(0));
  for (const auto& message : world.messages) {  // both must agree before speed counts
    const auto match = world.matcher->match(message);
    const auto naive = find_naively(world, message);
    if (match.has_value() != (naive >= 0) || (match && match->keyword.id != naive + 1)) {
      state.SkipWithError("the matcher and the loop disagree");
      return;
    }
  }
  std::size_t at = 0;
  std::size_t messages = 0;
  const auto begin = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(world.matcher->match(world.messages[at++ % kMessages]));
    ++messages;
  }
  const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - begin;
  state.counters["times_faster"] = world.naive_us / (spent.count() / static_cast<double>(messages));
}

void build(benchmark::State& state) {
  const auto& world = world_of(state.range(0));
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(Matcher::build(world.keywords));
}

// The loop first: the matcher's line says the ratio.
BENCHMARK(substring_loop)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(matcher)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(build)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tgpanel::monitor

BENCHMARK_MAIN();
