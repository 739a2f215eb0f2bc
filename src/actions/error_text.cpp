#include "actions/error_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tgpanel::actions {

namespace {

using Entry = std::pair<std::string_view, std::string_view>;

// Whole error strings of the server (upper case, core.telegram.org/method/messages.sendReaction and
// channels.getMessages) and of TDLib itself (sentences). Sorted by key, in ASCII order.
constexpr std::array<Entry, 56> kSentences{{
    {"ANONYMOUS_REACTIONS_DISABLED",
     "Anonymous admins cannot react here: switch off “remain anonymous” for this account."},
    {"BOT_METHOD_INVALID", "Telegram does not let bots do this."},
    {"CHANNELS_TOO_MUCH",
     "This account is in as many groups and channels as Telegram allows: leave one first."},
    {"CHANNEL_INVALID",
     "This account cannot reach that chat: it is not a member, or the chat is gone."},
    {"CHANNEL_PRIVATE",
     "That chat is private and this account is not in it, or was removed from it: join first."},
    {"CHAT_ADMIN_REQUIRED", "Only admins of that chat may do this."},
    {"CHAT_FORBIDDEN", "This account was removed from that chat."},
    {"CHAT_GUEST_SEND_FORBIDDEN",
     "That discussion group takes comments of its members alone: join it first."},
    {"CHAT_ID_INVALID", "That chat does not exist for this account."},
    {"CHAT_RESTRICTED", "Telegram has restricted that chat: nobody can act in it now."},
    {"CHAT_SEND_PLAIN_FORBIDDEN", "That chat does not take texts from this account."},
    {"CHAT_WRITE_FORBIDDEN", "This account may not write in that chat."},
    {"Can't access the chat",
     "This account cannot reach that chat: it is not a member, or the chat is gone."},
    {"Chat not found", "This account does not know that chat: join it first."},
    {"FROZEN_METHOD_INVALID",
     "Telegram has frozen this account: open @SpamBot with it to see why and to appeal."},
    {"FROZEN_PARTICIPANT_MISSING",
     "Telegram has frozen this account: open @SpamBot with it to see why and to appeal."},
    {"Have no rights to send a message", "This account may not write in that chat."},
    {"INVITE_HASH_EMPTY", "This invite link is not complete: copy it again."},
    {"INVITE_HASH_EXPIRED", "This invite link is not valid any more: ask for a new one."},
    {"INVITE_HASH_INVALID", "This invite link is not valid: copy it again."},
    {"MESSAGE_ID_INVALID", "That message does not exist any more, or cannot be reacted to."},
    {"MESSAGE_NOT_MODIFIED", "This reaction is already on the message."},
    {"MESSAGE_NOT_READ_YET", "Telegram wants the message to be read first: try again."},
    {"MESSAGE_POLL_CLOSED", "That poll is closed: nobody can vote any more."},
    {"MSG_ID_INVALID", "That message does not exist any more: check the link."},
    {"Message can't be reacted", "Telegram does not allow reactions to that message."},
    {"Message not found",
     "That message was not found: it was deleted, or this account cannot see it."},
    {"OPTIONS_TOO_MUCH", "That poll takes one answer only."},
    {"OPTION_INVALID", "That poll has no such answer: read it again."},
    {"PEER_FLOOD",
     "Telegram has limited this account for unwanted activity: ask @SpamBot with it how long."},
    {"PEER_ID_INVALID", "This account does not know that chat: open or join it first."},
    {"PREMIUM_ACCOUNT_REQUIRED", "Telegram asks for Premium for this reaction."},
    {"PRIVACY_PREMIUM_REQUIRED",
     "That person takes messages from contacts and Premium accounts alone."},
    {"REACTIONS_TOO_MANY",
     "That message has as many different reactions as it may have: choose one "
     "that is there already."},
    {"REACTION_EMPTY", "There was no reaction to set: choose one."},
    {"REACTION_INVALID", "That chat does not allow this reaction: choose another one."},
    {"REVOTE_NOT_ALLOWED",
     "This account has answered that poll already; Telegram takes one answer, once."},
    {"TOPIC_CLOSED", "That topic is closed: nobody writes in it now."},
    {"The reaction isn't available for the message",
     "That message does not allow this reaction: choose another one."},
    {"USERNAME_INVALID", "The name in the link is not one that Telegram gives: check the link."},
    {"USERNAME_NOT_OCCUPIED", "Nobody has the name in the link: check the link."},
    {"USERS_TOO_MUCH", "That chat is full."},
    {"USER_BANNED_IN_CHANNEL",
     "Telegram has limited this account in groups and channels: ask @SpamBot with it how long."},
    {"USER_BLOCKED", "This account is blocked there."},
    {"USER_CHANNELS_TOO_MUCH",
     "This account is in as many groups and channels as Telegram allows: leave one first."},
    {"USER_CREATOR",
     "This account created that chat and cannot leave it: hand it over or delete it."},
    {"USER_DEACTIVATED", "Telegram has deleted this account."},
    {"USER_DEACTIVATED_BAN", "Telegram has banned this account."},
    {"USER_ID_INVALID", "That person is not known to this account."},
    {"USER_IS_BLOCKED", "This account is blocked there."},
    {"USER_KICKED", "This account was removed from that chat and cannot join again."},
    {"USER_NOT_PARTICIPANT", "This account is not a member of that chat: join first."},
    {"USER_PRIVACY_RESTRICTED",
     "That person's privacy settings do not let this account write to them."},
    {"USER_RESTRICTED", "Telegram has limited this account: ask @SpamBot with it how long."},
    {"Unsupported link", "Telegram does not take this for the link of a message: check the link."},
    {"YOU_BLOCKED_USER", "This account has blocked that user: unblock first."},
}};
static_assert(std::ranges::is_sorted(kSentences, {}, &Entry::first));

std::string wait_text(std::int64_t seconds) {
  if (seconds >= 7'200) return fmt::format("{} hours", (seconds + 3'599) / 3'600);
  if (seconds >= 120) return fmt::format("{} minutes", (seconds + 59) / 60);
  return fmt::format("{} seconds", seconds);
}

}  // namespace

std::string_view sentence(std::string_view error) {
  const auto* found = std::ranges::lower_bound(kSentences, error, {}, &Entry::first);
  return found != kSentences.end() && found->first == error ? found->second : std::string_view{};
}

std::string explain(const Error& error) {
  if (const auto known = sentence(error.message); !known.empty()) return std::string(known);
  switch (error.code) {
    case Errc::flood_wait:
      return fmt::format("Telegram asks this account to wait {}.", wait_text(error.retry_after_s));
    case Errc::timeout:
      return "Telegram did not answer in time; it is not known whether this was done.";
    case Errc::login_needed:
      return "Telegram has ended this account's session: log it in again.";
    case Errc::cancelled:
      return "The account's connection was closed before Telegram answered.";
    case Errc::telegram:
      return fmt::format("Telegram refused: “{}”.", error.message);
    default:
      return error.message.empty() ? std::string("It failed for an unknown reason.")
                                   : error.message;
  }
}

}  // namespace tgpanel::actions
