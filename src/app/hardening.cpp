#include "app/hardening.hpp"

#include "base/files.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <stdexcept>

namespace tgpanel::app {

void harden_process() {
  restrict_umask();

  const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};
  if (::setrlimit(RLIMIT_CORE, &no_core) != 0)
    throw std::runtime_error("core dumps cannot be switched off");
#ifndef __SANITIZE_ADDRESS__  // its leak check traces the process itself
  if (::prctl(PR_SET_DUMPABLE, 0) != 0)
    throw std::runtime_error("core dumps cannot be switched off");
#endif

  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));  // NOLINT(bugprone-signal-handler): none is set
}

}  // namespace tgpanel::app
