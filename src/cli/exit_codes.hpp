#pragma once
// What the program's exit code says (docs/operations.md).

#include "base/result.hpp"

namespace tgpanel::cli {

enum ExitCode : int {  // NOLINT(cppcoreguidelines-use-enum-class): they are ints by purpose
  kDone = 0,
  kFailed = 1,
  kUsage = 2,
  kPartlyDone = 3,
  kNotFound = 4,
  kFloodWait = 6,
  kBusy = 75,
  kLoginNeeded = 77,
  kConfiguration = 78,
  kQuarantined = 79,
  kInterrupted = 130,
};

/// The exit code of a command that ends with this error.
[[nodiscard]] constexpr int exit_code(Errc code) {
  switch (code) {
    case Errc::not_found:
      return kNotFound;
    case Errc::busy:
      return kBusy;
    case Errc::login_needed:
      return kLoginNeeded;
    case Errc::flood_wait:
      return kFloodWait;
    case Errc::configuration:
      return kConfiguration;
    case Errc::cancelled:
      return kInterrupted;
    default:
      return kFailed;
  }
}

}  // namespace tgpanel::cli
