#include "testdc/world/callbacks.hpp"

#include "testdc/world/limits.hpp"
#include "testdc/world/view.hpp"

namespace testdc {

std::optional<std::int64_t> Callbacks::press(std::int64_t user, const Message& message,
                                             const Bytes& data, Answer answer) {
  const auto bot = message.author;
  if (!world_.is_bot(bot)) throw RpcError{400, "MESSAGE_ID_INVALID"};
  if (data.empty() || data.size() > limits::button_data_bytes) throw RpcError{400, "DATA_INVALID"};
  if (!world_.online(bot)) return std::nullopt;
  const auto query = world_.next_id();
  pending_[query] = {bot, std::move(answer)};
  world_.push(bot, {}, [&](View& view) {
    view.note({Peer::Type::user, user});
    return Value{{"_", "updateBotCallbackQuery"},
                 {"query_id", query},
                 {"user_id", user},
                 {"peer", view.peer(World::dialog_of(message, bot))},
                 {"msg_id", World::id_for(message, bot)},
                 {"chat_instance", world_.access_hash(bot, World::dialog_of(message, bot))},
                 {"data", Value::binary(data)}};
  });
  return query;
}

bool Callbacks::answer(std::int64_t bot, std::int64_t query, const Value& answer) {
  auto it = pending_.find(query);
  if (it == pending_.end() || it->second.bot != bot) return false;
  const auto done = std::move(it->second.answer);
  pending_.erase(it);
  if (done) done(answer);
  world_.changed();
  return true;
}

}  // namespace testdc
