#include "actions/comment.hpp"

#include "actions/error_text.hpp"
#include "actions/find_message.hpp"
#include "base/json.hpp"
#include "telegram/td_types.hpp"
#include "words/errors_actions.hpp"

#include <utility>

namespace tgpanel::actions {

Awaitable<Result<CommentPlace>> find_comment_place(std::shared_ptr<telegram::Client> client,
                                                   MessageLink link) {
  const auto found = co_await find_message(client, std::move(link));
  if (!found) co_return std::unexpected(found.error());

  CommentPlace place;
  place.excerpt = found->excerpt;
  Json get_chat{{"@type", "getChat"}, {"chat_id", found->chat_id}};
  const auto chat = co_await client->request(std::move(get_chat));
  if (!chat) co_return std::unexpected(chat.error().to_error());
  const auto parsed = telegram::parse_chat(*chat);
  place.title = parsed.title;

  if (parsed.kind != telegram::ChatKind::channel) {
    place.destination = {.chat_id = found->chat_id, .reply_to = found->message_id, .thread = 0};
    if (found->sender_id == 0) co_return place;
    // With the names: nobody is answered whom the do-not-contact list knows by the name alone.
    Json get_user{{"@type", "getUser"}, {"user_id", found->sender_id}};
    const auto user = co_await client->request(std::move(get_user));
    if (!user) co_return std::unexpected(user.error().to_error());
    place.author = person_of(*user);
    place.author.id = found->sender_id;
    co_return place;
  }
  Json get_thread{{"@type", "getMessageThread"},
                  {"chat_id", found->chat_id},
                  {"message_id", found->message_id}};
  const auto thread = co_await client->request(std::move(get_thread));
  if (!thread) {
    const auto& why = thread.error();
    const bool plain =
        why.code == telegram::TdError::kBadRequest || why.code == telegram::TdError::kNotFound;
    if (plain && (phrase_of(why.message) == nullptr || why.message == "MSG_ID_INVALID")) {
      co_return fail(Errc::invalid, words::post_without_group);
    }
    co_return std::unexpected(why.to_error());
  }
  place.below_post = true;
  place.destination = {.chat_id = telegram::int_field(*thread, "chat_id"),
                       .reply_to = telegram::int_field(*thread, "message_thread_id"),
                       .thread = telegram::int_field(*thread, "message_thread_id")};
  if (place.destination.chat_id == 0 || place.destination.thread == 0) {
    co_return fail(Errc::invalid, words::post_without_comments);
  }
  co_return place;
}

}  // namespace tgpanel::actions
