#include "testdc/control/chat_ref.hpp"

#include <charconv>
#include <stdexcept>

namespace testdc {

namespace {

std::int64_t number(std::string_view name) {
  std::int64_t id = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), id);
  return parsed.ec == std::errc{} && parsed.ptr == name.data() + name.size() ? id : 0;
}

}  // namespace

Peer find_dialog(World& world, std::string_view name) {
  if (const auto* chat = world.chat_by_title(name)) return chat->peer();
  if (const auto* chat = world.chat_by_username(name)) return chat->peer();
  if (const auto* user = world.user_by_username(name)) return {Peer::Type::user, user->id};
  for (const auto& [id, user] : world.users()) {
    if (user.first_name == name) return {Peer::Type::user, id};
  }
  const auto id = number(name);
  for (const auto type : {Peer::Type::channel, Peer::Type::chat}) {
    if (world.find_chat({type, id}) != nullptr) return {type, id};
  }
  if (world.find_user(id) != nullptr) return {Peer::Type::user, id};
  throw std::runtime_error("no chat or user is called \"" + std::string(name) + "\"");
}

Chat& find_group(World& world, std::string_view name) {
  auto* chat = world.find_chat(find_dialog(world, name));
  if (chat == nullptr) throw std::runtime_error("\"" + std::string(name) + "\" is a user, no chat");
  return *chat;
}

}  // namespace testdc
