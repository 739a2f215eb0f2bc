#include "testdc/world/entities.hpp"
#include "testdc/world/limits.hpp"
#include "testdc/world/world.hpp"

#include <algorithm>

namespace testdc {

namespace {

void check_draft(const Draft& draft) {
  if (draft.media.empty()) {
    limits::check_text(draft.text);
  } else {
    limits::check_caption(draft.text);
  }
  limits::check_entities(draft.text, draft.entities);
  limits::check_markup(draft.reply_markup);
}

}  // namespace

void World::check_write(const User& sender, Peer dialog) const {
  if (dialog.is_user()) {
    const auto* receiver = find_user(dialog.id);
    if (receiver == nullptr || receiver->deleted) throw RpcError{400, "PEER_ID_INVALID"};
    if (sender.bot && receiver->bot) throw RpcError{400, "USER_IS_BOT"};
    // core.telegram.org/bots/faq: a bot cannot begin a conversation.
    if (sender.bot && !sender.started_by.contains(receiver->id)) {
      throw RpcError{400, "PEER_ID_INVALID"};
    }
    if (receiver->blocked.contains(sender.id)) {
      throw RpcError{sender.bot ? 403 : 400, "USER_IS_BLOCKED"};
    }
    if (sender.blocked.contains(receiver->id)) throw RpcError{400, "YOU_BLOCKED_USER"};
    // core.telegram.org/api/errors, 403 USER_PRIVACY_RESTRICTED: the privacy settings of the
    // receiver forbid it. Whoever was written to by the receiver may answer.
    if (receiver->contacts_only && !sender.bot && !receiver->contacts.contains(sender.id) &&
        !has_written(*receiver, sender.id)) {
      throw RpcError{403, "USER_PRIVACY_RESTRICTED"};
    }
    return;
  }
  const auto* chat = find_chat(dialog);
  if (chat == nullptr) throw RpcError{400, "PEER_ID_INVALID"};
  if (!can_see(sender.id, *chat)) {
    throw RpcError{400, chat->basic() ? "PEER_ID_INVALID" : "CHANNEL_PRIVATE"};
  }
  if (chat->administered_by(sender.id)) return;
  if (chat->broadcast()) {
    throw chat->has(sender.id) ? RpcError{400, "CHAT_ADMIN_REQUIRED"}
                               : RpcError{403, "CHAT_WRITE_FORBIDDEN"};
  }
  // Public groups and discussion groups may be written to without joining; bots have to be members.
  const bool open = !chat->basic() && !sender.bot;
  if (chat->write_forbidden || (!chat->has(sender.id) && !open)) {
    throw RpcError{403, "CHAT_WRITE_FORBIDDEN"};
  }
  // core.telegram.org/method/messages.sendMessage, 420 SLOWMODE_WAIT_%d: the seconds until this
  // one may write again. Admins may always (core.telegram.org/method/channels.toggleSlowMode).
  const auto last = chat->last_sent_ms.find(sender.id);
  if (chat->slow_mode == 0 || last == chat->last_sent_ms.end()) return;
  const auto left_ms = last->second + std::int64_t{chat->slow_mode} * 1'000 - now_ms();
  if (left_ms > 0) throw RpcError{420, "SLOWMODE_WAIT_" + std::to_string((left_ms + 999) / 1'000)};
}

bool World::has_written(const User& author, std::int64_t reader) {
  return std::ranges::any_of(author.mailbox.messages, [&](const auto& entry) {
    const auto& message = *entry.second;
    return message.author == author.id && message.place == Peer{Peer::Type::user, reader};
  });
}

Change World::send(Actor actor, Peer dialog, Draft draft) {
  auto& sender = users_.at(actor.user);
  if (!sender.bot) draft.reply_markup = nullptr;  // only bots have keyboards
  const std::pair sending(sender.id, draft.random_id);
  if (const auto done = sent_.find(sending); done != sent_.end()) return done->second;
  if (sender.bot) {
    audit_.content(title_of(dialog), draft.text, !draft.media.empty(), draft.entities,
                   draft.reply_markup);
  }
  check_draft(draft);
  check_write(sender, dialog);

  auto message = std::make_shared<Message>();
  message->place = dialog;
  message->author = sender.id;
  message->from = {Peer::Type::user, sender.id};
  auto* chat = find_chat(dialog);
  if (draft.as_group) {
    // core.telegram.org/api/rights, anonymous: an admin of a supergroup may write as it.
    if (chat == nullptr || chat->basic() || !chat->administered_by(sender.id)) {
      throw RpcError{400, "SEND_AS_PEER_INVALID"};
    }
    message->from = dialog;
  }
  if (chat != nullptr && chat->slow_mode != 0) chat->last_sent_ms[sender.id] = now_ms();
  if (chat != nullptr && chat->broadcast()) {
    message->post = true;
    message->from = dialog;
  }
  message->date = now() - draft.ago;
  message->text = std::move(draft.text);
  message->started_bot = draft.started_bot;
  message->start_param = std::move(draft.start_param);
  message->entities = with_found_entities(message->text, std::move(draft.entities));
  message->silent = draft.silent;
  message->media = std::move(draft.media);
  message->reply_markup = std::move(draft.reply_markup);
  message->fwd_from = std::move(draft.fwd_from);
  link_reply(message, draft.reply_to, draft.thread_id, sender.id, dialog);

  if (sender.bot) {
    const auto name = dialog.is_user() ? dialog.id : -dialog.id;
    rates_.sent(sender.id, name, !dialog.is_user(), now_ms());
  } else if (dialog.is_user() && is_bot(dialog.id)) {
    users_.at(dialog.id).started_by.insert(sender.id);
  }
  if (text_observer_) text_observer_(sender, message->text);
  auto change = deliver(actor, dialog, message);
  if (sending.second != 0) sent_.emplace(sending, change);
  changed();
  if (sent_observer_) sent_observer_(*message);
  return change;
}

Change World::start_bot(Actor actor, Peer dialog, std::int64_t bot, std::string_view param,
                        std::int64_t random_id) {
  if (!is_bot(bot)) throw RpcError{400, "BOT_INVALID"};
  limits::check_start_param(param);
  if (dialog.is_user() && dialog.id != bot) throw RpcError{400, "PEER_ID_INVALID"};
  Draft draft;
  draft.random_id = random_id;
  draft.text = dialog.is_user() ? "/start" : "/start@" + users_.at(bot).username;
  draft.entities = Value::array(
      {{{"_", "messageEntityBotCommand"}, {"offset", 0}, {"length", draft.text.size()}}});
  draft.started_bot = bot;
  draft.start_param = param;
  return send(actor, dialog, std::move(draft));
}

void World::link_reply(const MessagePtr& message, int reply_to, int thread_id, std::int64_t sender,
                       Peer dialog) {
  if (reply_to != 0) {
    const auto target = find_message(sender, dialog, reply_to);
    if (target == nullptr) throw RpcError{400, "REPLY_MESSAGE_ID_INVALID"};
    message->reply_to = target;
    if (dialog.is_channel() && !message->post) {
      auto thread = target->thread.lock();
      message->thread = thread ? thread : target;
    }
  }
  if (const auto* chat = find_chat(dialog); chat != nullptr && chat->forum) {
    // An answer is where its question is; core.telegram.org/api/forum#sending-messages.
    const auto top = message->thread.lock();
    const bool in_topic = top != nullptr && chat->topics.contains(top->id);
    enter_topic(message, *chat, thread_id != 0 ? thread_id : in_topic ? top->id : general_topic);
    return;
  }
  if (thread_id != 0 && dialog.is_channel()) {
    const auto thread = find_message(sender, dialog, thread_id);
    if (thread == nullptr) throw RpcError{400, "TOPIC_ID_INVALID"};
    message->thread = thread;
    if (reply_to == 0) message->reply_to = thread;
  }
}

void World::count_reply(const MessagePtr& message) {
  const auto thread = message->thread.lock();
  if (!thread) return;
  ++thread->replies;
  auto& repliers = thread->repliers;
  if (std::ranges::find(repliers, message->author) == repliers.end()) {
    repliers.insert(repliers.begin(), message->author);
    if (repliers.size() > 3) repliers.pop_back();
  }
}

MessagePtr World::find_message(std::int64_t viewer, Peer dialog, int id) const {
  if (!dialog.is_channel()) {
    auto message = find_in_mailbox(viewer, id);
    return message && dialog_of(*message, viewer) == dialog ? message : nullptr;
  }
  const auto* chat = find_chat(dialog);
  if (chat == nullptr) return nullptr;
  auto it = chat->box.messages.find(id);
  return it == chat->box.messages.end() || it->second->deleted ? nullptr : it->second;
}

MessagePtr World::find_in_mailbox(std::int64_t viewer, int id) const {
  const auto* user = find_user(viewer);
  if (user == nullptr) return nullptr;
  auto it = user->mailbox.messages.find(id);
  return it == user->mailbox.messages.end() || !visible(*it->second, viewer) ? nullptr : it->second;
}

std::vector<MessagePtr> World::messages(std::int64_t viewer, Peer dialog, bool with_deleted) const {
  std::vector<MessagePtr> out;
  if (dialog.is_channel()) {
    if (const auto* chat = find_chat(dialog)) {
      for (const auto& [id, message] : chat->box.messages) {
        if (with_deleted || !message->deleted) out.push_back(message);
      }
    }
  } else if (const auto* user = find_user(viewer)) {
    for (const auto& [id, message] : user->mailbox.messages) {
      if (dialog_of(*message, viewer) == dialog && (with_deleted || visible(*message, viewer))) {
        out.push_back(message);
      }
    }
  }
  return out;
}

int World::id_for(const Message& message, std::int64_t viewer) {
  if (message.place.is_channel()) return message.id;
  auto it = message.ids.find(viewer);
  return it == message.ids.end() ? 0 : it->second;
}

Peer World::dialog_of(const Message& message, std::int64_t viewer) {
  if (!message.place.is_user() || message.place.id != viewer) return message.place;
  return message.from;
}

std::string World::text_for(const Message& message, std::int64_t viewer) {
  const bool started = !message.start_param.empty() && viewer == message.started_bot;
  return started ? message.text + " " + message.start_param : message.text;
}

bool World::visible(const Message& message, std::int64_t viewer) {
  return !message.deleted && !message.gone_for.contains(viewer) && id_for(message, viewer) != 0;
}

}  // namespace testdc
