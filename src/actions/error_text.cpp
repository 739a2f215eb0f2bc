#include "actions/error_text.hpp"

#include "words/errors_actions.hpp"
#include "words/errors_common.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tgpanel::actions {

namespace {

using Entry = std::pair<std::string_view, const Phrase*>;

// Whole error strings of the server (upper case, core.telegram.org/method/messages.sendReaction and
// channels.getMessages) and of TDLib itself (sentences). Sorted by key, in ASCII order.
constexpr std::array<Entry, 56> kPhrases{{
    {"ANONYMOUS_REACTIONS_DISABLED", &words::anonymous_reactions},
    {"BOT_METHOD_INVALID", &words::bots_may_not},
    {"CHANNELS_TOO_MUCH", &words::too_many_chats},
    {"CHANNEL_INVALID", &words::chat_unreachable},
    {"CHANNEL_PRIVATE", &words::chat_private},
    {"CHAT_ADMIN_REQUIRED", &words::chat_admins_only},
    {"CHAT_FORBIDDEN", &words::chat_removed_from},
    {"CHAT_GUEST_SEND_FORBIDDEN", &words::comments_of_members},
    {"CHAT_ID_INVALID", &words::chat_does_not_exist},
    {"CHAT_RESTRICTED", &words::chat_restricted},
    {"CHAT_SEND_PLAIN_FORBIDDEN", &words::chat_takes_no_texts},
    {"CHAT_WRITE_FORBIDDEN", &words::chat_no_writing},
    {"Can't access the chat", &words::chat_unreachable},
    {"Chat not found", &words::chat_unknown_join},
    {"FROZEN_METHOD_INVALID", &words::telegram_froze_account},
    {"FROZEN_PARTICIPANT_MISSING", &words::telegram_froze_account},
    {"Have no rights to send a message", &words::chat_no_writing},
    {"INVITE_HASH_EMPTY", &words::invite_incomplete},
    {"INVITE_HASH_EXPIRED", &words::invite_expired},
    {"INVITE_HASH_INVALID", &words::invite_invalid},
    {"MESSAGE_ID_INVALID", &words::message_gone_or_fixed},
    {"MESSAGE_NOT_MODIFIED", &words::reaction_is_there},
    {"MESSAGE_NOT_READ_YET", &words::message_not_read},
    {"MESSAGE_POLL_CLOSED", &words::poll_closed},
    {"MSG_ID_INVALID", &words::message_gone},
    {"Message can't be reacted", &words::message_no_reactions},
    {"Message not found", &words::message_not_found},
    {"OPTIONS_TOO_MUCH", &words::poll_one_answer},
    {"OPTION_INVALID", &words::poll_no_such_answer},
    {"PEER_FLOOD", &words::peer_flood},
    {"PEER_ID_INVALID", &words::chat_unknown_open},
    {"PREMIUM_ACCOUNT_REQUIRED", &words::reaction_premium},
    {"PRIVACY_PREMIUM_REQUIRED", &words::person_takes_contacts},
    {"REACTIONS_TOO_MANY", &words::reactions_too_many},
    {"REACTION_EMPTY", &words::reaction_empty},
    {"REACTION_INVALID", &words::reaction_not_in_chat},
    {"REVOTE_NOT_ALLOWED", &words::poll_answered},
    {"TOPIC_CLOSED", &words::topic_closed},
    {"The reaction isn't available for the message", &words::reaction_not_on_message},
    {"USERNAME_INVALID", &words::name_impossible},
    {"USERNAME_NOT_OCCUPIED", &words::name_of_nobody},
    {"USERS_TOO_MUCH", &words::chat_full},
    {"USER_BANNED_IN_CHANNEL", &words::limited_in_groups},
    {"USER_BLOCKED", &words::account_blocked_there},
    {"USER_CHANNELS_TOO_MUCH", &words::too_many_chats},
    {"USER_CREATOR", &words::creator_cannot_leave},
    {"USER_DEACTIVATED", &words::telegram_deleted_account},
    {"USER_DEACTIVATED_BAN", &words::telegram_banned_account},
    {"USER_ID_INVALID", &words::person_unknown},
    {"USER_IS_BLOCKED", &words::account_blocked_there},
    {"USER_KICKED", &words::chat_kicked},
    {"USER_NOT_PARTICIPANT", &words::chat_no_member},
    {"USER_PRIVACY_RESTRICTED", &words::person_privacy},
    {"USER_RESTRICTED", &words::telegram_limited_account},
    {"Unsupported link", &words::link_unsupported},
    {"YOU_BLOCKED_USER", &words::user_blocked_by_us},
}};
static_assert(std::ranges::is_sorted(kPhrases, {}, &Entry::first));

Sentence wait_text(std::int64_t seconds) {
  if (seconds >= 7'200) return {words::for_hours, (seconds + 3'599) / 3'600};
  if (seconds >= 120) return {words::for_minutes, (seconds + 59) / 60};
  return {words::for_seconds, seconds};
}

}  // namespace

const Phrase* phrase_of(std::string_view error) {
  const auto* found = std::ranges::lower_bound(kPhrases, error, {}, &Entry::first);
  return found != kPhrases.end() && found->first == error ? found->second : nullptr;
}

Sentence explain(const Error& error) {
  if (const auto* known = phrase_of(error.message)) return *known;
  switch (error.code) {
    case Errc::flood_wait:
      return {words::account_has_to_wait, wait_text(error.retry_after_s)};
    case Errc::timeout:
      return words::outcome_not_known;
    case Errc::login_needed:
      return words::account_session_ended;
    case Errc::cancelled:
      return words::account_closed_early;
    case Errc::telegram:
      return {words::telegram_refused, error.message};
    default:
      return error.message.empty() ? words::failed_unknown : sentence_of(error);
  }
}

}  // namespace tgpanel::actions
