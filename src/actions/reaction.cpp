#include "actions/reaction.hpp"

#include "base/json.hpp"
#include "telegram/td_types.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tgpanel::actions {

namespace {

constexpr std::size_t kExcerptCharacters = 80;

constexpr std::string_view kVariationSelector = "\ufe0f";

std::string_view strip(std::string_view emoji) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const auto first = emoji.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  emoji = emoji.substr(first, emoji.find_last_not_of(kSpaces) - first + 1);
  // Keyboards add a variation selector or a skin colour (U+1F3FB ... U+1F3FF, f0 9f 8f bb..bf).
  if (emoji.ends_with(kVariationSelector)) emoji.remove_suffix(kVariationSelector.size());
  if (emoji.size() > 4 && emoji.substr(emoji.size() - 4, 3) == "\xf0\x9f\x8f" &&
      static_cast<unsigned char>(emoji.back()) >= 0xbb) {
    emoji.remove_suffix(4);
  }
  return emoji;
}

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

std::string text_of(const Json& message) {
  const auto content = message.find("content");
  if (content == message.end() || !content->is_object()) return "(a message without text)";
  for (const char* field : {"text", "caption"}) {
    const auto found = content->find(field);
    if (found == content->end() || !found->is_object()) continue;
    if (std::string text = found->value("text", ""); !text.empty()) return excerpt_of(text);
  }
  return "(a message without text)";
}

// TDLib's own words, said without a call. It says so too while it does not know yet which reactions
// there are and which of them the chat allows.
constexpr std::string_view kNotAvailable = "The reaction isn't available for the message";

/// Returns when TDLib knows both: each request here waits for Telegram's answer if it has to.
Awaitable<telegram::Response> learn_reactions(std::shared_ptr<telegram::Client> client, ChatId chat,
                                              std::string emoji) {
  Json get_reaction{{"@type", "getEmojiReaction"}, {"emoji", std::move(emoji)}};
  const auto reaction = co_await client->request(std::move(get_reaction));
  if (!reaction) co_return reaction;
  Json get_chat{{"@type", "getChat"}, {"chat_id", chat}};
  const auto answer = co_await client->request(std::move(get_chat));
  if (!answer) co_return answer;
  const auto parsed = telegram::parse_chat(*answer);
  Json get_full;
  if (parsed.kind == telegram::ChatKind::basic_group) {
    get_full = {{"@type", "getBasicGroupFullInfo"}, {"basic_group_id", parsed.peer_id}};
  } else if (parsed.kind == telegram::ChatKind::supergroup ||
             parsed.kind == telegram::ChatKind::channel) {
    get_full = {{"@type", "getSupergroupFullInfo"}, {"supergroup_id", parsed.peer_id}};
  } else {
    co_return answer;
  }
  co_return co_await client->request(std::move(get_full));
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

std::optional<std::string_view> normalise_reaction(std::string_view emoji) {
  const auto plain = strip(emoji);
  const auto* found = std::ranges::find(kReactions, plain);
  if (found == kReactions.end()) return std::nullopt;
  return *found;
}

Awaitable<Result<FoundMessage>> find_message(std::shared_ptr<telegram::Client> client,
                                             MessageLink link) {
  Json ask{{"@type", "getMessageLinkInfo"}, {"url", canonical(link)}};
  const auto answer = co_await client->request(std::move(ask));
  if (!answer) co_return std::unexpected(answer.error().to_error());

  FoundMessage found;
  found.chat_id = answer->value("chat_id", ChatId{0});
  if (found.chat_id == 0) {
    co_return fail(Errc::not_found,
                   link.username.empty()
                       ? "This account is not a member of that chat: join first."
                       : "This account cannot reach that chat: check the link, or join first.");
  }
  const auto message = answer->find("message");
  if (message == answer->end() || !message->is_object()) {
    co_return fail(Errc::not_found,
                   "That message was not found: it was deleted, or this account cannot see it.");
  }
  found.message_id = message->value("id", MessageId{0});
  // With ?comment= the message lives in the discussion group; TDLib names the chat in both places.
  found.chat_id = message->value("chat_id", found.chat_id);
  found.excerpt = text_of(*message);
  found.chosen = chosen_in(*message);
  co_return found;
}

Awaitable<Result<std::string>> chat_title(std::shared_ptr<telegram::Client> client, ChatId chat) {
  Json ask{{"@type", "getChat"}, {"chat_id", chat}};
  const auto answer = co_await client->request(std::move(ask));
  if (!answer) co_return std::unexpected(answer.error().to_error());
  co_return answer->value("title", "");
}

Awaitable<Result<void>> react(std::shared_ptr<telegram::Client> client, MessageLink link,
                              std::string emoji) {
  const auto found = co_await find_message(client, std::move(link));
  if (!found) co_return std::unexpected(found.error());
  if (found->chosen == emoji) co_return Result<void>{};

  Json type{{"@type", "reactionTypeEmoji"}, {"emoji", emoji}};
  const Json deed{{"@type", "addMessageReaction"},
                  {"chat_id", found->chat_id},
                  {"message_id", found->message_id},
                  {"reaction_type", std::move(type)},
                  {"is_big", false},
                  {"update_recent_reactions", false}};
  Json first = deed;
  auto answer = co_await client->request(std::move(first));
  if (!answer && answer.error().message == kNotAvailable) {
    const auto learnt = co_await learn_reactions(client, found->chat_id, std::move(emoji));
    if (!learnt) {
      auto why = learnt.error().to_error();
      const bool later = why.code == Errc::flood_wait || why.code == Errc::timeout;
      if (later) co_return std::unexpected(std::move(why));
    }
    Json second = deed;
    answer = co_await client->request(std::move(second));
  }
  if (!answer) co_return std::unexpected(answer.error().to_error());
  co_return Result<void>{};
}

Awaitable<Result<bool>> has_reacted(std::shared_ptr<telegram::Client> client, MessageLink link,
                                    std::string emoji) {
  const auto found = co_await find_message(client, std::move(link));
  if (!found) co_return std::unexpected(found.error());
  co_return found->chosen == emoji;
}

}  // namespace tgpanel::actions
