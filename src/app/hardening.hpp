#pragma once

// What the process gives up at its start.

namespace tgpanel::app {

/// umask 077; no core dumps and no debugger of other processes of this user (secrets are in
/// memory); SIGPIPE ignored; as many open files as the system grants (each account takes several).
/// Before any thread.
void harden_process();

}  // namespace tgpanel::app
