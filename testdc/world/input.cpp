#include "testdc/world/context.hpp"
#include "testdc/world/limits.hpp"

namespace testdc {

namespace {

std::int64_t id_of(const Value& input, const char* field) {
  return input.at(field).get<std::int64_t>();
}

// Bots may name any user or channel by its id alone (core.telegram.org/api/peers: access_hash 0).
bool hash_fits(const Context& context, std::int64_t viewer, Peer object, const Value& input) {
  const auto hash = input.at("access_hash").get<std::int64_t>();
  return hash == context.world.access_hash(viewer, object) ||
         (hash == 0 && context.world.is_bot(viewer));
}

// Somebody named by a message of his that the viewer can see.
bool named_by_message(const Context& context, std::int64_t viewer, const Value& input,
                      Peer wanted) {
  const auto dialog = input_peer(context, viewer, input.at("peer"));
  const auto message = context.world.find_message(viewer, dialog, input.at("msg_id").get<int>());
  return message != nullptr && message->from == wanted;
}

std::shared_ptr<Poll> input_poll(const Context& context, const Value& input) {
  auto poll = std::make_shared<Poll>();
  poll->id = context.world.next_id();
  poll->poll = input.at("poll");
  poll->poll.erase("id");
  poll->poll.erase("closed");
  const auto& answers = poll->poll.at("answers");
  if (answers.size() < 2 || answers.size() > limits::poll_options) {
    throw RpcError{400, "POLL_ANSWERS_INVALID"};
  }
  if (poll->poll.at("question").at("text").get_ref<const std::string&>().empty()) {
    throw RpcError{400, "POLL_QUESTION_INVALID"};
  }
  for (const auto& option : input.value("correct_answers", Value::array())) {
    poll->correct.push_back(option.get_binary());
  }
  if (poll->poll.value("quiz", false) && poll->correct.empty()) {
    throw RpcError{400, "QUIZ_CORRECT_ANSWERS_EMPTY"};
  }
  poll->solution = input.value("solution", "");
  return poll;
}

// A file that is on the server already, named as this viewer was shown it.
template <class File>
std::shared_ptr<File> known_file(const Context& context, std::int64_t viewer, const Value& input,
                                 std::shared_ptr<File> (Files::*find)(std::int64_t) const) {
  const auto id = id_of(input, "id");
  if (id_of(input, "access_hash") != context.world.file_access_hash(viewer, id)) return nullptr;
  return (context.files.*find)(id);
}

Bytes uploaded(const Context& context, std::int64_t viewer, const Value& file) {
  return context.files.take(viewer, file.at("id").get<std::int64_t>(), file.at("parts").get<int>());
}

}  // namespace

Peer input_peer(const Context& context, std::int64_t viewer, const Value& input) {
  const auto& kind = input.at("_").get_ref<const std::string&>();
  if (kind == "inputPeerSelf") return {Peer::Type::user, viewer};
  if (kind == "inputPeerUser" || kind == "inputPeerUserFromMessage") {
    const Peer peer{Peer::Type::user, id_of(input, "user_id")};
    const bool fits = kind == "inputPeerUser" ? hash_fits(context, viewer, peer, input)
                                              : named_by_message(context, viewer, input, peer);
    if (!fits || context.world.find_user(peer.id) == nullptr)
      throw RpcError{400, "PEER_ID_INVALID"};
    return peer;
  }
  if (kind == "inputPeerChat") {
    const Peer peer{Peer::Type::chat, id_of(input, "chat_id")};
    const auto* chat = context.world.find_chat(peer);
    if (chat == nullptr || !chat->has(viewer)) throw RpcError{400, "PEER_ID_INVALID"};
    return peer;
  }
  if (kind == "inputPeerChannel" || kind == "inputPeerChannelFromMessage") {
    return input_channel(context, viewer, input).peer();
  }
  throw RpcError{400, "PEER_ID_INVALID"};
}

User& input_user(const Context& context, std::int64_t viewer, const Value& input) {
  const auto& kind = input.at("_").get_ref<const std::string&>();
  User* user = nullptr;
  if (kind == "inputUserSelf") {
    user = context.world.find_user(viewer);
  } else if (kind == "inputUser" || kind == "inputUserFromMessage") {
    const Peer peer{Peer::Type::user, id_of(input, "user_id")};
    const bool fits = kind == "inputUser" ? hash_fits(context, viewer, peer, input)
                                          : named_by_message(context, viewer, input, peer);
    if (fits) user = context.world.find_user(peer.id);
  }
  if (user == nullptr) throw RpcError{400, "USER_ID_INVALID"};
  return *user;
}

Chat& input_channel(const Context& context, std::int64_t viewer, const Value& input) {
  const auto& kind = input.at("_").get_ref<const std::string&>();
  if (!input.contains("channel_id")) throw RpcError{400, "CHANNEL_INVALID"};
  const Peer peer{Peer::Type::channel, id_of(input, "channel_id")};
  const bool fits = kind.ends_with("FromMessage") ? named_by_message(context, viewer, input, peer)
                                                  : hash_fits(context, viewer, peer, input);
  auto* chat = context.world.find_chat(peer);
  if (!fits || chat == nullptr) throw RpcError{400, "CHANNEL_INVALID"};
  if (!context.world.can_see(viewer, *chat)) throw RpcError{400, "CHANNEL_PRIVATE"};
  return *chat;
}

Chat& input_chat(const Context& context, std::int64_t viewer, std::int64_t id) {
  auto* chat = context.world.find_chat({Peer::Type::chat, id});
  if (chat == nullptr || !chat->has(viewer)) throw RpcError{400, "CHAT_ID_INVALID"};
  return *chat;
}

std::vector<int> input_messages(const Context& context, std::int64_t viewer, Peer box,
                                const Value& list) {
  std::vector<int> out;
  for (const auto& input : list) {
    const auto& kind = input.at("_").get_ref<const std::string&>();
    if (!input.contains("id")) continue;  // pinned messages are not kept
    const int id = input["id"].get<int>();
    if (kind != "inputMessageReplyTo") {
      out.push_back(id);
      continue;
    }
    const auto message = box.is_channel() ? context.world.find_message(viewer, box, id)
                                          : context.world.find_in_mailbox(viewer, id);
    const auto target = message ? message->reply_to.lock() : nullptr;
    if (target) out.push_back(World::id_for(*target, viewer));
  }
  return out;
}

Value input_entities(const Context& context, std::int64_t viewer, const Value& query) {
  Value out = query.value("entities", Value::array());
  for (auto& entity : out) {
    if (entity["_"] != "inputMessageEntityMentionName") continue;
    entity["user_id"] = input_user(context, viewer, entity.at("user_id")).id;
    entity["_"] = "messageEntityMentionName";
  }
  return out;
}

Media input_media(const Context& context, std::int64_t viewer, const Value& input) {
  const auto& kind = input.at("_").get_ref<const std::string&>();
  Media media;
  if (kind == "inputMediaUploadedPhoto") {
    media.photo = context.files.add_photo(context.world.next_id(), context.world.now(),
                                          uploaded(context, viewer, input.at("file")));
  } else if (kind == "inputMediaPhoto") {
    media.photo = known_file(context, viewer, input.at("id"), &Files::photo);
  } else if (kind == "inputMediaUploadedDocument") {
    media.document = context.files.add_document(
        context.world.next_id(), context.world.now(), input.at("mime_type").get<std::string>(),
        input.at("attributes"), uploaded(context, viewer, input.at("file")));
  } else if (kind == "inputMediaDocument") {
    media.document = known_file(context, viewer, input.at("id"), &Files::document);
  } else if (kind == "inputMediaPoll") {
    media.poll = input_poll(context, input);
  }
  if (media.empty()) throw RpcError{400, "MEDIA_INVALID"};
  return media;
}

}  // namespace testdc
