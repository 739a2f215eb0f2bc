#pragma once
// What is known of the chats that the accounts are in: title, public name, members of ours. Pure.

#include "base/ids.hpp"
#include "base/json.hpp"
#include "monitor/group.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tgpanel::monitor {

/// A basic group that became a supergroup, which has other message ids, from 1.
struct Upgrade {
  ChatId from = 0;
  ChatId to = 0;
};

/// Nothing: the update tells of none.
[[nodiscard]] std::optional<Upgrade> upgrade_in(const Json& update);

/// Fed with updates; only basic groups, supergroups and channels are kept.
class ChatBook {
 public:
  /// updateNewChat, updateChatTitle, updateSupergroup and updateBasicGroup; others are ignored.
  void apply(AccountId account, const Json& update);
  /// The account received something from the chat, so it is in it.
  void add_member(AccountId account, ChatId chat);
  /// The account turned out not to be in the chat.
  void remove_member(AccountId account, ChatId chat);

  /// The account's client is opened anew and tells of its chats again. What it was in counts until
  /// trust(), and then no more unless it was told again.
  void doubt(AccountId account);
  void trust(AccountId account);

  [[nodiscard]] std::string title(ChatId chat) const;     // empty when not known
  [[nodiscard]] std::string username(ChatId chat) const;  // without @; empty when it has none
  /// The basic groups, supergroups and channels that the account is in, by title.
  [[nodiscard]] std::vector<Group> groups_of(AccountId account) const;
  [[nodiscard]] std::vector<ChatId> chats_of(AccountId account) const;
  /// Those that any account is in.
  [[nodiscard]] std::vector<Group> groups() const;
  /// In order of id.
  [[nodiscard]] std::vector<AccountId> members(ChatId chat) const;
  /// The first chat after `chat` by id that has members, from the start again at the end; nothing
  /// when there is none. For going round all of them.
  [[nodiscard]] std::optional<ChatId> next_shared(ChatId chat) const;
  [[nodiscard]] std::size_t shared_count() const;
  /// Every chat that is known.
  [[nodiscard]] std::vector<ChatId> all() const;

  /// https://t.me/name/12, or https://t.me/c/34/12 without a public name; empty in basic groups,
  /// whose messages have no links.
  [[nodiscard]] std::string link(ChatId chat, MessageId message) const;

 private:
  struct Chat {
    std::string title;
    std::string username;
    std::set<AccountId> members;
  };

  void set_member(AccountId account, ChatId chat, bool member);

  std::map<ChatId, Chat> chats_;
  std::map<AccountId, std::set<ChatId>> doubted_;
};

}  // namespace tgpanel::monitor
