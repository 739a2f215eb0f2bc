#include "monitor/chat_book.hpp"

#include "monitor/intake.hpp"
#include "telegram/td_types.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

namespace tgpanel::monitor {

namespace {

using telegram::int_field;
using telegram::object_field;
using telegram::type_of;

constexpr ChatId kSupergroupBase = -1'000'000'000'000;

bool before(const Group& a, const Group& b) {
  return std::tie(a.title, a.id) < std::tie(b.title, b.id);
}

bool is_member_status(const Json& status) {
  const auto type = type_of(status);
  if (type == "chatMemberStatusMember" || type == "chatMemberStatusAdministrator") return true;
  if (type == "chatMemberStatusCreator" || type == "chatMemberStatusRestricted") {
    return telegram::bool_field(status, "is_member");
  }
  return false;
}

}  // namespace

std::optional<Upgrade> upgrade_in(const Json& update) {
  if (type_of(update) != "updateBasicGroup") return std::nullopt;
  const auto& group = object_field(update, "basic_group");
  const auto supergroup = int_field(group, "upgraded_to_supergroup_id");
  if (supergroup == 0) return std::nullopt;
  return Upgrade{.from = -int_field(group, "id"), .to = kSupergroupBase - supergroup};
}

void ChatBook::apply(AccountId account, const Json& update) {
  const auto type = type_of(update);
  if (type == "updateNewChat") {
    auto chat = telegram::parse_chat(object_field(update, "chat"));
    if (is_group(chat.id)) chats_[chat.id].title = std::move(chat.title);
  } else if (type == "updateChatTitle") {
    const auto it = chats_.find(int_field(update, "chat_id"));
    if (it != chats_.end()) it->second.title = telegram::string_field(update, "title");
  } else if (type == "updateSupergroup") {
    const auto& group = object_field(update, "supergroup");
    const auto chat = kSupergroupBase - int_field(group, "id");
    if (scope_of(chat) != ChatScope::shared) return;
    chats_[chat].username = telegram::first_username(object_field(group, "usernames"));
    set_member(account, chat, is_member_status(object_field(group, "status")));
  } else if (type == "updateBasicGroup") {
    const auto& group = object_field(update, "basic_group");
    const bool member =
        is_member_status(object_field(group, "status")) && telegram::bool_field(group, "is_active");
    set_member(account, -int_field(group, "id"), member);
  }
}

void ChatBook::add_member(AccountId account, ChatId chat) {
  set_member(account, chat, true);
}

void ChatBook::remove_member(AccountId account, ChatId chat) {
  set_member(account, chat, false);
}

void ChatBook::doubt(AccountId account) {
  const auto chats = chats_of(account);
  doubted_[account] = {chats.begin(), chats.end()};
}

void ChatBook::trust(AccountId account) {
  const auto doubts = doubted_.extract(account);
  if (doubts.empty()) return;
  for (const auto chat : doubts.mapped()) remove_member(account, chat);
}

std::string ChatBook::title(ChatId chat) const {
  const auto it = chats_.find(chat);
  return it == chats_.end() ? std::string() : it->second.title;
}

std::string ChatBook::username(ChatId chat) const {
  const auto it = chats_.find(chat);
  return it == chats_.end() ? std::string() : it->second.username;
}

std::vector<Group> ChatBook::groups_of(AccountId account) const {
  std::vector<Group> groups;
  for (const auto& [id, chat] : chats_) {
    if (chat.members.contains(account)) groups.push_back({id, chat.title, chat.username});
  }
  std::ranges::sort(groups, before);
  return groups;
}

std::vector<ChatId> ChatBook::chats_of(AccountId account) const {
  std::vector<ChatId> chats;
  for (const auto& [id, chat] : chats_) {
    if (chat.members.contains(account)) chats.push_back(id);
  }
  return chats;
}

std::vector<Group> ChatBook::groups() const {
  std::vector<Group> groups;
  for (const auto& [id, chat] : chats_) {
    if (!chat.members.empty()) groups.push_back({id, chat.title, chat.username});
  }
  std::ranges::sort(groups, before);
  return groups;
}

std::vector<AccountId> ChatBook::members(ChatId chat) const {
  const auto it = chats_.find(chat);
  if (it == chats_.end()) return {};
  return {it->second.members.begin(), it->second.members.end()};
}

std::optional<ChatId> ChatBook::next_shared(ChatId chat) const {
  const auto wanted = [](const auto& entry) {
    return scope_of(entry.first) == ChatScope::shared && !entry.second.members.empty();
  };
  const auto from = chats_.upper_bound(chat);
  auto it = std::find_if(from, chats_.end(), wanted);
  if (it == chats_.end()) {
    it = std::find_if(chats_.begin(), from, wanted);
    if (it == from) return std::nullopt;
  }
  return it->first;
}

std::size_t ChatBook::shared_count() const {
  return static_cast<std::size_t>(std::ranges::count_if(chats_, [](const auto& entry) {
    return scope_of(entry.first) == ChatScope::shared && !entry.second.members.empty();
  }));
}

std::vector<ChatId> ChatBook::all() const {
  std::vector<ChatId> chats;
  chats.reserve(chats_.size());
  for (const auto& [id, chat] : chats_) chats.push_back(id);
  return chats;
}

std::string ChatBook::link(ChatId chat, MessageId message) const {
  if (scope_of(chat) != ChatScope::shared) return {};
  const auto name = username(chat);
  const auto id = server_message_id(message);
  if (!name.empty()) return fmt::format("https://t.me/{}/{}", name, id);
  return fmt::format("https://t.me/c/{}/{}", kSupergroupBase - chat, id);
}

void ChatBook::set_member(AccountId account, ChatId chat, bool member) {
  if (!is_group(chat)) return;
  if (const auto doubts = doubted_.find(account); doubts != doubted_.end()) {
    doubts->second.erase(chat);
  }
  if (member) {
    chats_[chat].members.insert(account);
  } else if (const auto it = chats_.find(chat); it != chats_.end()) {
    it->second.members.erase(account);
  }
}

}  // namespace tgpanel::monitor
