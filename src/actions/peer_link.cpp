#include "actions/peer_link.hpp"

#include "actions/link_text.hpp"
#include "actions/message_link.hpp"
#include "actions/other_link.hpp"
#include "words/errors_links.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace tgpanel::actions {

namespace {

// Ids of supergroups and channels in td_api are this minus the number after /c/ in links.
constexpr ChatId kChannelBase = -1'000'000'000'000;
constexpr std::int64_t kMaxUserId = std::int64_t{1} << 53;  // JSON's and td_api's limit

/// A text taken apart; the parts live as long as the text does.
struct Address {
  std::vector<std::string_view> parts;  // of the path; of a tg: link as the path would be
  std::string_view query;
  std::string_view app_word;  // of a tg: link that has no path
};

/// One example at the end of every refusal.
class Reader {
 public:
  explicit Reader(const Phrase& example) : example_(example) {}

  [[nodiscard]] std::unexpected<Error> refuse(Sentence reason) const {
    return fail(Errc::invalid, Sentence(example_, std::move(reason)));
  }

  /// The text without what copying adds, or why it cannot be anything.
  [[nodiscard]] Result<std::string> plain(std::string_view pasted) const {
    if (pasted.size() > kMaxLinkBytes) return refuse(words::link_text_too_long);
    auto text = plain_link(pasted);
    if (text.empty()) return refuse(words::link_nothing_here);
    if (text.find_first_of(" \t\r\n") != std::string::npos) {
      return refuse(words::link_more_than_one);
    }
    return text;
  }

  [[nodiscard]] Result<std::string> username(std::string_view name) const {
    if (const auto* other = other_word(name)) return refuse({words::link_this_is, *other});
    if (!is_username(name)) return refuse(words::link_name_impossible);
    return std::string(name);
  }

  [[nodiscard]] Result<Address> address(std::string_view text) const;

 private:
  [[nodiscard]] Result<Address> app_address(std::string_view rest) const;

