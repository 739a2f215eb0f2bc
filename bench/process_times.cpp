#include "bench/process_times.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace bench {

namespace {

std::string content(pid_t process, const char* file) {
  std::ifstream in(fmt::format("/proc/{}/{}", process, file));
  std::ostringstream out;
  out << in.rdbuf();
  if (out.str().empty()) throw std::runtime_error(fmt::format("no process {}", process));
  return out.str();
}

}  // namespace

double cpu_seconds(pid_t process) {
  const std::string stat = content(process, "stat");
  // After the program's name, which may hold anything: utime and stime are fields 14 and 15.
  std::istringstream fields(stat.substr(stat.rfind(')') + 2));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double resident_mb(pid_t process) {
  std::istringstream fields(content(process, "statm"));
  double total = 0;
  double resident = 0;
  fields >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

}  // namespace bench
