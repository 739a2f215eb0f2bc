#include "fake_telegram.hpp"

#include "bot/bytes.hpp"
#include "telegram/td_types.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::bot {

class FakeClient final : public telegram::Client {
 public:
  explicit FakeClient(FakeTelegram& telegram) : telegram_(telegram) {}

  Awaitable<telegram::Response> request(Json function, Millis /*deadline*/) override {
    if (!open_) co_return std::unexpected(telegram::TdError{telegram::TdError::kClosed, "closed"});
    telegram_.log.push_back(function);
    auto response = telegram_.answer(function);
    const auto type = telegram::type_of(function);
    if (type == "close" || type == "logOut") open_ = false;
    co_return response;
  }

  [[nodiscard]] bool open() const override { return open_; }

 private:
  FakeTelegram& telegram_;
  bool open_ = true;
};

std::shared_ptr<telegram::Client> FakeTelegram::create(telegram::UpdateHandler on_update) {
  ++clients;
  auto client = std::make_shared<FakeClient>(*this);
  client_ = client;
  handler_ = std::make_shared<telegram::UpdateHandler>(std::move(on_update));
  authorization("authorizationStateWaitTdlibParameters");
  return client;
}

void FakeTelegram::update(Json update) {
  asio::post(executor_, [handler = handler_, update = std::move(update)] { (*handler)(update); });
}

void FakeTelegram::authorization(const char* type) {
  update({{"@type", "updateAuthorizationState"}, {"authorization_state", {{"@type", type}}}});
  if (std::string_view(type) == "authorizationStateReady") {
    update({{"@type", "updateConnectionState"}, {"state", {{"@type", "connectionStateReady"}}}});
  }
}

void FakeTelegram::say(UserId from, std::optional<std::string> text, ChatId chat,
                       std::int64_t date) {
  Json content{{"@type", "messageSticker"}};
  if (text) {
    content = {{"@type", "messageText"}, {"text", {{"@type", "formattedText"}, {"text", *text}}}};
  }
  const ChatId where = chat == 0 ? from : chat;
  const MessageId id = from_server_message_id(next_message++);
  chats[where][id] = Shown{id, false, text.value_or(""), nullptr, nullptr, 0};
  arrive(from, where, id, date, std::move(content));
}

void FakeTelegram::send_file(UserId from, const std::string& path, std::int64_t size) {
  const auto file = static_cast<std::int64_t>(files.size()) + 1;
  files[file] = path;
  const MessageId id = from_server_message_id(next_message++);
  chats[from][id] = Shown{id, false, "", nullptr, nullptr, 0};
  Json document{{"@type", "document"},
                {"file_name", "keywords.txt"},
                {"document", {{"@type", "file"}, {"id", file}, {"size", size}}}};
  arrive(from, from, id, server_time + 1,
         {{"@type", "messageDocument"}, {"document", std::move(document)}});
}

void FakeTelegram::arrive(UserId from, ChatId chat, MessageId id, std::int64_t date, Json content) {
  update({{"@type", "updateNewMessage"},
          {"message",
           {{"@type", "message"},
            {"id", id},
            {"chat_id", chat},
            {"date", date},
            {"is_outgoing", false},
            {"sender_id", {{"@type", "messageSenderUser"}, {"user_id", from}}},
            {"content", std::move(content)}}}});
}

bool FakeTelegram::press(UserId who, ChatId chat, MessageId message, std::string_view label) {
  const auto* shown = find(chat, message);
  if (shown == nullptr || !shown->markup.is_object()) return false;
  for (const auto& row : shown->markup["rows"]) {
    for (const auto& button : row) {
      if (button["text"] != label || !button["type"].contains("data")) continue;
      press_data(who, chat, message, from_bytes(button["type"]["data"].get<std::string>()).value());
      return true;
    }
  }
  return false;
}

void FakeTelegram::press_data(UserId who, ChatId chat, MessageId message, std::string_view data) {
  last_press_ = {{"@type", "updateNewCallbackQuery"},
                 {"id", std::to_string(next_query_++)},
                 {"sender_user_id", who},
                 {"chat_id", chat},
                 {"message_id", message},
                 {"payload", {{"@type", "callbackQueryPayloadData"}, {"data", to_bytes(data)}}}};
  update(last_press_);
}

void FakeTelegram::repeat_press() {
  update(last_press_);
}

const FakeTelegram::Shown* FakeTelegram::find(ChatId chat, MessageId id) const {
  const auto found = chats.find(chat);
  if (found == chats.end()) return nullptr;
  const auto message = found->second.find(id);
  return message == found->second.end() ? nullptr : &message->second;
}

std::string FakeTelegram::draw(const Shown& message) {
  std::string out = message.text + "\n";
  if (!message.markup.is_object()) return out;
  for (const auto& row : message.markup["rows"]) {
    for (const auto& button : row) out += "[" + button["text"].get<std::string>() + "]";
    out += "\n";
  }
  return out;
}

int FakeTelegram::count(std::string_view type) const {
  return static_cast<int>(
      std::ranges::count_if(log, [&](const Json& f) { return telegram::type_of(f) == type; }));
}

