#include "cli/output.hpp"

#include "cli/exit_codes.hpp"

#include <cstdio>

namespace tgpanel::cli {

void write_out(std::string_view text) {
  // Not fmt::print(), which throws: a failure is kept by the stream.
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stdout));
}

int printed(int code) {
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && std::ferror(stdout) == 0) return code;
  fmt::print(stderr,
             "tgpanel: standard output could not be written to its end: what was printed is not "
             "complete.\n");
  return kFailed;
}

}  // namespace tgpanel::cli
