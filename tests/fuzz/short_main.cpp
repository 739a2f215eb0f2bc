// A fuzzer without libFuzzer, for every day: its corpus, and inputs that are made of it by chance,
// the same ones in every run.

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;
using Input = std::vector<std::uint8_t>;

constexpr std::size_t kLongest = 4'096;
constexpr const char* kFound = "found";
constexpr std::string_view kWhere = "what was being run is in the file \"found\" of this folder\n";

// What runs now, for the handler, which may call only what is safe in it.
std::span<const std::uint8_t> running;

extern "C" void keep_input(int signal) {
  if (const int file = ::open(kFound, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600); file >= 0) {
    static_cast<void>(!::write(file, running.data(), running.size()));
    ::close(file);
    static_cast<void>(!::write(STDERR_FILENO, kWhere.data(), kWhere.size()));
  }
  std::signal(signal, SIG_DFL);
  static_cast<void>(std::raise(signal));
}

void run(const Input& input) {
  running = input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

std::vector<Input> read_corpus(const fs::path& folder) {
  std::vector<fs::path> files{fs::directory_iterator(folder), {}};
  std::ranges::sort(files);
  std::vector<Input> all;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    all.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    if (!file.is_open() || file.bad()) throw std::runtime_error(path.string() + " cannot be read");
  }
  if (all.empty()) throw std::runtime_error(folder.string() + " has no input");
  return all;
}

class Chance {
 public:
  /// Below `count`, which is not 0.
  std::size_t below(std::size_t count) { return engine_() % count; }

 private:
  std::mt19937_64 engine_{1};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same in every run
};

/// Puts in a byte, flips a bit, takes out a piece, doubles one, or goes on as another input does.
void change(Input& input, const std::vector<Input>& corpus, Chance& chance) {
  const auto at = chance.below(input.size() + 1);
  const auto from = input.begin() + static_cast<std::ptrdiff_t>(at);
  const auto to = from + static_cast<std::ptrdiff_t>(chance.below(input.size() - at + 1));
  switch (chance.below(5)) {
    case 0:
      input.insert(from, static_cast<std::uint8_t>(chance.below(256)));
      break;
    case 1:
      if (from != input.end()) *from ^= static_cast<std::uint8_t>(1U << chance.below(8));
      break;
    case 2:
      input.erase(from, to);
      break;
    case 3: {
      const Input piece(from, to);
      input.insert(from, piece.begin(), piece.end());
      break;
    }
    default: {
      const auto& other = corpus[chance.below(corpus.size())];
      const auto cut = chance.below(other.size() + 1);
      input.erase(from, input.end());
      input.insert(input.end(), other.begin() + static_cast<std::ptrdiff_t>(cut), other.end());
    }
  }
  if (input.size() > kLongest) input.resize(kLongest);
}

void run_all(const fs::path& folder, std::size_t runs) {
  const auto corpus = read_corpus(folder);
  for (const auto& input : corpus) run(input);
  Chance chance;
  for (std::size_t i = 0; i < runs; ++i) {
    auto input = corpus[chance.below(corpus.size())];
    for (auto changes = 1 + chance.below(8); changes > 0; --changes) change(input, corpus, chance);
    run(input);
  }
  fmt::print("{} inputs of the corpus, {} made of them\n", corpus.size(), runs);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::span args(argv, static_cast<std::size_t>(argc));
    if (args.size() != 3)
      throw std::runtime_error("wanted: the folder of inputs, and how many runs");
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS}) std::signal(signal, keep_input);
    run_all(args[1], std::stoul(args[2]));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
