// Reactions and votes: changes of a message without a number.
#include "testdc/world/limits.hpp"
#include "testdc/world/view.hpp"
#include "testdc/world/world.hpp"

#include <algorithm>

namespace testdc {

namespace {

// core.telegram.org/api/reactions: without Premium one reaction on a message.
constexpr std::size_t reactions_per_user = 1;

// core.telegram.org/method/messages.sendVote: MESSAGE_POLL_CLOSED, OPTIONS_TOO_MUCH,
// REVOTE_NOT_ALLOWED, OPTION_INVALID.
void check_vote(const Poll& poll, std::int64_t user, const std::vector<Bytes>& options) {
  if (poll.closed) throw RpcError{400, "MESSAGE_POLL_CLOSED"};
  const bool quiz = poll.poll.value("quiz", false);
  if (options.size() > 1 && !poll.poll.value("multiple_choice", false)) {
    throw RpcError{400, "OPTIONS_TOO_MUCH"};
  }
  if (quiz && poll.votes.contains(user)) throw RpcError{400, "REVOTE_NOT_ALLOWED"};
  for (const auto& option : options) {
    const bool known = std::ranges::any_of(poll.poll.at("answers"), [&option](const Value& answer) {
      const Bytes& bytes = answer.at("option").get_binary();
      return bytes == option;
    });
    if (!known) throw RpcError{400, "OPTION_INVALID"};
  }
}

// core.telegram.org/method/messages.sendReaction: what the chat does not allow is REACTION_INVALID.
void check_allowed(const Chat* chat, const std::vector<std::string>& emoji) {
  if (chat == nullptr || !chat->allowed_reactions) return;
  for (const auto& one : emoji) {
    if (std::ranges::find(*chat->allowed_reactions, one) == chat->allowed_reactions->end()) {
      throw RpcError{400, "REACTION_INVALID"};
    }
  }
}

}  // namespace

MessagePtr World::react(Actor actor, Peer dialog, int id, const std::vector<std::string>& emoji) {
  const auto message = find_message(actor.user, dialog, id);
  if (message == nullptr || message->is_service()) throw RpcError{400, "MESSAGE_ID_INVALID"};
  limits::check_reactions(emoji, reactions_per_user);
  check_allowed(find_chat(message->place), emoji);
  auto& list = message->reactions;
  std::vector<std::string> before;
  for (const auto& reaction : list) {
    if (reaction.user == actor.user) before.push_back(reaction.emoji);
  }
  // core.telegram.org/method/messages.sendReaction: MESSAGE_NOT_MODIFIED; here, for the reaction
  // that is there already, or taking back none.
  if (before == emoji) throw RpcError{400, "MESSAGE_NOT_MODIFIED"};
  std::erase_if(list, [&actor](const Reaction& reaction) { return reaction.user == actor.user; });
  for (const auto& one : emoji) list.push_back({actor.user, one, now()});
  if (!withheld(*message)) {
    for (const auto user : audience(*message)) {
      push(user, actor, [&message](View& view) { return view.reactions_update(*message); });
    }
  }
  changed();
  return message;
}

MessagePtr World::vote(Actor actor, Peer dialog, int id, const std::vector<Bytes>& options) {
  const auto message = find_message(actor.user, dialog, id);
  if (message == nullptr || !message->media.poll) throw RpcError{400, "MESSAGE_ID_INVALID"};
  auto& poll = *message->media.poll;
  check_vote(poll, actor.user, options);
  if (options.empty()) {
    poll.votes.erase(actor.user);
  } else {
    poll.votes[actor.user] = options;
  }
  // core.telegram.org/constructor/updateMessagePoll: everybody sees the numbers, each his own
  // choice.
  if (!withheld(*message)) {
    for (const auto user : audience(*message)) {
      push(user, actor, [&message](View& view) { return view.poll_update(*message); });
    }
  }
  changed();
  return message;
}

void World::close_poll(const MessagePtr& message) {
  message->media.poll->closed = true;
  if (!withheld(*message)) {
    for (const auto user : audience(*message)) {
      push(user, {}, [&message](View& view) { return view.poll_update(*message); });
    }
  }
  changed();
}

}  // namespace testdc
