#pragma once
// How a command of the program ends that could not be carried out.

#include "base/result.hpp"

namespace tgpanel::cli {

/// Says the error on standard error, after the program's name; returns the exit code for it
/// (cli/exit_codes.hpp).
[[nodiscard]] int refuse(const Error& error);

}  // namespace tgpanel::cli