  const Phrase& example_;
};

/// tg:resolve?domain=name, tg:join?invite=hash, tg:privatepost?channel=1&post=5
Result<Address> Reader::app_address(std::string_view rest) const {
  take_prefix(rest, "//");
  auto query = rest.substr(0, rest.find('#'));
  auto what = take_until(query, "?");
  if (what.ends_with('/')) what.remove_suffix(1);
  if (same_word(what, "resolve")) {
    if (argument(query, "phone")) return refuse({words::link_this_is, words::link_is_phone});
    return Address{{argument(query, "domain").value_or("")}, query, {}};
  }
  if (same_word(what, "join")) {
    return Address{{"joinchat", argument(query, "invite").value_or("")}, query, {}};
  }
  if (same_word(what, "privatepost")) {
    return Address{{"c", argument(query, "channel").value_or("")}, query, {}};
  }
  if (same_word(what, "user")) return Address{{}, query, "user"};
  const auto* other = other_app_word(what);
  return refuse({words::link_this_is, other == nullptr ? words::link_is_other_part : *other});
}

Result<Address> Reader::address(std::string_view text) const {
  if (take_prefix(text, "tg:")) return app_address(text);
  const bool schemed = take_prefix(text, "https://") || take_prefix(text, "http://");
  auto rest = text.substr(0, text.find('#'));
  auto path = take_until(rest, "?");
  const auto query = rest;
  auto host = take_until(path, "/");
  take_prefix(host, "www.");
  auto parts = split_path(path);
  constexpr std::string_view kSuffix = ".t.me";
  if (host.size() > kSuffix.size() &&
      same_word(host.substr(host.size() - kSuffix.size()), kSuffix)) {
    parts.insert(parts.begin(), host.substr(0, host.size() - kSuffix.size()));
  } else if (!is_link_host(host)) {
    if (schemed || host.find('.') != std::string_view::npos) {
      return refuse(words::link_not_telegram);
    }
    return refuse(words::link_neither);
  }
  if (parts.size() > 1 && same_word(parts.front(), "s")) parts.erase(parts.begin());  // web preview
  if (parts.empty()) return refuse(words::link_names_nobody);
  return Address{std::move(parts), query, {}};
}

bool is_invite_hash(std::string_view hash) {
  constexpr std::size_t kMost = 64;
  return !hash.empty() && hash.size() <= kMost && std::ranges::all_of(hash, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

bool is_phone(std::string_view digits) {
  constexpr std::size_t kMost = 15;  // ITU-T E.164
  return digits.size() <= kMost &&
         link_number(digits, std::numeric_limits<std::int64_t>::max()).has_value();
}

/// With digits alone after the plus it would be a phone number.
std::string invite_link(std::string_view hash) {
  return fmt::format("https://t.me/{}{}", is_phone(hash) ? "joinchat/" : "+", hash);
}

/// The hash of an invite link; nothing when it is none.
std::optional<std::string_view> invite_hash(const std::vector<std::string_view>& parts) {
  if (same_word(parts.front(), "joinchat")) {
    return parts.size() > 1 ? parts[1] : std::string_view{};
  }
  auto first = parts.front();
  const bool signed_part = take_prefix(first, "+") || take_prefix(first, "%2b");
  if (!signed_part || is_phone(first)) return std::nullopt;
  return first;
}

Result<ChatLink> read_chat(const Reader& reader, std::string_view text) {
  if (text.starts_with('@')) {
    auto name = reader.username(text.substr(1));
    if (!name) return std::unexpected(std::move(name.error()));
    return ChatLink{.username = std::move(*name)};
  }
  if (text.starts_with('-')) {
    const auto id = link_number(text.substr(1), -kChannelBase * 3);
    if (!id) return reader.refuse(words::link_no_chat_id);
    return ChatLink{.chat_id = -*id};
  }
  if (link_number(text, std::numeric_limits<std::int64_t>::max())) {
    return reader.refuse(words::link_number_no_chat_id);
  }
  const auto address = reader.address(text);
  if (!address) return std::unexpected(address.error());
  const auto& parts = address->parts;
  if (parts.empty()) return reader.refuse(words::link_of_person);
  if (const auto hash = invite_hash(parts)) {
    if (!is_invite_hash(*hash)) return reader.refuse(words::link_invite_incomplete);
    return ChatLink{.invite = invite_link(*hash)};
  }
  if (same_word(parts.front(), "c")) {
    const auto id = parts.size() > 1 ? link_number(parts[1], -kChannelBase) : std::nullopt;
    if (!id) return reader.refuse(words::link_no_private_number);
    return ChatLink{.chat_id = kChannelBase - *id};
  }
  if (const auto* other = other_sign(parts.front())) {
    return reader.refuse({words::link_this_is, *other});
  }
  if (const auto* other = other_argument(address->query)) {
    return reader.refuse({words::link_this_is, *other});
  }
  auto name = reader.username(parts.front());
  if (!name) return std::unexpected(std::move(name.error()));
  return ChatLink{.username = std::move(*name)};
}

}  // namespace

Result<ChatLink> parse_chat_link(std::string_view text) {
  const Reader reader(words::send_chat_link);
  const auto plain = reader.plain(text);
  if (!plain) return std::unexpected(plain.error());
  return read_chat(reader, *plain);
}

Result<ChatLink> parse_join_link(std::string_view text) {
  auto link = parse_chat_link(text);
  if (link && link->chat_id != 0) {
    return Reader(words::send_chat_link).refuse(words::link_join_by_invite);
  }
  return link;
}

Result<UserLink> parse_user_link(std::string_view text) {
  const Reader reader(words::send_user_link);
  const auto plain = reader.plain(text);
  if (!plain) return std::unexpected(plain.error());
  const std::string_view given = *plain;
  if (const auto id = link_number(given, kMaxUserId)) return UserLink{.user_id = *id};
  if (given.starts_with('-')) return reader.refuse(words::link_chat_id_no_person);
  if (given.starts_with('@')) {
    auto name = reader.username(given.substr(1));
    if (!name) return std::unexpected(std::move(name.error()));
    return UserLink{.username = std::move(*name)};
  }
  const auto address = reader.address(given);
  if (!address) return std::unexpected(address.error());
  if (address->app_word == "user") {
    const auto id = link_number(argument(address->query, "id").value_or(""), kMaxUserId);
    if (!id) return reader.refuse(words::link_no_person_id);
    return UserLink{.user_id = *id};
  }
  const auto& parts = address->parts;
  if (invite_hash(parts)) return reader.refuse(words::link_invite_no_person);
  if (const auto* other = other_sign(parts.front())) {
    return reader.refuse({words::link_this_is, *other});
  }
  if (parts.size() > 1) return reader.refuse(words::link_message_no_person);
  auto name = reader.username(parts.front());
  if (!name) return std::unexpected(std::move(name.error()));
  return UserLink{.username = std::move(*name)};
}

}  // namespace tgpanel::actions
