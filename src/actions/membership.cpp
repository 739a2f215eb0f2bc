#include "actions/membership.hpp"

#include "base/json.hpp"
#include "telegram/td_types.hpp"
#include "words/errors_actions.hpp"

#include <utility>

namespace tgpanel::actions {

namespace {

using telegram::ChatKind;

// Whole error strings of messages.importChatInvite and channels.joinChannel.
constexpr std::string_view kRequestSent = "INVITE_REQUEST_SENT";
constexpr std::string_view kMemberAlready = "USER_ALREADY_PARTICIPANT";

bool is_member(const Json& status) {
  const auto type = telegram::type_of(status);
  if (type == "chatMemberStatusMember" || type == "chatMemberStatusAdministrator") return true;
  const bool may_be = type == "chatMemberStatusCreator" || type == "chatMemberStatusRestricted";
  return may_be && telegram::bool_field(status, "is_member");
}

/// Adds what the account is in the chat.
Awaitable<Result<SeenChat>> with_status(std::shared_ptr<telegram::Client> client, Json chat) {
  const auto parsed = telegram::parse_chat(chat);
  SeenChat seen;
  seen.chat_id = parsed.id;
  seen.title = parsed.title;
  Json ask;
  if (parsed.kind == ChatKind::supergroup || parsed.kind == ChatKind::channel) {
    ask = {{"@type", "getSupergroup"}, {"supergroup_id", parsed.peer_id}};
  } else if (parsed.kind == ChatKind::basic_group) {
    ask = {{"@type", "getBasicGroup"}, {"basic_group_id", parsed.peer_id}};
  } else {
    co_return fail(Errc::invalid, words::person_no_chat);
  }
  const auto answer = co_await client->request(std::move(ask));
  if (!answer) co_return std::unexpected(answer.error().to_error());
  seen.is_member = is_member(telegram::object_field(*answer, "status"));
  seen.asks_first = telegram::bool_field(*answer, "join_by_request");
  seen.member_count = telegram::int_field(*answer, "member_count");
  co_return seen;
}

Awaitable<Result<SeenChat>> find_invited(std::shared_ptr<telegram::Client> client,
                                         std::string invite) {
  Json ask{{"@type", "checkChatInviteLink"}, {"invite_link", std::move(invite)}};
  const auto answer = co_await client->request(std::move(ask));
  if (!answer) co_return std::unexpected(answer.error().to_error());
  const bool asks_first = telegram::bool_field(*answer, "creates_join_request");
  const auto chat_id = telegram::int_field(*answer, "chat_id");
  if (chat_id != 0) {
    Json get{{"@type", "getChat"}, {"chat_id", chat_id}};
    auto chat = co_await client->request(std::move(get));
    if (chat) {
      auto known = co_await with_status(std::move(client), std::move(*chat));
      if (known) known->asks_first = asks_first;  // a link may ask where the chat does not
      co_return known;
    }
  }
  SeenChat seen;
  seen.title = telegram::string_field(*answer, "title");
  seen.asks_first = asks_first;
  seen.member_count = telegram::int_field(*answer, "member_count");
  co_return seen;
}

}  // namespace

Awaitable<Result<SeenChat>> find_chat(std::shared_ptr<telegram::Client> client, ChatLink link) {
  if (!link.invite.empty()) {
    co_return co_await find_invited(std::move(client), std::move(link.invite));
  }
  Json ask{{"@type", "getChat"}, {"chat_id", link.chat_id}};
  if (!link.username.empty()) {
    ask = {{"@type", "searchPublicChat"}, {"username", std::move(link.username)}};
  }
  auto chat = co_await client->request(std::move(ask));
  if (!chat) co_return std::unexpected(chat.error().to_error());
  co_return co_await with_status(std::move(client), std::move(*chat));
}

Awaitable<Result<Joined>> join_chat(std::shared_ptr<telegram::Client> client, ChatLink link) {
  auto invite = link.invite;
  const auto seen = co_await find_chat(client, std::move(link));
  if (!seen) co_return std::unexpected(seen.error());
  if (seen->is_member) co_return Joined::now_or_before;
  Json deed{{"@type", "joinChat"}, {"chat_id", seen->chat_id}};
  if (!invite.empty()) {
    deed = {{"@type", "joinChatByInviteLink"}, {"invite_link", std::move(invite)}};
  }
  const auto answer = co_await client->request(std::move(deed));
  if (answer) co_return Joined::now_or_before;
  if (answer.error().message == kRequestSent) co_return Joined::asked;
  if (answer.error().message == kMemberAlready) co_return Joined::now_or_before;
  co_return std::unexpected(answer.error().to_error());
}

Awaitable<Result<void>> leave_chat(std::shared_ptr<telegram::Client> client, ChatLink link) {
  const auto seen = co_await find_chat(client, std::move(link));
  if (!seen) co_return std::unexpected(seen.error());
  if (!seen->is_member) co_return Result<void>{};
  Json deed{{"@type", "leaveChat"}, {"chat_id", seen->chat_id}};
  const auto answer = co_await client->request(std::move(deed));
  if (!answer) co_return std::unexpected(answer.error().to_error());
  co_return Result<void>{};
}

}  // namespace tgpanel::actions
