#pragma once
// Starting many saved sessions: by the panel's manager, by TDLib alone, and by `tgpanel run`; each
// runs in a process of its own, so that memory can be told apart.

#include "bench/child.hpp"
#include "support/process.hpp"
#include "testdc/control/driver.hpp"

#include <vector>

namespace bench {

/// The number of the first one's phone, beside those of the town that the whole panel needs.
inline constexpr int kFirstPerson = 1000;

struct StartTask {
  int accounts = 0;
  ClientPlace place;
};

struct StartResult {
  double all_ready_s = 0;   // authorised, as saved
  double all_loaded_s = 0;  // and the whole chat list known
  double memory_before_mb = 0;
  double memory_after_mb = 0;
};

struct WholeResult {
  StartResult saved;        // after a clean stop
  double after_kill_s = 0;  // all ready after SIGKILL
  double stop_s = 0;        // from SIGTERM to the end
};

/// Who is logged in below, all of them in so many groups.
void add_people(testdc::Driver& world, int accounts, int groups);

/// Logs all in and closes.
void log_in_panel(const StartTask& task);
void log_in_bare(const StartTask& task);
/// Opens what log_in_... left, until every chat list is known.
StartResult start_panel(const StartTask& task);
StartResult start_bare(const StartTask& task);
/// Opens and closes them all so many times; resident memory in MB of each time, while all are open.
std::vector<double> reopen_bare(const StartTask& task, int times);
/// `tgpanel run` with what log_in_panel left, from its start until its ready line says that all are
/// active: after a clean stop and after a kill. Memory is held beside that of a panel without
/// accounts. To be called from no child.
WholeResult start_whole(const StartTask& task, support::Environment environment);

}  // namespace bench
