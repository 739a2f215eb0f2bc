// What an update costs the receive thread: one that nobody uses, dropped after a look at its type,
// beside the same one built as the panel builds what it uses, and parsed a second time instead.

#include "telegram/incoming.hpp"

#include "base/json.hpp"

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>

namespace tgpanel::telegram {
namespace {

std::string small() {
  return R"({"@type":"updateUserStatus","user_id":5012345678,"status":{"@type":"userStatusOnline",)"
         R"("expires":1700000000},"@client_id":1})";
}

// As TDLib sends lists: the type first, then kilobytes.
std::string large() {
  Json filters = Json::array();
  for (int i = 0; i < 200; ++i) {
    filters.push_back(
        {{"@type", "chatFolderInfo"},
         {"id", i},
         {"name", {{"@type", "chatFolderName"}, {"text", "Folder " + std::to_string(i)}}}});
  }
  return R"({"@type":"updateChatFolders","chat_folders":)" + filters.dump() + R"(,"@client_id":1})";
}

void dropped(benchmark::State& state, const std::string& text) {
  IncomingReader reader;
  if (reader.look(text).kind != Incoming::Kind::dropped) throw std::logic_error("it is used");
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(reader.look(text));
}

void built(benchmark::State& state, const std::string& text) {
  IncomingReader reader;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(reader.look(text));
    benchmark::DoNotOptimize(reader.build());
  }
}

void parsed(benchmark::State& state, const std::string& text) {
  IncomingReader reader;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(reader.look(text));
    benchmark::DoNotOptimize(Json::parse(text, nullptr, false));
  }
}

BENCHMARK_CAPTURE(dropped, small, small());
BENCHMARK_CAPTURE(built, small, small());
BENCHMARK_CAPTURE(parsed, small, small());
BENCHMARK_CAPTURE(dropped, large, large());
BENCHMARK_CAPTURE(built, large, large());
BENCHMARK_CAPTURE(parsed, large, large());

}  // namespace
}  // namespace tgpanel::telegram

BENCHMARK_MAIN();
