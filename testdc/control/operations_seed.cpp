// Who and what there is before a test begins.
#include "testdc/control/chat_ref.hpp"
#include "testdc/control/operations.hpp"

#include <stdexcept>

namespace testdc {

namespace {

std::string text(const Json& arguments, const char* name) {
  return arguments.value(name, "");
}

ChatKind kind_of(const std::string& name) {
  if (name == "supergroup") return ChatKind::supergroup;
  if (name == "channel") return ChatKind::channel;
  if (name == "basic_group") return ChatKind::basic_group;
  throw std::runtime_error("a chat is a supergroup, a channel or a basic_group");
}

std::string named(const Json& arguments, const char* name = "chat") {
  return arguments.at(name).get<std::string>();
}

std::int64_t user_of(const Json& arguments, const char* name = "user") {
  return arguments.at(name).get<std::int64_t>();
}

}  // namespace

void Operations::add_seed() {
  auto& world = parts_.world;
  add("add_user", [&world](const Json& arguments) {
    const auto id = world.add_user({.phone = text(arguments, "phone"),
                                    .first_name = text(arguments, "first_name"),
                                    .last_name = text(arguments, "last_name"),
                                    .username = text(arguments, "username"),
                                    .password = text(arguments, "password"),
                                    .password_hint = text(arguments, "password_hint")});
    return Json{{"id", id}};
  });
  add("add_bot", [&world](const Json& arguments) {
    const auto id = world.add_bot(arguments.at("token").get<std::string>(),
                                  text(arguments, "first_name"), text(arguments, "username"));
    return Json{{"id", id}};
  });
  add("add_chat", [&world](const Json& arguments) {
    const auto& chat = world.add_chat(kind_of(text(arguments, "kind")), text(arguments, "title"),
                                      text(arguments, "username"),
                                      arguments.at("members").get<std::vector<std::int64_t>>());
    return Json{{"id", chat.id}, {"invite_hash", chat.invite_hash}};
  });
  add("add_member", [&world](const Json& arguments) {
    world.add_member(find_group(world, named(arguments)), user_of(arguments),
                     arguments.value("admin", false));
    return Json::object();
  });
  add("remove_member", [&world](const Json& arguments) {
    auto& chat = find_group(world, named(arguments));
    world.remove_member(chat, user_of(arguments));
    if (arguments.value("ban", false)) chat.banned.insert(user_of(arguments));
    return Json::object();
  });
  add("link_discussion", [&world](const Json& arguments) {
    world.link_discussion(find_group(world, named(arguments, "channel")),
                          find_group(world, named(arguments, "group")));
    return Json::object();
  });
  // {user, contacts_only?, first_name?}
  add("set_user", [&world](const Json& arguments) {
    auto* user = world.find_user(user_of(arguments));
    if (user == nullptr) throw std::runtime_error("there is no such user");
    user->contacts_only = arguments.value("contacts_only", user->contacts_only);
    if (arguments.contains("first_name")) world.rename(user->id, text(arguments, "first_name"));
    return Json::object();
  });
  // {chat, write_forbidden?, slow_mode?, join_by_request?, join_request?, invite_hash?,
  // reactions?: the allowed ones}
  add("set_chat", [&world](const Json& arguments) {
    auto& chat = find_group(world, named(arguments));
    chat.write_forbidden = arguments.value("write_forbidden", chat.write_forbidden);
    chat.slow_mode = arguments.value("slow_mode", chat.slow_mode);
    chat.join_by_request = arguments.value("join_by_request", chat.join_by_request);
    chat.join_request = arguments.value("join_request", chat.join_request);
    chat.invite_hash = arguments.value("invite_hash", chat.invite_hash);
    if (arguments.contains("reactions")) {
      chat.allowed_reactions = arguments["reactions"].get<std::vector<std::string>>();
    }
    world.changed();
    return Json{{"invite_hash", chat.invite_hash}};
  });
  // {chat, user, title} → {id}; the first one makes the group a forum
  add("add_topic", [&world](const Json& arguments) {
    auto& chat = find_group(world, named(arguments));
    if (!chat.forum) world.make_forum(chat);
    return Json{{"id", world.add_topic({user_of(arguments), 0}, chat, named(arguments, "title"))}};
  });
  // {chat, user, topic, closed?}
  add("close_topic", [&world](const Json& arguments) {
    world.close_topic({user_of(arguments), 0}, find_group(world, named(arguments)),
                      arguments.at("topic").get<int>(), arguments.value("closed", true));
    return Json::object();
  });
  // {user, frozen?, since?, until?: Unix seconds, appeal?}
  add("freeze", [this](const Json& arguments) {
    parts_.login.freeze(user_of(arguments), arguments);
    return Json::object();
  });
  add("set_contact", [&world](const Json& arguments) {
    world.set_contact(user_of(arguments), user_of(arguments, "other"),
                      arguments.value("contact", true));
    return Json::object();
  });
  add("set_login_code", [this](const Json& arguments) {
    parts_.login.set_code(text(arguments, "phone"), text(arguments, "code"));
    return Json::object();
  });
  // {phone, kinds: how its codes travel (CodePlan), timeout?, begins?, email?}
  add("set_login", [this](const Json& arguments) {
    parts_.login.set_plan(text(arguments, "phone"), arguments);
    return Json::object();
  });
  add("last_login_code", [this](const Json& arguments) {
    return Json{{"code", parts_.login.last_code(text(arguments, "phone"))}};
  });
  add("set_code_expired", [this](const Json& arguments) {
    parts_.login.expire_code(text(arguments, "phone"));
    return Json::object();
  });
  add("set_qr_lifetime", [this](const Json& arguments) {
    parts_.login.set_qr_lifetime(arguments.at("seconds").get<int>());
    return Json::object();
  });
}

}  // namespace testdc
