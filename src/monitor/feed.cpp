// What becomes of updates.
#include "monitor/intake.hpp"
#include "monitor/monitor_impl.hpp"

#include <spdlog/spdlog.h>

#include <functional>

namespace tgpanel::monitor {

namespace {

constexpr Millis kEditedDeadline{10'000};  // TDLib answers from memory
constexpr Millis kForgetMargin{86'400'000};
constexpr Millis kEditSlack{5'000};  // Telegram's clock, in whole seconds, beside ours

using telegram::int_field;
using telegram::object_field;

HistoryKey history_of(AccountId account, ChatId chat) {
  return {scope_of(chat) == ChatScope::shared ? 0 : account, chat};
}

// One number for a message with this text. Ids of a private chat count in each account's mailbox.
MessageId version_number(HistoryKey history, MessageId id, std::string_view text) {
  constexpr AccountId kSpread = 0x1'0000'01B3;
  const auto mailbox = is_group(history.chat) ? 0 : history.account * kSpread;
  return static_cast<MessageId>(std::hash<std::string_view>{}(text)) ^ id ^ mailbox;
}

// Telegram gives whole seconds.
bool written_since(std::int64_t date, Instant since) {
  return date >= to_unix_ms(since) / 1'000;
}

// One number for all accounts: the message id where it is shared, else a hash of the identity.
MessageId shared_number(const telegram::Message& message, AccountId account) {
  if (scope_of(message.chat_id) == ChatScope::shared) return message.id;
  return static_cast<MessageId>(std::hash<std::string>{}(identity_of(message, account)));
}

}  // namespace

void Monitor::Impl::feed(AccountId account, const Json& update) {
  if (!running) return;
  if (!ready.contains(account)) opening.try_emplace(account, clock.now());
  const auto type = telegram::type_of(update);
  if (type == "updateNewMessage" || type == "updateMessageSendSucceeded") {
    on_pushed(account, object_field(update, "message"));
  } else if (type == "updateMessageContent") {
    on_edited(account, update);
  } else if (type == "updateChatLastMessage") {
    on_last(account, object_field(update, "last_message"));
  } else {
    book.apply(account, update);
    if (type == "updateNewChat") {
      on_last(account, object_field(object_field(update, "chat"), "last_message"));
    }
  }
}

bool Monitor::Impl::watched(ChatId chat) const {
  if (is_group(chat)) return true;
  return private_chats && scope_of(chat) == ChatScope::private_chat && !is_service_peer(chat);
}

void Monitor::Impl::on_pushed(AccountId account, const Json& message) {
  // Most of what N accounts see was looked at already: known by two numbers, without a parse.
  const auto chat = int_field(message, "chat_id");
  const auto id = int_field(message, "id");
  if (!watched(chat) || !is_server_message(id)) return;
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
  if (!watched(chat) || !is_server_message(id)) return;
  const auto key = history_of(account, chat);
  const auto step = marks.on_last_message(key, id);
  if (step == Step::first) note_fresh(account, message);
  if (step == Step::known || step == Step::first) return;
  look(account, telegram::parse_message(message));
  if (step == Step::behind) catch_up->behind(key, account);
}

void Monitor::Impl::note_fresh(AccountId account, const Json& message) {
  const auto since = opening.find(account);
  const auto chat = int_field(message, "chat_id");
  if (since == opening.end() || !is_group(chat)) return;
  if (written_since(int_field(message, "date"), since->second)) fresh[chat] = since->second;
}

void Monitor::Impl::account_ready(AccountId account) {
  opening.erase(account);
  ready.insert(account);
  recorder.account_ready();
  for (const auto& [chat, since] : fresh) catch_up->read_soon(chat);
  catch_up->account_ready();
}

void Monitor::Impl::account_gone(AccountId account) {
  opening.erase(account);
  ready.erase(account);
  catch_up->account_gone(account);
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
  if (!recent.insert(message.chat_id, shared_number(message, account))) return;
  ++stats.messages;
  judge_and_match(account, message);
}

void Monitor::Impl::on_reread(AccountId reader, const std::vector<telegram::Message>& messages) {
  if (!running) return;
  // What is older may have alerted once, and been forgotten since.
  const auto oldest = to_unix_ms(clock.now() - limits.keep_seen + kForgetMargin) / 1'000;
  for (const auto& message : messages) {
    const auto since = fresh.find(message.chat_id);
    if (since != fresh.end() && written_since(message.date, since->second)) {
      look(reader, message);
      continue;
    }
    if (message.edit_date == 0 || message.date < oldest || message.text.empty()) continue;
    const auto version =
        version_number(history_of(reader, message.chat_id), message.id, message.text);
    if (!recent.insert(message.chat_id, version)) continue;
    judge_and_match(reader, message, from_unix_ms(message.edit_date * 1'000) + kEditSlack);
  }
  if (!messages.empty()) fresh.erase(messages.front().chat_id);
}

IntakeRules Monitor::Impl::rules_for(const telegram::Message& message) const {
  return {.alert_channel = alert_channel,
          .alert_discussion = alert_discussion,
          .ignored = &ignored_peers,
          .sender_is_ours = message.sender_id != 0 && accounts.is_ours(message.sender_id),
          .private_chats = private_chats};
}

void Monitor::Impl::judge_and_match(AccountId account, const telegram::Message& message,
                                    Instant keywords_until) {
  if (judge(message, rules_for(message)) != Verdict::look) return;
  auto match = matcher->match(message.text);
  if (!match || match->keyword.added > keywords_until) return;
  // TDLib reports contents that changed in what nobody reads (a preview came) as edits too.
  recent.insert(message.chat_id,
                version_number(history_of(account, message.chat_id), message.id, message.text));
  ++stats.matches;
  recorder.add(
      {.account = account, .message = message, .match = std::move(*match), .at = clock.now()});
}

void Monitor::Impl::on_edited(AccountId account, const Json& update) {
  const auto chat = int_field(update, "chat_id");
  const auto id = int_field(update, "message_id");
  if (!watched(chat) || !is_server_message(id)) return;
  const auto text = telegram::text_of(object_field(update, "new_content"));
  if (text.empty() || !recent.insert(chat, version_number(history_of(account, chat), id, text)))
    return;
  if (matcher->match(text)) begin_loop(read_edited(shared_from_this(), account, chat, id));
}

Awaitable<> Monitor::Impl::read_edited(Self self, AccountId account, ChatId chat, MessageId id) {
  const auto client = self->accounts.client(account);
  if (client == nullptr) co_return;
  Json call = {{"@type", "getMessage"}, {"chat_id", chat}, {"message_id", id}};
  auto answer = co_await client->request(std::move(call), kEditedDeadline);
  if (!answer) {
    spdlog::warn("monitor: an edited message could not be read: {}", answer.error().message);
    co_return;
  }
  if (!self->running) co_return;
  // It may have been edited again since.
  self->judge_and_match(account, telegram::parse_message(*answer));
}

}  // namespace tgpanel::monitor
