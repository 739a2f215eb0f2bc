// Messages and the updates that carry them.
#include "testdc/world/view.hpp"

#include <algorithm>

namespace testdc {

namespace {

Value photo_value(const World& world, std::int64_t viewer, const Photo& photo) {
  // One size is enough: the picture is served as it was uploaded.
  return {{"_", "photo"},
          {"id", photo.id},
          {"access_hash", world.file_access_hash(viewer, photo.id)},
          {"file_reference", Value::binary({1, 2, 3, 4})},
          {"date", photo.date},
          {"sizes", Value::array({{{"_", "photoSize"},
                                   {"type", "x"},
                                   {"w", photo.width},
                                   {"h", photo.height},
                                   {"size", photo.bytes.size()}}})},
          {"dc_id", 1}};
}

Value document_value(const World& world, std::int64_t viewer, const Document& document) {
  return {{"_", "document"},
          {"id", document.id},
          {"access_hash", world.file_access_hash(viewer, document.id)},
          {"file_reference", Value::binary({1, 2, 3, 4})},
          {"date", document.date},
          {"mime_type", document.mime_type},
          {"size", document.bytes.size()},
          {"dc_id", 1},
          {"attributes", document.attributes}};
}

Value poll_value(const Poll& poll) {
  Value out = poll.poll;
  out["_"] = "poll";
  out["id"] = poll.id;
  if (poll.closed) out["closed"] = true;
  return out;
}

// core.telegram.org/constructor/messageReplyHeader: in a topic `forum_topic` is set, and unless it
// answers one of the topic's messages, reply_to_msg_id is the topic.
Value reply_header(const World& world, const Message& message, const Message& target,
                   std::int64_t viewer) {
  Value out = {{"_", "messageReplyHeader"}, {"reply_to_msg_id", World::id_for(target, viewer)}};
  if (const auto top = message.thread.lock(); top && top.get() != &target) {
    out["reply_to_top_id"] = World::id_for(*top, viewer);
  }
  const auto* chat = world.find_chat(message.place);
  if (chat != nullptr && chat->forum && message.thread.lock()) out["forum_topic"] = true;
  return out;
}

}  // namespace

Value View::reactions(const Message& message) {
  std::vector<std::string> order;  // as they first appeared
  for (const auto& reaction : message.reactions) {
    if (std::ranges::find(order, reaction.emoji) == order.end()) order.push_back(reaction.emoji);
  }
  Value results = Value::array();
  int chosen = 0;
  for (const auto& emoji : order) {
    Value result = {{"_", "reactionCount"},
                    {"reaction", {{"_", "reactionEmoji"}, {"emoticon", emoji}}},
                    {"count", 0}};
    for (const auto& reaction : message.reactions) {
      if (reaction.emoji != emoji) continue;
      result["count"] = result["count"].get<int>() + 1;
      if (reaction.user == viewer_) result["chosen_order"] = chosen++;
    }
    results.push_back(std::move(result));
  }
  Value out = {{"_", "messageReactions"}, {"results", std::move(results)}};
  if (!message.post) out["can_see_list"] = true;
  return out;
}

Value View::reactions_update(const Message& message) {
  return {{"_", "updateMessageReactions"},
          {"peer", peer(World::dialog_of(message, viewer_))},
          {"msg_id", World::id_for(message, viewer_)},
          {"reactions", reactions(message)}};
}

Value View::poll_results(const Poll& poll) const {
  Value results = Value::array();
  auto own = poll.votes.find(viewer_);
  const bool voted = own != poll.votes.end();
  for (const auto& answer : poll.poll.at("answers")) {
    const Bytes& option = answer.at("option").get_binary();
    Value result = {{"_", "pollAnswerVoters"}, {"option", answer.at("option")}, {"voters", 0}};
    const auto chose = [&option](const std::vector<Bytes>& options) {
      return std::ranges::find(options, option) != options.end();
    };
    result["voters"] = std::ranges::count_if(
        poll.votes, [&chose](const auto& vote) { return chose(vote.second); });
    if (voted && chose(own->second)) result["chosen"] = true;
    if ((voted || poll.closed) && chose(poll.correct)) result["correct"] = true;
    results.push_back(std::move(result));
  }
  Value out = {{"_", "pollResults"}, {"total_voters", poll.votes.size()}};
  // Who has not voted does not see how the others did.
  if (voted || poll.closed) {
    out["results"] = std::move(results);
    if (!poll.solution.empty()) {
      out["solution"] = poll.solution;
      out["solution_entities"] = Value::array();
    }
  }
  return out;
}

Value View::poll_update(const Message& message) {
  const auto& poll = *message.media.poll;
  return {{"_", "updateMessagePoll"},
          {"poll_id", poll.id},
          {"poll", poll_value(poll)},
          {"results", poll_results(poll)}};
}

Value View::media(const Message& message) {
  const auto& media = message.media;
  if (media.photo) {
    return {{"_", "messageMediaPhoto"}, {"photo", photo_value(world_, viewer_, *media.photo)}};
  }
  if (media.document) {
    return {{"_", "messageMediaDocument"},
            {"document", document_value(world_, viewer_, *media.document)}};
  }
  if (!media.poll) return media.other;
  return {{"_", "messageMediaPoll"},
          {"poll", poll_value(*media.poll)},
          {"results", poll_results(*media.poll)}};
}

Value View::replies(const Message& message) {
  const auto copy = message.copy.lock();
  const auto& thread = message.post && copy ? *copy : message;
  Value out = {{"_", "messageReplies"}, {"replies", thread.replies}};
  out["replies_pts"] = world_.find_chat(thread.place)->box.pts;
  if (message.post) {
    note(thread.place);
    out["comments"] = true;
    out["channel_id"] = thread.place.id;
    Value repliers = Value::array();
    for (const auto user : thread.repliers) repliers.push_back(peer({Peer::Type::user, user}));
    if (!repliers.empty()) out["recent_repliers"] = std::move(repliers);
  }
  return out;
}

Value View::message(const Message& message) {
  Value out = {{"_", message.is_service() ? "messageService" : "message"},
               {"id", World::id_for(message, viewer_)},
               {"peer_id", peer(World::dialog_of(message, viewer_))},
               {"date", message.date}};
  const Peer self{Peer::Type::user, viewer_};
  const bool saved = World::dialog_of(message, viewer_) == self;  // nothing is sent there
  // Also of a post: TDLib drops its own message when it comes back as another's.
  if (message.author == viewer_ && !message.origin.lock() && !saved) out["out"] = true;
  // The topic of Saved Messages: whom it was forwarded from, or one's own notes.
  if (saved) {
    const auto& header = message.fwd_from;
    const bool forwarded = header.is_object() && header.contains("saved_from_peer");
    out["saved_peer_id"] = forwarded ? header["saved_from_peer"] : peer_value(self);
  }
  if (message.post) {
    out["post"] = true;
  } else {
    out["from_id"] = peer(message.from);
  }
  if (message.is_service()) {
    out["action"] = message.action;
    if (const auto start = message.thread.lock()) {
      out["reply_to"] = reply_header(world_, message, *start, viewer_);
    }
    for (const auto& user : message.action.value("users", Value::array())) {
      note({Peer::Type::user, user.get<std::int64_t>()});
    }
    if (message.action.contains("user_id")) {
      note({Peer::Type::user, message.action["user_id"].get<std::int64_t>()});
    }
    return out;
  }
  if (message.silent) out["silent"] = true;
  out["message"] = World::text_for(message, viewer_);
  if (!message.entities.empty()) out["entities"] = message.entities;
  for (const auto& entity : message.entities) {
    if (entity.contains("user_id")) note({Peer::Type::user, entity["user_id"].get<std::int64_t>()});
  }
  if (!message.media.empty()) out["media"] = media(message);
  if (message.reply_markup.is_object()) out["reply_markup"] = message.reply_markup;
  if (const auto target = message.reply_to.lock(); target && World::id_for(*target, viewer_) != 0) {
    out["reply_to"] = reply_header(world_, message, *target, viewer_);
  }
  if (const auto post = message.origin.lock()) {
    out["fwd_from"] = {{"_", "messageFwdHeader"},
                       {"from_id", peer(post->place)},
                       {"date", post->date},
                       {"channel_post", post->id},
                       {"saved_from_peer", peer(post->place)},
                       {"saved_from_msg_id", post->id}};
  } else if (message.fwd_from.is_object()) {
    out["fwd_from"] = message.fwd_from;
    if (message.fwd_from.contains("from_id")) {
      const auto& from = message.fwd_from["from_id"];
      note(from["_"] == "peerUser"
               ? Peer{Peer::Type::user, from["user_id"].get<std::int64_t>()}
               : Peer{Peer::Type::channel, from["channel_id"].get<std::int64_t>()});
    }
  }
  if (message.post) {
    out["views"] = world_.find_chat(message.place)->members.size();
    out["forwards"] = 0;
  }
  if ((message.post && message.copy.lock()) || (message.place.is_channel() && !message.post &&
                                                (message.replies > 0 || message.origin.lock()))) {
    out["replies"] = replies(message);
  }
  if (message.edit_date != 0) out["edit_date"] = message.edit_date;
  if (!message.reactions.empty()) out["reactions"] = reactions(message);
  return out;
}

Value View::update(const Event& event) {
  const bool channel = event.message ? event.message->place.is_channel() : event.peer.is_channel();
  Value out = {{"pts", event.pts}, {"pts_count", event.pts_count}};
  switch (event.kind) {
    case Event::Kind::added:
      out["_"] = channel ? "updateNewChannelMessage" : "updateNewMessage";
      out["message"] = message(*event.message);
      break;
    case Event::Kind::edited:
      out["_"] = channel ? "updateEditChannelMessage" : "updateEditMessage";
      out["message"] = message(*event.message);
      break;
    case Event::Kind::removed:
      out["_"] = channel ? "updateDeleteChannelMessages" : "updateDeleteMessages";
      if (channel) {
        note(event.peer);
        out["channel_id"] = event.peer.id;
      }
      out["messages"] = event.ids;
      break;
    case Event::Kind::read_inbox:
      out["_"] = "updateReadHistoryInbox";
      out["peer"] = peer(event.peer);
      out["max_id"] = event.max_id;
      out["still_unread_count"] = unread(event.peer);
      break;
    case Event::Kind::read_outbox:
      out["_"] = "updateReadHistoryOutbox";
      out["peer"] = peer(event.peer);
      out["max_id"] = event.max_id;
      break;
  }
  return out;
}

}  // namespace testdc
