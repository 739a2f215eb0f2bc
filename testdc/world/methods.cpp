#include "testdc/world/methods.hpp"

#include "testdc/world/context.hpp"

namespace testdc {

void add_world_methods(Dispatcher& dispatcher, World& world, Files& files, Callbacks& callbacks) {
  const Context context{world, files, callbacks};
  add_update_methods(dispatcher, context);
  add_dialog_methods(dispatcher, context);
  add_user_methods(dispatcher, context);
  add_chat_methods(dispatcher, context);
  add_member_methods(dispatcher, context);
  add_history_methods(dispatcher, context);
  add_thread_methods(dispatcher, context);
  add_topic_methods(dispatcher, context);
  add_send_methods(dispatcher, context);
  add_change_methods(dispatcher, context);
  add_reaction_methods(dispatcher, context);
  add_poll_methods(dispatcher, context);
  add_bot_methods(dispatcher, context);
  add_file_methods(dispatcher, context);
  add_small_methods(dispatcher, context);
}

}  // namespace testdc
