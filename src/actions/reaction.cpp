#include "actions/reaction.hpp"

#include "actions/find_message.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "telegram/td_types.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tgpanel::actions {

namespace {

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

// U+203C ... U+2BFF hold the oldest emoji, U+1F000 and above the others; letters are elsewhere.
bool begins_like_emoji(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead >= 0xf0U) return text.substr(0, 2) >= "\xf0\x9f";
  return lead == 0xe2U && text.substr(0, 3) >= "\xe2\x80\xbc" &&
         text.substr(0, 3) <= "\xe2\xaf\xbf";
}

constexpr int kRowSize = 8;  // td_api: 5-25; how the lists are cut into rows, not how long they are

void add_free_emoji(const Json& answer, const char* list, std::vector<std::string>& all) {
  const auto found = answer.find(list);
  if (found == answer.end() || !found->is_array()) return;
  for (const Json& reaction : *found) {
    if (telegram::bool_field(reaction, "needs_premium")) continue;
    const Json& type = telegram::object_field(reaction, "type");
    if (telegram::type_of(type) != "reactionTypeEmoji") continue;
    auto emoji = telegram::string_field(type, "emoji");
    if (std::ranges::find(all, emoji) == all.end()) all.push_back(std::move(emoji));
  }
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

}  // namespace

std::optional<std::string_view> normalise_reaction(std::string_view emoji) {
  const auto plain = strip(emoji);
  const auto* found = std::ranges::find(kReactions, plain);
  if (found == kReactions.end()) return std::nullopt;
  return *found;
}

std::optional<std::string> spell_reaction(std::string_view emoji) {
  constexpr std::size_t kMaxBytes = 40;
  const auto plain = strip(emoji);
  if (plain.empty() || plain.size() > kMaxBytes || !valid_utf8(plain)) return std::nullopt;
  if (excerpt(plain, 1) != plain || !begins_like_emoji(plain)) return std::nullopt;
  return std::string(plain);
}

Awaitable<Result<std::vector<std::string>>> available_reactions(
    std::shared_ptr<telegram::Client> client, MessageLink link) {
  const auto found = co_await find_message(client, std::move(link));
  if (!found) co_return std::unexpected(found.error());
  std::string usual(kReactions.front());
  const auto learnt = co_await learn_reactions(client, found->chat_id, std::move(usual));
  if (!learnt) co_return std::unexpected(learnt.error().to_error());
  Json ask{{"@type", "getMessageAvailableReactions"},
           {"chat_id", found->chat_id},
           {"message_id", found->message_id},
           {"row_size", kRowSize}};
  const auto answer = co_await client->request(std::move(ask));
  if (!answer) co_return std::unexpected(answer.error().to_error());
  std::vector<std::string> all;
  for (const char* list : {"top_reactions", "recent_reactions", "popular_reactions"}) {
    add_free_emoji(*answer, list, all);
  }
  co_return all;
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
