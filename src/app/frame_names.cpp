#include "app/frame_names.hpp"

#include <backtrace/backtrace.h>
#include <cxxabi.h>
#include <dlfcn.h>
#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>
#include <memory>

namespace tgpanel::app {

namespace {

constexpr std::size_t kLongestName = 160;

struct Call {
  std::string function;
  std::string place;
};

void ignore_error(void*, const char*, int) {}

std::string demangled(const char* symbol) {
  struct Free {
    void operator()(char* text) const { std::free(text); }  // NOLINT: what __cxa_demangle asks for
  };

  int status = 0;
  const std::unique_ptr<char, Free> name(abi::__cxa_demangle(symbol, nullptr, nullptr, &status));
  return short_function_name(status == 0 ? name.get() : symbol);
}

// The folder and the file: enough to find it, and nothing of the machine that built it.
std::string place_in_source(const char* file, int line) {
  const std::filesystem::path path(file);
  return fmt::format("{}:{}", (path.parent_path().filename() / path.filename()).string(), line);
}

int take_call(void* calls, std::uintptr_t, const char* file, int line, const char* function) {
  if (file == nullptr && function == nullptr) return 0;
  static_cast<std::vector<Call>*>(calls)->push_back(
      {function == nullptr ? "" : demangled(function),
       file == nullptr ? "" : place_in_source(file, line)});
  return 0;
}

void take_symbol(void* text, std::uintptr_t, const char* symbol, std::uintptr_t, std::uintptr_t) {
  if (symbol != nullptr) *static_cast<std::string*>(text) = demangled(symbol);
}

// What addr2line takes.
std::string place_in_file(std::uintptr_t address) {
  Dl_info info{};
  // NOLINTNEXTLINE(performance-no-int-to-ptr): addresses of code are numbers here
  if (::dladdr(reinterpret_cast<void*>(address), &info) == 0 || info.dli_fname == nullptr) {
    return fmt::format("{:#x}", address);
  }
  return fmt::format("{}+{:#x}", std::filesystem::path(info.dli_fname).filename().string(),
                     address - reinterpret_cast<std::uintptr_t>(info.dli_fbase));
}

}  // namespace

std::string short_function_name(std::string_view name) {
  constexpr std::string_view kNobody = "(anonymous namespace)::";
  constexpr std::string_view kOperator = "operator";
  std::string shortened;
  int depth = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const char letter = name[at];
    if (depth == 0 && name.substr(at).starts_with(kNobody)) {
      at += kNobody.size() - 1;
    } else if (depth == 0 && shortened.ends_with(kOperator)) {
      // Its sign belongs to the name: operator(), operator<<, operator->.
      const auto sign_ends = letter == '(' ? at + 2 : name.find('(', at + 1);
      const auto sign = name.substr(at, sign_ends - at);
      shortened += sign;
      at += sign.size() - 1;
    } else if (letter == '(' || letter == '<') {
      ++depth;
    } else if ((letter == ')' || letter == '>') && depth > 0) {
      --depth;
    } else if (depth == 0) {
      shortened += letter;
    }
  }
  if (shortened.size() > kLongestName) shortened.resize(kLongestName);
  return shortened;
}

std::vector<std::string> frame_names(std::uintptr_t address) {
  static backtrace_state* const state = ::backtrace_create_state(nullptr, 1, ignore_error, nullptr);
  std::vector<Call> calls;
  std::string symbol;
  if (state != nullptr) {
    ::backtrace_pcinfo(state, address, take_call, ignore_error, &calls);
    ::backtrace_syminfo(state, address, take_symbol, ignore_error, &symbol);
  }
  if (calls.empty()) calls.emplace_back();
  // Debug information may hold names without their classes; the symbol table has the whole one of
  // the function that was not inlined.
  if (!symbol.empty()) calls.back().function = symbol;
  if (calls.back().place.empty()) calls.back().place = place_in_file(address);

  std::vector<std::string> names;
  names.reserve(calls.size());
  for (const auto& [function, place] : calls) {
    names.push_back(fmt::format("{} ({})", function.empty() ? "?" : function, place));
  }
  return names;
}

}  // namespace tgpanel::app
