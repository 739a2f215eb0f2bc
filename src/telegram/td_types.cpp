#include "telegram/td_types.hpp"

#include <charconv>

namespace tgpanel::telegram {

namespace {

const Json kNull;

const Json& member(const Json& object, const char* name) {
  if (!object.is_object()) return kNull;
  const auto found = object.find(name);
  return found == object.end() ? kNull : *found;
}

// `formattedText` of the field.
std::string text_in(const Json& object, const char* name) {
  return string_field(member(object, name), "text");
}

void append_line(std::string& text, std::string_view line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

}  // namespace

std::string_view type_of(const Json& object) {
  const Json& type = member(object, "@type");
  return type.is_string() ? std::string_view(type.get_ref<const std::string&>())
                          : std::string_view();
}

bool came_online(const Json& update) {
  return type_of(update) == "updateConnectionState" &&
         type_of(member(update, "state")) == "connectionStateReady";
}

std::int64_t int_field(const Json& object, const char* name, std::int64_t otherwise) {
  const Json& value = member(object, name);
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_string()) {
    const auto& digits = value.get_ref<const std::string&>();
    std::int64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, number);
    if (parsed.ec == std::errc() && parsed.ptr == end) return number;
  }
  return otherwise;
}

std::string string_field(const Json& object, const char* name) {
  const Json& value = member(object, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool bool_field(const Json& object, const char* name) {
  const Json& value = member(object, name);
  return value.is_boolean() && value.get<bool>();
}

const Json& object_field(const Json& object, const char* name) {
  const Json& value = member(object, name);
  return value.is_object() ? value : kNull;
}

Message parse_message(const Json& message) {
  Message parsed;
  parsed.chat_id = int_field(message, "chat_id");
  parsed.id = int_field(message, "id");
  const Json& sender = member(message, "sender_id");
  if (type_of(sender) == "messageSenderUser") parsed.sender_id = int_field(sender, "user_id");
  if (type_of(sender) == "messageSenderChat") parsed.sender_chat_id = int_field(sender, "chat_id");
  parsed.is_outgoing = bool_field(message, "is_outgoing");
  parsed.is_channel_post = bool_field(message, "is_channel_post");
  parsed.date = int_field(message, "date");
  parsed.edit_date = int_field(message, "edit_date");
  parsed.via_bot_id = int_field(message, "via_bot_user_id");
  parsed.text = text_of(member(message, "content"));
  return parsed;
}

std::string text_of(const Json& content) {
  const auto type = type_of(content);
  if (type == "messageText") return text_in(content, "text");
  if (type == "messagePoll") {
    const Json& poll = member(content, "poll");
    std::string text = text_in(poll, "question");
    for (const Json& option : member(poll, "options")) append_line(text, text_in(option, "text"));
    return text;
  }
  if (type == "messageChecklist") {
    const Json& list = member(content, "list");
    std::string text = text_in(list, "title");
    for (const Json& task : member(list, "tasks")) append_line(text, text_in(task, "text"));
    return text;
  }
  if (type == "messageGame") {
    const Json& game = member(content, "game");
    std::string text = string_field(game, "title");
    append_line(text, text_in(game, "text"));
    append_line(text, string_field(game, "description"));
    return text;
  }
  if (type == "messageVenue") {
    const Json& venue = member(content, "venue");
    std::string text = string_field(venue, "title");
    append_line(text, string_field(venue, "address"));
    return text;
  }
  if (type == "messageInvoice") {
    const Json& product = member(content, "product_info");
    std::string text = string_field(product, "title");
    append_line(text, text_in(product, "description"));
    append_line(text, text_in(content, "paid_media_caption"));
    return text;
  }
  return text_in(content, "caption");
}

Chat parse_chat(const Json& chat) {
  Chat parsed;
  parsed.id = int_field(chat, "id");
  parsed.title = string_field(chat, "title");
  parsed.last_message_id = int_field(member(chat, "last_message"), "id");
  const Json& type = member(chat, "type");
  const auto name = type_of(type);
  if (name == "chatTypePrivate") {
    parsed.kind = ChatKind::private_chat;
    parsed.peer_id = int_field(type, "user_id");
  } else if (name == "chatTypeBasicGroup") {
    parsed.kind = ChatKind::basic_group;
    parsed.peer_id = int_field(type, "basic_group_id");
  } else if (name == "chatTypeSupergroup") {
    parsed.kind = bool_field(type, "is_channel") ? ChatKind::channel : ChatKind::supergroup;
    parsed.peer_id = int_field(type, "supergroup_id");
  } else if (name == "chatTypeSecret") {
    parsed.kind = ChatKind::secret;
    parsed.peer_id = int_field(type, "user_id");
  }
  return parsed;
}

std::string first_username(const Json& usernames) {
  const Json& active = member(usernames, "active_usernames");
  if (!active.is_array() || active.empty() || !active.front().is_string()) return {};
  return active.front().get<std::string>();
}

User parse_user(const Json& user) {
  User parsed;
  parsed.id = int_field(user, "id");
  parsed.username = first_username(member(user, "usernames"));
  parsed.phone = string_field(user, "phone_number");
  parsed.is_bot = type_of(member(user, "type")) == "userTypeBot";
  parsed.name = string_field(user, "first_name");
  if (const auto last = string_field(user, "last_name"); !last.empty()) {
    if (!parsed.name.empty()) parsed.name += ' ';
    parsed.name += last;
  }
  if (parsed.name.empty()) parsed.name = parsed.username;
  if (parsed.name.empty()) parsed.name = std::to_string(parsed.id);
  return parsed;
}

Json plain_text(std::string_view text) {
  return {{"@type", "formattedText"}, {"text", text}, {"entities", Json::array()}};
}

Json input_text(Json formatted) {
  Json preview = {{"@type", "linkPreviewOptions"}, {"is_disabled", true}};
  return {{"@type", "inputMessageText"},
          {"text", std::move(formatted)},
          {"link_preview_options", std::move(preview)},
          {"clear_draft", false}};
}

Json text_entity(std::int32_t offset, std::int32_t length, std::string_view type) {
  Json kind = {{"@type", type}};
  return {
      {"@type", "textEntity"}, {"offset", offset}, {"length", length}, {"type", std::move(kind)}};
}

}  // namespace tgpanel::telegram