Json FakeTelegram::message_json(ChatId chat, const Shown& shown) const {
  Json message{{"@type", "message"}, {"id", shown.id}, {"chat_id", chat}};
  if (!shown.markup.is_null()) message["reply_markup"] = shown.markup;
  return message;
}

telegram::Response FakeTelegram::send(const Json& function) {
  const ChatId chat = function["chat_id"];
  const auto& content = function["input_message_content"];
  const MessageId temporary = 7 + next_message;
  Shown shown;
  shown.id = from_server_message_id(next_message++);
  shown.photo = content["@type"] == "inputMessagePhoto";
  if (content.contains("text")) {
    shown.text = content["text"]["text"];
    shown.entities = content["text"]["entities"];
  }
  if (function.contains("reply_markup")) shown.markup = function["reply_markup"];
  chats[chat][shown.id] = shown;
  update({{"@type", "updateMessageSendSucceeded"},
          {"message", message_json(chat, shown)},
          {"old_message_id", temporary}});
  return Json{{"@type", "message"},
              {"id", temporary},
              {"chat_id", chat},
              {"sending_state", {{"@type", "messageSendingStatePending"}}}};
}

telegram::Response FakeTelegram::edit(const Json& function) {
  const ChatId chat = function["chat_id"];
  const MessageId id = function["message_id"];
  if (find(chat, id) == nullptr) {
    return std::unexpected(telegram::TdError{400, "Message not found"});
  }
  auto& shown = chats[chat][id];
  const Shown before = shown;
  if (function.contains("input_message_content")) {
    shown.text = function["input_message_content"]["text"]["text"];
    shown.entities = function["input_message_content"]["text"]["entities"];
  }
  shown.markup = function.contains("reply_markup") ? function["reply_markup"] : Json();
  if (shown.text == before.text && shown.markup == before.markup) {
    return std::unexpected(telegram::TdError{400, "MESSAGE_NOT_MODIFIED"});
  }
  ++shown.edits;
  return message_json(chat, shown);
}

telegram::Response FakeTelegram::answer(const Json& function) {
  const std::string type(telegram::type_of(function));
  const std::string what(telegram::type_of(function.value("input_message_content", Json())));
  for (const auto& part : {type, what}) {
    const auto found = refused.find(part);
    if (found != refused.end()) return std::unexpected(found->second);
  }
  Json ok{{"@type", "ok"}};
  if (type == "setTdlibParameters") {
    authorization(logged_in ? "authorizationStateReady" : "authorizationStateWaitPhoneNumber");
  } else if (type == "checkAuthenticationBotToken") {
    if (function["token"] != wanted_token) {
      return std::unexpected(telegram::TdError{400, "ACCESS_TOKEN_INVALID"});
    }
    logged_in = true;
    me = 42;
    authorization("authorizationStateReady");
  } else if (type == "logOut") {
    logged_in = false;
    authorization("authorizationStateClosed");
  } else if (type == "close") {
    ++closed;
    authorization("authorizationStateClosed");
  } else if (type == "getProxies") {
    return Json{{"@type", "addedProxies"}, {"proxies", Json::array()}};
  } else if (type == "getMe") {
    return Json{{"@type", "user"},
                {"id", me},
                {"first_name", "Panel"},
                {"usernames", {{"active_usernames", {"panel_bot"}}}}};
  } else if (type == "getOption") {
    return Json{{"@type", "optionValueInteger"}, {"value", std::to_string(server_time)}};
  } else if (type == "getChat" || type == "searchPublicChat") {
    return Json{{"@type", "chat"}, {"id", -1001}, {"title", "Alerts"}, {"type", channel_type}};
  } else if (type == "getSupergroup") {
    return Json{{"@type", "supergroup"}, {"id", 1}, {"status", channel_status}};
  } else if (type == "sendMessage") {
    return send(function);
  } else if (type == "editMessageText" || type == "editMessageReplyMarkup") {
    return edit(function);
  } else if (type == "getMessage") {
    const auto* shown = find(function["chat_id"], function["message_id"]);
    if (shown == nullptr) return std::unexpected(telegram::TdError{404, "Not Found"});
    return message_json(function["chat_id"], *shown);
  } else if (type == "getMessages") {
    Json messages = Json::array();
    for (const auto& id : function["message_ids"]) {
      const auto* shown = find(function["chat_id"], id);
      messages.push_back(shown == nullptr ? Json() : message_json(function["chat_id"], *shown));
    }
    return Json{{"@type", "messages"}, {"messages", std::move(messages)}};
  } else if (type == "downloadFile") {
    const std::int64_t file = function["file_id"];
    return Json{{"@type", "file"},
                {"id", file},
                {"local", {{"path", files.at(file)}, {"is_downloading_completed", true}}}};
  } else if (type == "deleteMessages") {
    for (const auto& id : function["message_ids"]) {
      deleted.push_back(id);
      chats[function["chat_id"]].erase(id);
    }
  } else if (type == "answerCallbackQuery") {
    toasts.push_back(function["text"]);
  }
  return ok;
}

}  // namespace tgpanel::bot
