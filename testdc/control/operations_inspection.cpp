// What there is, and what was called.
#include "testdc/control/chat_ref.hpp"
#include "testdc/control/hex.hpp"
#include "testdc/control/operations.hpp"
#include "testdc/control/seen.hpp"

#include <stdexcept>

namespace testdc {

namespace {

// Basic groups have no list of their own: then the creator's mailbox is looked at.
std::int64_t viewer_of(const World& world, Peer dialog, const Json& arguments) {
  const auto viewer = arguments.value("viewer", std::int64_t{0});
  const auto* chat = world.find_chat(dialog);
  if (viewer == 0 && chat != nullptr && chat->basic()) return chat->creator;
  if (viewer == 0 && dialog.is_user()) {
    throw std::runtime_error("a private chat is seen by a viewer: name one");
  }
  return viewer;
}

Json messages(World& world, const Json& arguments) {
  const auto dialog = find_dialog(world, arguments.at("chat").get_ref<const std::string&>());
  const auto viewer = viewer_of(world, dialog, arguments);
  const bool service = arguments.value("service", false);
  Json out = Json::array();
  auto list = world.messages(viewer, dialog, true);
  const auto newest = arguments.value("newest", list.size());
  if (newest < list.size()) {
    list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(newest));
  }
  for (const auto& message : list) {
    if (service || !message->is_service()) out.push_back(seen_message(world, *message, viewer));
  }
  return out;
}

Json calls(const Dispatcher& dispatcher, const Json& arguments) {
  const auto method = arguments.value("method", "");
  const auto user = arguments.value("user", std::int64_t{0});
  Json out = Json::array();
  for (const auto& record : dispatcher.log()) {
    if ((!method.empty() && record.method != method) || (user != 0 && record.user_id != user))
      continue;
    out.push_back({{"time_ms", record.time_ms},
                   {"user_id", record.user_id},
                   {"method", record.method},
                   {"outcome", record.outcome},
                   {"query", without_binary(record.query)}});
  }
  return out;
}

std::string photo(World& world, const Json& arguments) {
  const auto dialog = find_dialog(world, arguments.at("chat").get_ref<const std::string&>());
  const auto message = world.find_message(viewer_of(world, dialog, arguments), dialog,
                                          arguments.at("message").get<int>());
  if (message == nullptr || !message->media.photo)
    throw std::runtime_error("no photo in that message");
  return to_hex(message->media.photo->bytes);
}

Json document(World& world, const Json& arguments) {
  const auto dialog = find_dialog(world, arguments.at("chat").get_ref<const std::string&>());
  const auto message = world.find_message(viewer_of(world, dialog, arguments), dialog,
                                          arguments.at("message").get<int>());
  if (message == nullptr || !message->media.document)
    throw std::runtime_error("no document in that message");
  const auto& file = *message->media.document;
  std::string name;
  for (const auto& attribute : file.attributes) {
    if (attribute.at("_") == "documentAttributeFilename") name = attribute.at("file_name");
  }
  return {{"name", name}, {"mime_type", file.mime_type}, {"hex", to_hex(file.bytes)}};
}

}  // namespace

void Operations::add_inspection() {
  auto& world = parts_.world;
  auto& dispatcher = parts_.dispatcher;
  // {chat, viewer?, service?, newest?: only so many} → [seen_message]
  add("messages", [&world](const Json& arguments) { return messages(world, arguments); });
  add("members", [&world](const Json& arguments) {
    Json out = Json::array();
    const auto& chat = find_group(world, arguments.at("chat").get_ref<const std::string&>());
    for (const auto& [id, member] : chat.members) out.push_back(id);
    return out;
  });
  add("join_requests", [&world](const Json& arguments) {
    return Json(
        find_group(world, arguments.at("chat").get_ref<const std::string&>()).join_requests);
  });
  add("blocked", [&world](const Json& arguments) {
    return Json(world.users().at(arguments.at("user").get<std::int64_t>()).blocked);
  });
  add("photo", [&world](const Json& arguments) { return Json{{"hex", photo(world, arguments)}}; });
  // {chat, message, viewer?} → {name, mime_type, hex}
  add("document", [&world](const Json& arguments) { return document(world, arguments); });
  add("sessions", [this](const Json& arguments) {
    return parts_.login.sessions(arguments.at("user").get<std::int64_t>());
  });
  add("calls", [&dispatcher](const Json& arguments) { return calls(dispatcher, arguments); });
  add("clear_calls", [&dispatcher](const Json&) {
    dispatcher.clear_log();
    return Json::object();
  });
  add("unknown_methods", [&dispatcher](const Json&) { return Json(dispatcher.unknown()); });
  // [text] of what went wrong in the data centre itself
  add("troubles", [&dispatcher](const Json&) { return Json(dispatcher.troubles()); });
  // {breaches: [text], checked}: what bots tried to send beyond Telegram's limits
  add("bot_audit", [&world](const Json&) {
    return Json{{"breaches", world.audit().breaches()}, {"checked", world.audit().checked()}};
  });
  add("report", [&world, &dispatcher](const Json&) {
    auto out = world.rates().report();
    out["unknown_methods"] = dispatcher.unknown();
    out["troubles"] = dispatcher.troubles();
    return out;
  });
}

}  // namespace testdc
