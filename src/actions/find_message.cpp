#include "actions/find_message.hpp"

#include "telegram/td_types.hpp"
#include "words/errors_actions.hpp"

#include <utility>

namespace tgpanel::actions {

namespace {

constexpr std::size_t kExcerptCharacters = 80;

/// One line, cut after kExcerptCharacters code points.
std::string excerpt_of(std::string_view text) {
  std::string out;
  std::size_t characters = 0;
  for (const char c : text) {
    const bool starts_character = (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    if (starts_character && characters++ == kExcerptCharacters) return out + "…";
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out;
}

const Json* reactions_of(const Json& message) {
  const auto info = message.find("interaction_info");
  if (info == message.end() || !info->is_object()) return nullptr;
  const auto reactions = info->find("reactions");
  if (reactions == info->end() || !reactions->is_object()) return nullptr;
  const auto list = reactions->find("reactions");
  return list != reactions->end() && list->is_array() ? &*list : nullptr;
}

std::string chosen_in(const Json& message) {
  const Json* list = reactions_of(message);
  if (list == nullptr) return {};
  for (const Json& reaction : *list) {
    if (!reaction.value("is_chosen", false)) continue;
    const auto type = reaction.find("type");
    if (type == reaction.end() || type->value("@type", "") != "reactionTypeEmoji") continue;
    return type->value("emoji", "");
  }
  return {};
}

}  // namespace

Awaitable<Result<FoundMessage>> find_message(std::shared_ptr<telegram::Client> client,
                                             MessageLink link) {
  Json ask{{"@type", "getMessageLinkInfo"}, {"url", canonical(link)}};
  const auto answer = co_await client->request(std::move(ask));
  if (!answer) co_return std::unexpected(answer.error().to_error());

  FoundMessage found;
  found.chat_id = answer->value("chat_id", ChatId{0});
  if (found.chat_id == 0) {
    co_return fail(Errc::not_found,
                   link.username.empty() ? words::chat_no_member : words::chat_unreachable_link);
  }
  const auto message = answer->find("message");
  if (message == answer->end() || !message->is_object()) {
    co_return fail(Errc::not_found, words::message_not_found);
  }
  found.message_id = message->value("id", MessageId{0});
  // With ?comment= the message lives in the discussion group; TDLib names the chat in both places.
  found.chat_id = message->value("chat_id", found.chat_id);
  found.sender_id = telegram::parse_message(*message).sender_id;
  found.content = telegram::object_field(*message, "content");
  found.excerpt = excerpt_of(telegram::text_of(found.content));
  found.chosen = chosen_in(*message);
  co_return found;
}

Awaitable<Result<std::string>> chat_title(std::shared_ptr<telegram::Client> client, ChatId chat) {
  Json ask{{"@type", "getChat"}, {"chat_id", chat}};
  const auto answer = co_await client->request(std::move(ask));
  if (!answer) co_return std::unexpected(answer.error().to_error());
  co_return answer->value("title", "");
}

}  // namespace tgpanel::actions
