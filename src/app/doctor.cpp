#include "app/doctor.hpp"

#include "app/foundation.hpp"
#include "app/library_place.hpp"
#include "base/crypto.hpp"
#include "cli/exit_codes.hpp"
#include "cli/output.hpp"

#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <system_error>
#include <utility>

namespace tgpanel::app {

namespace fs = std::filesystem;

namespace {

// TDLib opens a handful of files and sockets per account.
constexpr rlim_t kGoodFileLimit = 4'096;

Finding judge(std::string what, const Result<std::string>& result) {
  return {result.has_value(), std::move(what), result ? *result : result.error().message};
}

Result<std::string> look_at_library(const Settings& settings) {
  const auto places = default_library_places();
  const auto place = find_library(settings.tdjson, places);
  if (!place) return std::unexpected(place.error());
  const auto sum = crypto::file_sha256(place->file.string());
  if (!sum) {
    return fail(Errc::configuration, fmt::format("{} cannot be read", place->file.string()));
  }
  if (place->expected_sha256.empty()) {
    return fmt::format("{} (named by TGPANEL_TDJSON, not checked)", place->file.string());
  }
  if (*sum != place->expected_sha256) {
    return fail(Errc::configuration,
                fmt::format("{} is not the file that this program was made for; install it again",
                            place->file.string()));
  }
  return fmt::format("{} (checksum is right)", place->file.string());
}

Result<std::string> look_at_data(const Settings& settings) {
  std::error_code error;
  auto folder = settings.data_dir;
  const bool there = fs::exists(folder, error);
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    return fail(Errc::storage,
                fmt::format("{} cannot be written; check its owner and rights", folder.string()));
  }
  return fmt::format("{} ({})", settings.data_dir.string(),
                     there ? "can be written" : "will be created");
}

Result<std::string> look_at_key(const Settings& settings) {
  std::error_code error;
  if (!fs::exists(settings.data_dir / "key.check", error)) {
    return std::string("will be read or created at the first start");
  }
  const auto keyring = open_keyring(settings);
  if (!keyring) return std::unexpected(keyring.error());
  return std::string("opens this data folder");
}

Result<std::string> look_at_file_limit() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_max >= kGoodFileLimit) return fmt::format("{} open files", files.rlim_max);
  return fail(
      Errc::configuration,
      fmt::format("only {} open files are allowed; with many accounts raise the limit to {}",
                  files.rlim_max, kGoodFileLimit));
}

}  // namespace

Result<void> check_processor() {
  if (__builtin_cpu_supports("sse4.2") != 0) return {};
  return fail(
      Errc::configuration,
      "this processor has no SSE4.2, which the matching of keywords needs; any x86-64 "
      "processor since 2008 has it (a virtual machine may hide it: choose CPU type \"host\")");
}

std::vector<Finding> examine(const SettingSources& sources) {
  std::vector<Finding> findings;
  const auto processor = check_processor();
  findings.push_back({processor.has_value(), "processor",
                      processor ? "x86-64 with SSE4.2" : processor.error().message});
  findings.push_back(judge("open files", look_at_file_limit()));
  const auto loaded = load_settings(sources, Required::to_run);
  findings.push_back(
      {loaded.has_value(), "settings", loaded ? "complete" : loaded.error().message});
  if (!loaded) return findings;
  for (const auto& warning : loaded->warnings) findings.push_back({true, "note", warning});
  findings.push_back(judge("library", look_at_library(loaded->settings)));
  findings.push_back(judge("data folder", look_at_data(loaded->settings)));
  findings.push_back(judge("master key", look_at_key(loaded->settings)));
  return findings;
}

int run_doctor(const SettingSources& sources) {
  bool good = true;
  for (const auto& finding : examine(sources)) {
    cli::print_out("{} {}: {}\n", finding.good ? "ok  " : "FAIL", finding.what, finding.says);
    good = good && finding.good;
  }
  return cli::printed(good ? cli::kDone : cli::kConfiguration);
}

}  // namespace tgpanel::app
