#include "app/open_files.hpp"

#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <thread>

namespace tgpanel::app {

std::size_t files_needed(std::size_t accounts, unsigned processors) {
  constexpr std::size_t kOurs = 64;      // the database, the logs, the watch of the threads, spare
  constexpr std::size_t kPerGroup = 14;  // eventfds and pipes of the threads that clients share
  constexpr std::size_t kPerClient = 4;  // its log and its connections
  // TDLib's own rule for how many groups of threads there are; each client begins one until then.
  const std::size_t groups = std::clamp<std::size_t>(processors, 8, 1'000) * 5 / 4;
  const std::size_t clients = accounts + 1;
  return kOurs + kPerGroup * std::min(clients, groups) + kPerClient * clients;
}

Result<void> check_open_files(std::size_t accounts) {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return {};
  const auto needed = files_needed(accounts, std::thread::hardware_concurrency());
  if (files.rlim_cur >= needed) return {};
  return fail(
      Errc::configuration,
      fmt::format("the system lets the panel open only {} files; with {} account{} it needs about "
                  "{}. Raise the hard limit (of a service: LimitNOFILE=65536, of a container: "
                  "--ulimit nofile=65536, of a shell: \"nofile\" in /etc/security/limits.conf; "
                  "\"ulimit -Hn\" shows it), then start again",
                  files.rlim_cur, accounts, accounts == 1 ? "" : "s", needed));
}

}  // namespace tgpanel::app
