#include "testdc/world/names.hpp"
#include "testdc/world/view.hpp"
#include "testdc/world/world.hpp"

#include <charconv>
#include <stdexcept>

namespace testdc {

std::int64_t World::add_user(const NewUser& user) {
  User added;
  added.phone = digits(user.phone);
  if (!added.phone.empty() && user_by_phone(added.phone) != nullptr) {
    throw std::runtime_error("there is a user with this phone already");
  }
  added.id = ++last_user_id_;
  added.first_name = user.first_name;
  added.last_name = user.last_name;
  added.username = bare_username(user.username);
  added.password = user.password;
  added.password_hint = user.password_hint;
  const auto id = added.id;
  users_.emplace(id, std::move(added));
  changed();
  return id;
}

std::int64_t World::add_bot(std::string_view token, std::string_view first_name,
                            std::string_view username) {
  std::int64_t id = 0;
  const auto colon = token.find(':');
  const std::string digits_part(token.substr(0, colon));
  const char* end = digits_part.data() + digits_part.size();
  const auto parsed = std::from_chars(digits_part.data(), end, id);
  if (colon == std::string_view::npos || parsed.ec != std::errc{} || parsed.ptr != end || id <= 0) {
    throw std::runtime_error("a bot token looks like 123456:secret");
  }
  if (users_.contains(id)) throw std::runtime_error("there is a user with this bot's id already");
  User bot;
  bot.id = id;
  bot.bot = true;
  bot.token = token;
  bot.first_name = first_name;
  bot.username = bare_username(username);
  users_.emplace(id, std::move(bot));
  changed();
  return id;
}

User* World::find_user(std::int64_t id) {
  auto it = users_.find(id);
  return it == users_.end() ? nullptr : &it->second;
}

const User* World::find_user(std::int64_t id) const {
  auto it = users_.find(id);
  return it == users_.end() ? nullptr : &it->second;
}

User* World::user_by_phone(std::string_view phone) {
  const auto wanted = digits(phone);
  for (auto& [id, user] : users_) {
    if (!wanted.empty() && user.phone == wanted) return &user;
  }
  return nullptr;
}

User* World::user_by_token(std::string_view token) {
  for (auto& [id, user] : users_) {
    if (user.bot && user.token == token) return &user;
  }
  return nullptr;
}

User* World::user_by_username(std::string_view username) {
  for (auto& [id, user] : users_) {
    if (same_username(user.username, username)) return &user;
  }
  return nullptr;
}

bool World::is_bot(std::int64_t id) const {
  const auto* user = find_user(id);
  return user != nullptr && user->bot;
}

void World::rename(std::int64_t renamed, std::string_view first_name) {
  auto& user = users_.at(renamed);
  user.first_name = first_name;
  push(renamed, {}, [&user](View& view) {
    view.note({Peer::Type::user, user.id});
    Value usernames = Value::array();
    if (!user.username.empty()) {
      usernames.push_back({{"_", "username"}, {"active", true}, {"username", user.username}});
    }
    return Value{{"_", "updateUserName"},
                 {"user_id", user.id},
                 {"first_name", user.first_name},
                 {"last_name", user.last_name},
                 {"usernames", std::move(usernames)}};
  });
  changed();
}

void World::set_contact(std::int64_t user, std::int64_t other, bool contact) {
  auto& contacts = users_.at(user).contacts;
  if (contact) {
    contacts.insert(other);
  } else {
    contacts.erase(other);
  }
  changed();
}

void World::set_blocked(Actor actor, std::int64_t other, bool blocked) {
  auto& list = users_.at(actor.user).blocked;
  if (blocked) {
    list.insert(other);
  } else {
    list.erase(other);
  }
  push(actor.user, actor, [other, blocked](View& view) {
    Value update = {{"_", "updatePeerBlocked"}, {"peer_id", view.peer({Peer::Type::user, other})}};
    if (blocked) update["blocked"] = true;
    return update;
  });
  changed();
}

Value World::render_user(std::int64_t id, std::int64_t viewer) const {
  return View(*this, viewer).user(users_.at(id));
}

}  // namespace testdc
