#include "app/refuse.hpp"

#include "app/exit_codes.hpp"

#include <fmt/core.h>

#include <cstdio>

namespace tgpanel::app {

int refuse(const Error& error) {
  fmt::print(stderr, "tgpanel: {}\n", error.message);
  return exit_code(error.code);
}

}  // namespace tgpanel::app
