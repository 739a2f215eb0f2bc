#include "app/heap.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

namespace tgpanel::app {

void bound_heap(std::span<char*> arguments) {
  constexpr const char* kVariable = "GLIBC_TUNABLES";
  if (std::getenv(kVariable) != nullptr) return;
  std::error_code error;
  // Not the link itself: the process would be called "exe".
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error || ::setenv(kVariable, kHeapTunables, 0) != 0) return;
  std::vector<char*> vector(arguments.begin(), arguments.end());
  vector.push_back(nullptr);
  ::execv(program.c_str(), vector.data());
}

}  // namespace tgpanel::app
