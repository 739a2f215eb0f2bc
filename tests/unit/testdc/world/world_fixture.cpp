#include "world_fixture.hpp"

#include "testdc/world/methods.hpp"

namespace testdc {

namespace {

const tl::Schema& schema() {
  static const auto loaded = tl::Schema::load(TGPANEL_SCHEMA_DIR);
  return *loaded;
}

std::int64_t add_person(World& world, const char* phone, const char* name,
                        const char* username = "") {
  NewUser user;
  user.phone = phone;
  user.first_name = name;
  user.username = username;
  return world.add_user(user);
}

}  // namespace

void WorldTransport::push(std::uint64_t key, const Value& updates) {
  EXPECT_FALSE(schema().encode(updates).empty());
  pushed.emplace_back(key, updates);
}

WorldFixture::WorldFixture()
    : ali(add_person(world, "+98 912 1", "Ali", "ali")),
      sara(add_person(world, "98 912 2", "Sara")),
      stranger(add_person(world, "98 912 3", "Stranger")),
      bot(world.add_bot("777:secret", "Panel", "@panel_bot")),
      group(world.add_chat(ChatKind::supergroup, "Group", "group", {ali, sara})),
      channel(world.add_chat(ChatKind::channel, "News", "@news", {ali, sara})),
      basic(world.add_chat(ChatKind::basic_group, "Basic", "", {ali, sara})) {
  world.add_member(channel, bot, true);
  dispatcher.identify_by([](std::uint64_t key) { return static_cast<std::int64_t>(key); },
                         [this](std::int64_t user) { return world.is_bot(user); });
  world.connect([](std::int64_t user) { return std::vector{static_cast<std::uint64_t>(user)}; },
                transport);
  add_world_methods(dispatcher, world, files, callbacks);
}

Value WorldFixture::call(std::int64_t user, const Value& query) {
  EXPECT_FALSE(schema().encode(query).empty());
  Value out;
  dispatcher.on_call({.auth_key_id = static_cast<std::uint64_t>(user)}, query,
                     [&](std::expected<Value, RpcError> answer) {
                       if (!answer) {
                         const auto& error = answer.error();
                         out = {{"error", std::to_string(error.code) + " " + error.text}};
                         return;
                       }
                       const auto method = query.at("_").get<std::string>();
                       EXPECT_FALSE(schema().encode_result(method, *answer).empty());
                       out = *answer;
                     });
  return out;
}

std::vector<Value> WorldFixture::pushed(std::int64_t user, std::string_view kind) const {
  std::vector<Value> out;
  for (const auto& [key, updates] : transport.pushed) {
    if (key != static_cast<std::uint64_t>(user)) continue;
    for (const auto& update : updates.at("updates")) {
      if (update.at("_") == kind) out.push_back(update);
    }
  }
  return out;
}

Value WorldFixture::input_peer(std::int64_t viewer, Peer peer) const {
  switch (peer.type) {
    case Peer::Type::user:
      return {{"_", "inputPeerUser"},
              {"user_id", peer.id},
              {"access_hash", world.access_hash(viewer, peer)}};
    case Peer::Type::chat:
      return {{"_", "inputPeerChat"}, {"chat_id", peer.id}};
    case Peer::Type::channel:
      break;
  }
  return {{"_", "inputPeerChannel"},
          {"channel_id", peer.id},
          {"access_hash", world.access_hash(viewer, peer)}};
}

Value WorldFixture::input_user(std::int64_t viewer, std::int64_t user) const {
  auto out = input_peer(viewer, private_with(user));
  out["_"] = "inputUser";
  return out;
}

Value WorldFixture::input_channel(std::int64_t viewer, const Chat& chat) const {
  auto out = input_peer(viewer, chat.peer());
  out["_"] = "inputChannel";
  return out;
}

Value WorldFixture::send(std::int64_t user, Peer dialog, std::string_view text, const Value& more) {
  Value query = {{"_", "messages.sendMessage"},
                 {"peer", input_peer(user, dialog)},
                 {"message", text},
                 {"random_id", ++last_random_id_}};
  query.update(more);
  return call(user, query);
}

int WorldFixture::write(std::int64_t user, Peer dialog, std::string_view text) {
  Draft draft;
  draft.text = text;
  const auto change = world.send({user, 0}, dialog, std::move(draft));
  return World::id_for(*change.message, user);
}

Value WorldFixture::keyboard(std::string_view text, const Bytes& data) {
  Value button = {{"_", "keyboardButtonCallback"}, {"text", text}, {"data", Value::binary(data)}};
  Value row = {{"_", "keyboardButtonRow"}, {"buttons", Value::array({std::move(button)})}};
  return {{"_", "replyInlineMarkup"}, {"rows", Value::array({std::move(row)})}};
}

}  // namespace testdc
