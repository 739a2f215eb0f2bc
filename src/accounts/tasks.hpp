#pragma once
// Coroutines started beside each other.

#include "base/async.hpp"
#include "base/time.hpp"

#include <vector>

namespace tgpanel::accounts {

/// Starts a coroutine whose end nobody waits for. An exception in it is a bug: it ends the program.
void launch(const Executor& executor, Awaitable<> work);

/// Runs all side by side; true once all have ended, false at the bound (they then go on by
/// themselves).
Awaitable<bool> run_all(Executor executor, std::vector<Awaitable<>> work, Millis bound);

/// Waits on the steady clock.
Awaitable<> pause(Executor executor, Millis time);

}  // namespace tgpanel::accounts
