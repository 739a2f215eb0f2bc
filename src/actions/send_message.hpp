#pragma once
// Write to a person, by one account. Done at most once: see outgoing.hpp.

#include "actions/peer_link.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "telegram/client.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tgpanel::actions {

/// A person, or a bot, as one account sees it.
struct Person {
  UserId id = 0;                       // 0: nobody
  std::vector<std::string> usernames;  // the active ones, lower case, without @
  std::string name;                    // never empty, unless nobody
};

/// td_api `user`.
[[nodiscard]] Person person_of(const Json& user);

/// A private chat, ready to be written to.
struct Correspondence {
  ChatId chat_id = 0;
  Person person;
};

/// Finds the person by this account, and the private chat. invalid: a group or channel, a deleted
/// user, the account itself, Telegram's service chat; not_found: an id that this account has not
/// met; a sentence.
Awaitable<Result<Correspondence>> find_person(std::shared_ptr<telegram::Client> client,
                                              UserLink link);

/// Whether the person has written in this private chat, among the newest messages of it
/// (kLookedAt). False when that cannot be seen any more.
inline constexpr int kLookedAt = 300;
Awaitable<Result<bool>> has_written(std::shared_ptr<telegram::Client> client, ChatId chat);

}  // namespace tgpanel::actions
