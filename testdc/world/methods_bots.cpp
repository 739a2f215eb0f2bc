// Presses of inline buttons and the bots' answers.
#include "testdc/world/context.hpp"
#include "testdc/world/limits.hpp"

namespace testdc {

namespace {

void press(const Context& context, const Caller& caller, const Value& query, const Reply& reply) {
  const auto dialog = input_peer(context, caller.user_id, query.at("peer"));
  const auto message =
      context.world.find_message(caller.user_id, dialog, query.at("msg_id").get<int>());
  if (message == nullptr) throw RpcError{400, "MESSAGE_ID_INVALID"};
  const Bytes data = query.contains("data") ? Bytes(query["data"].get_binary()) : Bytes();
  const auto asked = context.callbacks.press(caller.user_id, *message, data,
                                             [reply](const Value& answer) { reply(answer); });
  // Telegram says so after some seconds; here at once, since nobody will answer.
  if (!asked) throw RpcError{400, "BOT_RESPONSE_TIMEOUT"};
}

Value answer(const Context& context, const Caller& caller, const Value& query) {
  if (!context.world.is_bot(caller.user_id)) throw RpcError{400, "USER_BOT_REQUIRED"};
  context.world.audit().toast(query.value("message", ""));
  if (limits::utf8_chars(query.value("message", "")) > limits::callback_answer_chars) {
    throw RpcError{400, "MESSAGE_TOO_LONG"};
  }
  Value out = {{"_", "messages.botCallbackAnswer"}, {"cache_time", query.at("cache_time")}};
  for (const auto* field : {"alert", "message", "url"}) {
    if (query.contains(field)) out[field] = query[field];
  }
  if (out.contains("url")) out["has_url"] = true;
  if (!context.callbacks.answer(caller.user_id, query.at("query_id").get<std::int64_t>(), out)) {
    throw RpcError{400, "QUERY_ID_INVALID"};
  }
  return true;
}

}  // namespace

void add_bot_methods(Dispatcher& dispatcher, Context context) {
  dispatcher.add_late("messages.getBotCallbackAnswer",
                      [context](const Caller& caller, const Value& query, const Reply& reply) {
                        press(context, caller, query, reply);
                      });
  dispatcher.add("messages.setBotCallbackAnswer",
                 [context](const Caller& caller, const Value& query) {
                   return answer(context, caller, query);
                 });
}

}  // namespace testdc
