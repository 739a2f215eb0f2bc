#pragma once
// What the handlers of the world's calls share: the parts they work on, and the reading of a call's
// fields (peers are checked against the caller's access hashes).

#include "testdc/rpc/dispatcher.hpp"
#include "testdc/world/callbacks.hpp"
#include "testdc/world/files.hpp"
#include "testdc/world/world.hpp"

#include <cstdint>
#include <vector>

namespace testdc {

struct Context {
  World& world;
  Files& files;
  Callbacks& callbacks;
};

void add_update_methods(Dispatcher& dispatcher, Context context);
void add_dialog_methods(Dispatcher& dispatcher, Context context);
void add_user_methods(Dispatcher& dispatcher, Context context);
void add_chat_methods(Dispatcher& dispatcher, Context context);
void add_member_methods(Dispatcher& dispatcher, Context context);
void add_history_methods(Dispatcher& dispatcher, Context context);
void add_thread_methods(Dispatcher& dispatcher, Context context);
void add_topic_methods(Dispatcher& dispatcher, Context context);
void add_send_methods(Dispatcher& dispatcher, Context context);
void add_change_methods(Dispatcher& dispatcher, Context context);
void add_reaction_methods(Dispatcher& dispatcher, Context context);
void add_poll_methods(Dispatcher& dispatcher, Context context);
void add_bot_methods(Dispatcher& dispatcher, Context context);
void add_file_methods(Dispatcher& dispatcher, Context context);
void add_small_methods(Dispatcher& dispatcher, Context context);

[[nodiscard]] inline Actor actor_of(const Caller& caller) {
  return {caller.user_id, caller.auth_key_id};
}

/// updates.state of a user.
[[nodiscard]] Value updates_state(const Context& context, std::int64_t user);

/// InputPeer. Throws PEER_ID_INVALID, CHANNEL_INVALID, CHANNEL_PRIVATE.
[[nodiscard]] Peer input_peer(const Context& context, std::int64_t viewer, const Value& input);
/// InputUser. Throws USER_ID_INVALID.
[[nodiscard]] User& input_user(const Context& context, std::int64_t viewer, const Value& input);
/// InputChannel. Throws CHANNEL_INVALID, CHANNEL_PRIVATE.
[[nodiscard]] Chat& input_channel(const Context& context, std::int64_t viewer, const Value& input);
/// Id of a basic group. Throws CHAT_ID_INVALID when the caller is not in it.
[[nodiscard]] Chat& input_chat(const Context& context, std::int64_t viewer, std::int64_t id);
/// The ids of Vector<InputMessage>, as messages of this viewer; replies are looked up.
[[nodiscard]] std::vector<int> input_messages(const Context& context, std::int64_t viewer, Peer box,
                                              const Value& list);
/// Entities as messages carry them.
[[nodiscard]] Value input_entities(const Context& context, std::int64_t viewer, const Value& query);
/// InputMedia. Throws MEDIA_INVALID and what Files throws.
[[nodiscard]] Media input_media(const Context& context, std::int64_t viewer, const Value& input);

}  // namespace testdc
