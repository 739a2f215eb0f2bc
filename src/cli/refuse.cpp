#include "cli/refuse.hpp"

#include "cli/exit_codes.hpp"

#include <fmt/core.h>

#include <cstdio>

namespace tgpanel::cli {

int refuse(const Error& error) {
  fmt::print(stderr, "tgpanel: {}\n", error.message);
  return exit_code(error.code);
}

}  // namespace tgpanel::cli
