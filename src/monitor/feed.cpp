// What becomes of updates.
#include "monitor/intake.hpp"
#include "monitor/monitor_impl.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <functional>
#include <optional>

namespace tgpanel::monitor {

namespace {

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
    if (const auto upgrade = upgrade_in(update)) on_upgraded(account, *upgrade);
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
  // While an account opens, what its mailbox missed need not have come before this.
  const bool in_order = key.dense() || ready.contains(account);
  const auto step = in_order ? marks.on_message(key, id) : marks.on_last_message(key, id);
  if (step == Step::known) return;
  look(account, telegram::parse_message(message));
  if (step == Step::behind) catch_up->behind(key, account, id);
}

void Monitor::Impl::on_upgraded(AccountId account, const Upgrade& upgrade) {
  if (scope_of(upgrade.to) != ChatScope::shared || !marks.knows(upgrade.from)) return;
  // Its last message alone would make it a chat that is new, and what is older never alerts.
  const HistoryKey key{0, upgrade.to};
  if (marks.reach_back(key, from_server_message_id(1))) catch_up->behind(key, account, 0);
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
  if (step == Step::behind) catch_up->behind(key, account, id);
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
  book.trust(account);
  recorder.account_ready();
  for (const auto& [chat, since] : fresh) catch_up->read_soon(chat);
  catch_up->account_ready(account);
}

void Monitor::Impl::account_reopens(AccountId account) {
  catch_up->forgets(account);
  account_gone(account);
  book.doubt(account);
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
  if (step == Step::behind) catch_up->behind(key, reader, message.id);
}

void Monitor::Impl::on_missed(AccountId reader, const std::vector<telegram::Message>& messages) {
  if (!running) return;
  for (const auto& message : messages) look(reader, message);
}

void Monitor::Impl::on_other_mailbox(AccountId reader,
                                     const std::vector<telegram::Message>& messages) {
  if (!running) return;
  const auto oldest = oldest_remembered();
  for (const auto& message : messages) {
    if (message.date < oldest) continue;
    const auto written = std::max(message.date, message.edit_date);
    look(reader, message, from_unix_ms(written * 1'000) + kEditSlack);
  }
}

void Monitor::Impl::look(AccountId account, const telegram::Message& message,
                         Instant keywords_until) {
  if (!recent.insert(message.chat_id, shared_number(message, account))) return;
  ++stats.messages;
  judge_and_match(account, message, keywords_until);
}

// What is older may have alerted once, and been forgotten since.
std::int64_t Monitor::Impl::oldest_remembered() const {
  return to_unix_ms(clock.now() - limits.keep_seen + kForgetMargin) / 1'000;
}

void Monitor::Impl::on_reread(AccountId reader, const std::vector<telegram::Message>& messages) {
  if (!running) return;
  const auto oldest = oldest_remembered();
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
  if (text.empty()) return;
  const auto version = version_number(history_of(account, chat), id, text);
  if (!recent.insert(chat, version) || !matcher->match(text)) return;
  begin_loop(
      read_edited(shared_from_this(), account, {.chat = chat, .id = id, .version = version}));
}

AccountId Monitor::Impl::reader_of_edited(AccountId account, ChatId chat) const {
  if (accounts.client(account) != nullptr) return account;
  if (scope_of(chat) != ChatScope::shared) return 0;  // its mailbox alone has this id
  const auto members = book.members(chat);
  const auto free = std::ranges::find_if(
      members, [this](AccountId member) { return catch_up->turns().free(member); });
  return free == members.end() ? 0 : *free;
}

Awaitable<> Monitor::Impl::read_edited(Self self, AccountId account, Edited edited) {
  const auto reader = self->reader_of_edited(account, edited.chat);
  const bool borrowed = reader != account;
  telegram::Response answer = std::unexpected(telegram::TdError{499, "no account can read it"});
  if (const auto client = self->accounts.client(reader)) {
    if (borrowed) self->catch_up->turns().take(reader);
    Json call = {{"@type", "getMessage"}, {"chat_id", edited.chat}, {"message_id", edited.id}};
    answer = co_await client->request(std::move(call), self->limits.call_deadline);
    if (!self->running) co_return;
    std::optional<Error> failure;
    if (!answer) failure = answer.error().to_error();
    if (borrowed) {
      self->catch_up->end_call(reader, edited.chat, failure ? &*failure : nullptr);
    }
  }
  if (answer) {
    const auto message = telegram::parse_message(*answer);
    // Another account's TDLib answers what it has, and may be told of the edit after this. It may
    // also have been edited again since, which is judged here.
    const auto version = version_number(history_of(reader, edited.chat), edited.id, message.text);
    if (borrowed && version != edited.version) self->recent.erase(edited.chat, edited.version);
    self->judge_and_match(reader, message);
    co_return;
  }
  spdlog::warn("monitor: an edited message could not be read: {}", answer.error().message);
  self->recent.erase(edited.chat, edited.version);
  if (is_group(edited.chat)) self->catch_up->read_soon(edited.chat);
}

}  // namespace tgpanel::monitor
