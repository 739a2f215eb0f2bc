#include "testdc/auth/freezes.hpp"

#include "testdc/world/world.hpp"

#include <set>
#include <string_view>

namespace testdc {

namespace {

// A frozen user reads and does nothing else, but for writing to @SpamBot. Source:
// core.telegram.org/api/errors, 420 FROZEN_METHOD_INVALID ("cannot execute the specified action");
// which methods those are is written down nowhere: these are the ones that others would see.
bool changes_something(std::string_view method) {
  static const std::set<std::string_view> closed{
      "account.updateProfile", "channels.joinChannel",     "channels.leaveChannel",
      "contacts.addContact",   "contacts.block",           "contacts.unblock",
      "messages.editMessage",  "messages.forwardMessages", "messages.importChatInvite",
      "messages.sendMedia",    "messages.sendMessage",     "messages.sendMultiMedia",
      "messages.sendReaction", "messages.sendVote",        "messages.startBot"};
  return closed.contains(method);
}

}  // namespace

Value Freezes::app_config(std::int64_t user) const {
  // Source: TDLib, ConfigManager::process_app_config.
  Value values = Value::array();
  const auto found = by_user_.find(user);
  if (found == by_user_.end()) return values;
  const auto number = [&](const char* key, int value) {
    values.push_back({{"_", "jsonObjectValue"},
                      {"key", key},
                      {"value", {{"_", "jsonNumber"}, {"value", static_cast<double>(value)}}}});
  };
  number("freeze_since_date", found->second.since);
  number("freeze_until_date", found->second.until);
  values.push_back({{"_", "jsonObjectValue"},
                    {"key", "freeze_appeal_url"},
                    {"value", {{"_", "jsonString"}, {"value", found->second.appeal_url}}}});
  return values;
}

std::optional<RpcError> Freezes::refusal(const Caller& caller, const Value& query) const {
  if (!by_user_.contains(caller.user_id)) return std::nullopt;
  const auto& method = query.at("_").get_ref<const std::string&>();
  if (!changes_something(method)) return std::nullopt;
  if (const auto peer = query.find("peer"); peer != query.end() && peer->contains("user_id")) {
    const User* const user = world_.find_user(peer->at("user_id").get<std::int64_t>());
    if (user != nullptr && user->username == "SpamBot") return std::nullopt;
  }
  return RpcError{420, "FROZEN_METHOD_INVALID"};
}

}  // namespace testdc
