// What becomes of updates.
#include "monitor/intake.hpp"
#include "monitor/monitor_impl.hpp"

#include <functional>

namespace tgpanel::monitor {

namespace {

using telegram::int_field;
using telegram::object_field;

HistoryKey history_of(AccountId account, ChatId chat) {
  return {scope_of(chat) == ChatScope::shared ? 0 : account, chat};
}

// One number for all accounts: the message id where it is shared, else a hash of the identity.
MessageId shared_number(const telegram::Message& message) {
  if (scope_of(message.chat_id) == ChatScope::shared) return message.id;
  return static_cast<MessageId>(std::hash<std::string>{}(identity_of(message)));
}

}  // namespace

void Monitor::Impl::feed(AccountId account, const Json& update) {
  if (!running) return;
  const auto type = telegram::type_of(update);
  if (type == "updateNewMessage" || type == "updateMessageSendSucceeded") {
    on_pushed(account, object_field(update, "message"));
  } else if (type == "updateChatLastMessage") {
    on_last(account, object_field(update, "last_message"));
  } else {
    book.apply(account, update);
    if (type == "updateNewChat") {
      on_last(account, object_field(object_field(update, "chat"), "last_message"));
    }
  }
}

void Monitor::Impl::on_pushed(AccountId account, const Json& message) {
  // Most of what N accounts see was looked at already: known by two numbers, without a parse.
  const auto chat = int_field(message, "chat_id");
  const auto id = int_field(message, "id");
  if (scope_of(chat) == ChatScope::unwatched || !is_server_message(id)) return;
  book.add_member(account, chat);
  const auto key = history_of(account, chat);
  const auto step = marks.on_message(key, id);
  if (step == Step::known) return;
  look(account, telegram::parse_message(message));
  if (step == Step::behind) catch_up->behind(key, account);
}

void Monitor::Impl::on_last(AccountId account, const Json& message) {
  const auto chat = int_field(message, "chat_id");
  const auto id = int_field(message, "id");
  if (scope_of(chat) == ChatScope::unwatched || !is_server_message(id)) return;
  const auto key = history_of(account, chat);
  const auto step = marks.on_last_message(key, id);
  if (step == Step::known || step == Step::first) return;
  look(account, telegram::parse_message(message));
  if (step == Step::behind) catch_up->behind(key, account);
}

void Monitor::Impl::on_newest(AccountId reader, const telegram::Message& message) {
  if (!running || !is_server_message(message.id)) return;
  const auto key = history_of(reader, message.chat_id);
  const auto step = marks.on_last_message(key, message.id);
  if (step == Step::known || step == Step::first) return;
  look(reader, message);
  if (step == Step::behind) catch_up->behind(key, reader);
}

void Monitor::Impl::on_missed(AccountId reader, const std::vector<telegram::Message>& messages) {
  if (!running) return;
  for (const auto& message : messages) look(reader, message);
}

void Monitor::Impl::look(AccountId account, const telegram::Message& message) {
  if (!recent.insert(message.chat_id, shared_number(message))) return;
  ++stats.messages;
  const IntakeRules rules{
      .alert_channel = alert_channel,
      .ignored = &ignored_peers,
      .sender_is_ours = message.sender_id != 0 && accounts.is_ours(message.sender_id)};
  if (judge(message, rules) != Verdict::look) return;
  auto match = matcher->match(message.text);
  if (!match) return;
  ++stats.matches;
  recorder.add(
      {.account = account, .message = message, .match = std::move(*match), .at = clock.now()});
}

}  // namespace tgpanel::monitor
