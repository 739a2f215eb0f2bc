// Polls.
#include "testdc/world/context.hpp"
#include "testdc/world/view.hpp"

namespace testdc {

void add_poll_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add("messages.sendVote", [context](const Caller& caller, const Value& query) {
    const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
    std::vector<Bytes> options;
    for (const auto& option : query.at("options")) options.push_back(option.get_binary());
    const auto message =
        context.world.vote(actor_of(caller), dialog, query.at("msg_id").get<int>(), options);
    View view(context.world, caller.user_id);
    return view.updates(Value::array({view.poll_update(*message)}));
  });
  dispatcher.add("messages.getPollResults", [context](const Caller& caller, const Value& query) {
    const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
    const auto message =
        context.world.find_message(caller.user_id, dialog, query.at("msg_id").get<int>());
    if (message == nullptr || !message->media.poll) throw RpcError{400, "MESSAGE_ID_INVALID"};
    View view(context.world, caller.user_id);
    return view.updates(Value::array({view.poll_update(*message)}));
  });
}

}  // namespace testdc
