// Edits, deletions and what has been read.
#include "testdc/world/entities.hpp"
#include "testdc/world/limits.hpp"
#include "testdc/world/world.hpp"

#include <algorithm>

namespace testdc {

namespace {

void apply(Message& message, const Revision& revision, std::int64_t now_ms) {
  message.edits.push_back({now_ms, message.text, message.reply_markup});
  message.edit_date = static_cast<int>(now_ms / 1000) - revision.ago;
  if (revision.text) {
    message.text = *revision.text;
    message.entities = revision.entities;
    message.start_param.clear();
  }
  if (revision.media) message.media = *revision.media;
}

bool changes(const Message& message, const Revision& revision, const Value& markup) {
  return (revision.text &&
          (*revision.text != message.text || revision.entities != message.entities)) ||
         (revision.media && *revision.media != message.media) || markup != message.reply_markup;
}

}  // namespace

Change World::edit(Actor actor, Peer dialog, int id, Revision revision) {
  const auto message = find_message(actor.user, dialog, id);
  if (is_bot(actor.user)) {
    if (revision.text) {
      const bool caption =
          revision.media ? !revision.media->empty() : message != nullptr && !message->media.empty();
      audit_.content(title_of(dialog), *revision.text, caption, revision.entities,
                     revision.reply_markup);
    } else {
      audit_.keyboard(title_of(dialog), revision.reply_markup);
    }
  }
  if (message == nullptr || message->is_service()) throw RpcError{400, "MESSAGE_ID_INVALID"};
  auto* chat = find_chat(dialog);
  const bool own = message->author == actor.user && !message->origin.lock();
  if (!own && !(message->post && chat->administered_by(actor.user))) {
    throw RpcError{403, "MESSAGE_AUTHOR_REQUIRED"};
  }
  if (revision.text) {
    const bool with_media = revision.media ? !revision.media->empty() : !message->media.empty();
    if (with_media) {
      limits::check_caption(*revision.text);
    } else {
      limits::check_text(*revision.text);
    }
    limits::check_entities(*revision.text, revision.entities);
    revision.entities = with_found_entities(*revision.text, std::move(revision.entities));
  }
  limits::check_markup(revision.reply_markup);
  const Value markup = is_bot(actor.user) ? revision.reply_markup : message->reply_markup;
  // core.telegram.org/method/messages.editMessage: MESSAGE_NOT_MODIFIED, "identical to the previous
  // message data"; text, entities, media and keyboard count.
  if (!changes(*message, revision, markup)) throw RpcError{400, "MESSAGE_NOT_MODIFIED"};

  if (revision.text && text_observer_) text_observer_(users_.at(actor.user), *revision.text);
  apply(*message, revision, now_ms());
  message->reply_markup = markup;
  Event event;
  event.kind = Event::Kind::edited;
  event.message = message;
  if (chat != nullptr && !chat->basic()) {
    event.peer = chat->peer();
    event = record(chat->box, std::move(event));
    publish_to_channel(actor, *chat, event);
    if (const auto copy = message->copy.lock(); copy && !copy->deleted) {
      auto& group = *find_chat(copy->place);
      apply(*copy, revision, now_ms());
      Event copied;
      copied.kind = Event::Kind::edited;
      copied.message = copy;
      copied.peer = group.peer();
      copied = record(group.box, std::move(copied));
      publish_to_channel({}, group, copied);
    }
    changed();
    return {message, event};
  }
  Event own_event;
  for (const auto& [owner, owner_id] : message->ids) {
    if (message->gone_for.contains(owner)) continue;
    const auto recorded = record(users_.at(owner).mailbox, event);
    if (owner == actor.user) own_event = recorded;
    publish_to_mailbox(actor, owner, recorded, withheld(*message));
  }
  changed();
  return {message, own_event};
}

Event World::erase(Actor actor, const std::vector<int>& ids, bool revoke) {
  std::map<std::int64_t, std::vector<int>> removed;
  removed[actor.user];
  bool withheld_chat = false;
  for (const int id : ids) {
    const auto message = find_in_mailbox(actor.user, id);
    if (message == nullptr) continue;
    const auto* chat = find_chat(message->place);
    // In a private chat both may delete for both; in a basic group only the author and admins.
    const bool for_all = revoke && (chat == nullptr || message->author == actor.user ||
                                    chat->administered_by(actor.user));
    if (revoke && !for_all) throw RpcError{403, "MESSAGE_DELETE_FORBIDDEN"};
    withheld_chat = withheld_chat || withheld(*message);
    for (const auto& [owner, owner_id] : message->ids) {
      if (!for_all && owner != actor.user) continue;
      if (message->gone_for.insert(owner).second) removed[owner].push_back(owner_id);
    }
    message->deleted = message->gone_for.size() == message->ids.size();
  }
  Event own;
  own.kind = Event::Kind::removed;
  own.pts = users_.at(actor.user).mailbox.pts;
  own.pts_count = 0;
  for (auto& [owner, list] : removed) {
    if (list.empty()) continue;
    Event event;
    event.kind = Event::Kind::removed;
    event.pts_count = static_cast<int>(list.size());
    event.ids = std::move(list);
    event.peer = {Peer::Type::user, owner};
    event = record(users_.at(owner).mailbox, std::move(event));
    if (owner == actor.user) own = event;
    publish_to_mailbox(actor, owner, event, withheld_chat);
  }
  changed();
  return own;
}

Event World::erase_in_channel(Actor actor, Chat& chat, const std::vector<int>& ids) {
  Event event;
  event.kind = Event::Kind::removed;
  event.peer = chat.peer();
  std::vector<MessagePtr> copies;
  for (const int id : ids) {
    const auto message = find_message(actor.user, chat.peer(), id);
    // Message 1 is the chat's creation and stays.
    if (message == nullptr || id == 1) continue;
    if (actor.user != 0 && message->author != actor.user && !chat.administered_by(actor.user)) {
      throw RpcError{403, "MESSAGE_DELETE_FORBIDDEN"};
    }
    message->deleted = true;
    event.ids.push_back(id);
    if (const auto copy = message->copy.lock(); copy && !copy->deleted) copies.push_back(copy);
  }
  event.pts = chat.box.pts;
  event.pts_count = static_cast<int>(event.ids.size());
  if (event.ids.empty()) return event;
  event = record(chat.box, std::move(event));
  publish_to_channel(actor, chat, event);
  for (const auto& copy : copies) erase_in_channel({}, *find_chat(copy->place), {copy->id});
  changed();
  return event;
}

Event World::read(Actor actor, Peer dialog, int max_id) {
  auto& reader = users_.at(actor.user);
  auto& state = reader.read[dialog];
  Event event;
  event.kind = Event::Kind::read_inbox;
  event.peer = dialog;
  event.max_id = max_id;
  event.pts_count = 0;
  if (dialog.is_channel()) {
    state.inbox = std::max(state.inbox, std::min(max_id, find_chat(dialog)->box.last_id));
    event.pts = find_chat(dialog)->box.pts;
    changed();
    return event;
  }
  event.pts = reader.mailbox.pts;
  event.max_id = std::min(max_id, reader.mailbox.last_id);
  if (event.max_id <= state.inbox) return event;
  state.inbox = event.max_id;
  event.pts_count = 1;
  event = record(reader.mailbox, std::move(event));
  publish_to_mailbox(actor, actor.user, event, false);
  if (dialog.is_user() && dialog.id != actor.user) {
    // The other side sees how far he was read, in ids of its own.
    const auto seen = messages(actor.user, dialog);
    int other_id = 0;
    for (const auto& message : seen) {
      if (message->author == dialog.id && id_for(*message, actor.user) <= max_id) {
        other_id = std::max(other_id, id_for(*message, dialog.id));
      }
    }
    auto& other = users_.at(dialog.id);
    auto& outbox = other.read[{Peer::Type::user, actor.user}].outbox;
    if (other_id > outbox) {
      outbox = other_id;
      Event told;
      told.kind = Event::Kind::read_outbox;
      told.peer = {Peer::Type::user, actor.user};
      told.max_id = other_id;
      publish_to_mailbox({}, other.id, record(other.mailbox, std::move(told)), false);
    }
  }
  changed();
  return event;
}

}  // namespace testdc
