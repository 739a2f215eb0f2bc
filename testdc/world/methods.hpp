#pragma once
// The calls of the world (users, chats, messages, updates, files): registers their handlers.
// What is not registered is reported by the dispatcher as unknown.

#include "testdc/rpc/dispatcher.hpp"
#include "testdc/world/callbacks.hpp"
#include "testdc/world/files.hpp"
#include "testdc/world/world.hpp"

namespace testdc {

/// All four must outlive the dispatcher's last call.
void add_world_methods(Dispatcher& dispatcher, World& world, Files& files, Callbacks& callbacks);

}  // namespace testdc
