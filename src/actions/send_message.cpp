#include "actions/send_message.hpp"

#include "actions/history_page.hpp"
#include "actions/list_field.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "telegram/td_types.hpp"
#include "words/errors_actions.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tgpanel::actions {

namespace {

// What stands in a private chat as the other's message though nobody has written it.
constexpr std::array<std::string_view, 6> kNotWritten{
    "messageContactRegistered", "messageChatSetTheme",
    "messageChatSetBackground", "messageChatSetMessageAutoDeleteTime",
    "messageScreenshotTaken",   "messageUserSuggestedProfilePhoto"};

bool is_written(const Json& message) {
  const auto type = telegram::type_of(telegram::object_field(message, "content"));
  return !telegram::bool_field(message, "is_outgoing") &&
         std::ranges::find(kNotWritten, type) == kNotWritten.end();
}

Result<void> check_user(const Json& user, UserId id, UserId me) {
  const auto type = telegram::type_of(telegram::object_field(user, "type"));
  if (id == telegram::kServiceUser) {
    return fail(Errc::invalid, words::service_chat);
  }
  if (id == me) return fail(Errc::invalid, words::account_itself);
  if (type == "userTypeDeleted") return fail(Errc::invalid, words::person_deleted);
  return {};
}

}  // namespace

Person person_of(const Json& user) {
  const auto parsed = telegram::parse_user(user);
  Person person{.id = parsed.id, .usernames = {}, .name = parsed.name};
  const Json& usernames = telegram::object_field(user, "usernames");
  for (const Json& name : list_field(usernames, "active_usernames")) {
    if (name.is_string()) person.usernames.push_back(ascii_lower(name.get<std::string>()));
  }
  return person;
}

Awaitable<Result<Correspondence>> find_person(std::shared_ptr<telegram::Client> client,
                                              UserLink link) {
  Correspondence found;
  auto id = link.user_id;
  if (!link.username.empty()) {
    Json search{{"@type", "searchPublicChat"}, {"username", std::move(link.username)}};
    const auto chat = co_await client->request(std::move(search));
    if (!chat) co_return std::unexpected(chat.error().to_error());
    const auto parsed = telegram::parse_chat(*chat);
    if (parsed.kind != telegram::ChatKind::private_chat) {
      co_return fail(Errc::invalid, words::chat_no_person);
    }
    found.chat_id = parsed.id;
    id = parsed.peer_id;
  }
  Json get{{"@type", "getUser"}, {"user_id", id}};
  const auto user = co_await client->request(std::move(get));
  if (!user) {
    const int code = user.error().code;
    if (link.user_id != 0 &&
        (code == telegram::TdError::kNotFound || code == telegram::TdError::kBadRequest)) {
      co_return fail(Errc::not_found, words::person_not_met);
    }
    co_return std::unexpected(user.error().to_error());
  }
  Json get_me{{"@type", "getMe"}};
  const auto me = co_await client->request(std::move(get_me));
  if (!me) co_return std::unexpected(me.error().to_error());
  auto good = check_user(*user, id, telegram::int_field(*me, "id"));
  if (!good) co_return std::unexpected(std::move(good.error()));
  found.person = person_of(*user);
  if (found.chat_id == 0) {
    Json create{{"@type", "createPrivateChat"}, {"user_id", id}, {"force", false}};
    const auto chat = co_await client->request(std::move(create));
    if (!chat) co_return std::unexpected(chat.error().to_error());
    found.chat_id = telegram::int_field(*chat, "id");
  }
  co_return found;
}

Awaitable<Result<bool>> has_written(std::shared_ptr<telegram::Client> client, ChatId chat) {
  MessageId from = 0;
  for (int seen = 0; seen < kLookedAt;) {
    const auto messages = co_await history_page(client, chat, from);
    if (!messages) co_return std::unexpected(messages.error());
    if (messages->empty()) co_return false;
    if (std::ranges::any_of(*messages, is_written)) co_return true;
    from = telegram::int_field(messages->back(), "id");
    seen += static_cast<int>(messages->size());
    if (from == 0) co_return false;
  }
  co_return false;
}

}  // namespace tgpanel::actions
