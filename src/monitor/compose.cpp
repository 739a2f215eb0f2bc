#include "monitor/compose.hpp"

#include "monitor/intake.hpp"

#include <utility>

namespace tgpanel::monitor {

namespace {

Awaitable<telegram::User> read_user(std::shared_ptr<telegram::Client> client, UserId user,
                                    Millis deadline) {
  if (client != nullptr) {
    Json call = {{"@type", "getUser"}, {"user_id", user}};
    auto answer = co_await client->request(std::move(call), deadline);
    if (answer) co_return telegram::parse_user(*answer);
  }
  telegram::User unknown;
  unknown.id = user;
  co_return unknown;
}

Awaitable<std::string> chat_title(std::string known, std::shared_ptr<telegram::Client> client,
                                  ChatId chat, Millis deadline) {
  if (!known.empty()) co_return known;
  if (client != nullptr) {
    Json call = {{"@type", "getChat"}, {"chat_id", chat}};
    auto answer = co_await client->request(std::move(call), deadline);
    if (answer) {
      auto title = telegram::parse_chat(*answer).title;
      if (!title.empty()) co_return title;
    }
  }
  co_return std::string();
}

}  // namespace

Awaitable<std::optional<Alert>> compose_alert(Found found, std::string account_name,
                                              const ChatBook* book,
                                              std::shared_ptr<telegram::Client> client,
                                              Millis deadline) {
  auto& message = found.message;
  Alert alert;
  alert.account_id = found.account;
  alert.account_name = std::move(account_name);
  alert.chat_id = message.chat_id;
  auto known_title = book->title(message.chat_id);
  alert.chat_title = co_await chat_title(std::move(known_title), client, message.chat_id, deadline);
  alert.message_id = message.id;
  alert.sender_id = message.sender_id;
  alert.sender_chat_id = message.sender_chat_id;
  if (message.sender_id != 0) {
    auto sender = co_await read_user(client, message.sender_id, deadline);
    if (sender.is_bot && !is_group(message.chat_id)) co_return std::nullopt;
    alert.sender_name = std::move(sender.name);
  } else if (message.sender_chat_id == message.chat_id || message.sender_chat_id == 0) {
    alert.sender_name = alert.chat_title;  // a post, or an anonymous admin
  } else {
    auto known_sender = book->title(message.sender_chat_id);
    alert.sender_name =
        co_await chat_title(std::move(known_sender), client, message.sender_chat_id, deadline);
  }
  alert.keyword = std::move(found.match.keyword.text);
  alert.text = std::move(message.text);
  alert.marks = std::move(found.match.marks);
  alert.link = book->link(message.chat_id, message.id);
  alert.date = message.date;
  co_return alert;
}

}  // namespace tgpanel::monitor
