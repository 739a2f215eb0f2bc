#pragma once
// As much of TDLib as the bot uses: chats with messages, presses, answers. Everything is immediate;
// updates come by post, as from Hub.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "telegram/client.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tgpanel::bot {

class FakeTelegram final : public telegram::ClientFactory {
 public:
  struct Shown {
    MessageId id = 0;
    bool photo = false;
    std::string text;
    Json entities;
    Json markup;
    int edits = 0;
  };

  explicit FakeTelegram(Executor executor) : executor_(std::move(executor)) {}

  std::shared_ptr<telegram::Client> create(telegram::UpdateHandler on_update) override;
  /// What a request is answered with; filled in by the tests where it is not the usual.
  std::map<std::string, telegram::TdError> refused;  // by @type, of the request or its content

  void update(Json update);
  /// A text of a person, or something without text.
  void say(UserId from, std::optional<std::string> text, ChatId chat = 0,
           std::int64_t date = 2'000);
  /// A person's message with a file that lies at `path` once it is downloaded.
  void send_file(UserId from, const std::string& path, std::int64_t size);
  /// Presses the button with this label on a message; returns false when there is none.
  bool press(UserId who, ChatId chat, MessageId message, std::string_view label);
  void press_data(UserId who, ChatId chat, MessageId message, std::string_view data);
  /// Delivers the last press once more.
  void repeat_press();

  [[nodiscard]] const Shown& last(ChatId chat) const { return chats.at(chat).rbegin()->second; }

  [[nodiscard]] const Shown* find(ChatId chat, MessageId id) const;
  /// "text\n[a][b]\n[c]\n"
  [[nodiscard]] static std::string draw(const Shown& message);
  [[nodiscard]] int count(std::string_view type) const;

  std::map<ChatId, std::map<MessageId, Shown>> chats;
  std::vector<Json> log;            // every request
  std::vector<std::string> toasts;  // of answerCallbackQuery
  std::vector<MessageId> deleted;
  std::map<std::int64_t, std::string> files;  // by TDLib's id: where they lie
  std::int64_t next_message = 1;              // server's id of the next message
  std::int64_t server_time = 1'500;           // Unix seconds
  std::string wanted_token = "42:good";
  bool logged_in = false;
  UserId me = 42;
  Json channel_type{{"@type", "chatTypeSupergroup"}, {"supergroup_id", 1}, {"is_channel", true}};
  Json channel_status{{"@type", "chatMemberStatusAdministrator"},
                      {"rights", {{"can_post_messages", true}}}};
  int clients = 0;
  int closed = 0;

 private:
  friend class FakeClient;
  telegram::Response answer(const Json& function);
  telegram::Response send(const Json& function);
  telegram::Response edit(const Json& function);
  Json message_json(ChatId chat, const Shown& shown) const;
  void authorization(const char* type);
  void arrive(UserId from, ChatId chat, MessageId id, std::int64_t date, Json content);

  Executor executor_;
  std::weak_ptr<telegram::Client> client_;
  std::shared_ptr<telegram::UpdateHandler> handler_;
  std::int64_t next_query_ = 1;
  Json last_press_;
};

}  // namespace tgpanel::bot
