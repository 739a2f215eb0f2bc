#include "actions/message_link.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::actions {

namespace {

constexpr std::int64_t kMaxMessageId = std::numeric_limits<std::int32_t>::max();
// TDLib's ChannelId::MAX_CHANNEL_ID: ids of channels are -1000000000000 - id.
constexpr std::int64_t kMaxChannelId = 1'000'000'000'000 - (std::int64_t{1} << 31);
constexpr std::size_t kMaxUsername = 32;  // Telegram's limit for @names
constexpr std::size_t kMinUsername = 3;   // the shortest in use (@gif)

// First path parts (or names before .t.me) with a meaning of their own: LinkManager of TDLib.
constexpr std::array<std::string_view, 33> kReserved{
    "a",        "addemoji", "addlist",      "addstickers",  "addtheme", "auction",  "auth",
    "bg",       "boost",    "call",         "confirmphone", "contact",  "fragment", "giftcode",
    "folder",   "game",     "invoice",      "iv",           "k",        "login",    "m",
    "nft",      "oauth",    "proxy",        "setlanguage",  "settings", "share",    "socks",
    "stargift", "tonsite",  "translations", "web",          "z"};

// What phones and chats put around a copied link: BOM, zero-width and direction marks, brackets.
constexpr std::array<std::string_view, 14> kAround{" ",      "\t",     "\r",     "\n",     "<",
                                                   ">",      "\u00a0", "\u200b", "\u200c", "\u200d",
                                                   "\u200e", "\u200f", "\u2060", "\ufeff"};

std::unexpected<Error> refuse(std::string_view reason) {
  return fail(Errc::invalid,
              fmt::format("{} Send the link of a message, for example https://t.me/durov/5 or "
                          "https://t.me/c/1234567890/5.",
                          reason));
}

std::string_view trim(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    for (const auto mark : kAround) {
      if (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
        again = true;
      }
      if (text.ends_with(mark)) {
        text.remove_suffix(mark.size());
        again = true;
      }
    }
  }
  return text;
}

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!same(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// Up to `mark`, which is taken away too; all of the text when there is none.
std::string_view take_until(std::string_view& text, std::string_view marks) {
  const auto at = text.find_first_of(marks);
  const auto head = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return head;
}

std::optional<std::int64_t> number(std::string_view text, std::int64_t max) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || value < 1 || value > max)
    return std::nullopt;
  return value;
}

bool is_username(std::string_view name) {
  return name.size() >= kMinUsername && name.size() <= kMaxUsername && is_letter(name.front()) &&
         name.back() != '_' && name.find("__") == std::string_view::npos &&
         std::ranges::all_of(name, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    if (const auto part = take_until(path, "/"); !part.empty()) parts.push_back(part);
  }
  return parts;
}

/// The first value of `key` in a query string; nothing when it is missing.
std::optional<std::string_view> argument(std::string_view query, std::string_view key) {
  while (!query.empty()) {
    auto value = take_until(query, "&");
    if (const auto name = take_until(value, "="); same(name, key)) return value;
  }
  return std::nullopt;
}

Result<void> read_arguments(std::string_view query, MessageLink& link) {
  const auto read = [&](std::string_view key, std::int64_t& into) {
    const auto value = argument(query, key);
    if (!value || value->empty()) return true;
    const auto id = number(*value, kMaxMessageId);
    if (id) into = *id;
    return id.has_value();
  };
  if (!read("thread", link.thread)) return refuse("The number after thread= is no message number.");
  if (!read("comment", link.comment)) {
    return refuse("The number after comment= is no message number.");
  }
  return {};
}

Result<void> read_post(std::string_view text, MessageLink& link) {
  const auto post = number(text, kMaxMessageId);
  if (!post) return refuse("The last part of this link is no message number.");
  link.post = *post;
  return {};
}

Result<void> read_username(std::string_view name, MessageLink& link) {
  if (std::ranges::any_of(kReserved, [&](auto word) { return same(word, name); })) {
    return refuse("This Telegram link leads to something other than a message.");
  }
  if (!is_username(name)) {
    return refuse("The name of the chat in this link is not one that Telegram gives.");
  }
  link.username = name;
  return {};
}

Result<void> read_channel(std::string_view id, MessageLink& link) {
  const auto channel = number(id, kMaxChannelId);
  if (!channel) return refuse("The part after /c/ is no number of a private chat.");
  link.channel_id = *channel;
  return {};
}

/// The parts after the chat: a message, or a topic and a message.
Result<void> read_place(std::vector<std::string_view> parts, MessageLink& link) {
  if (parts.empty()) return refuse("This is the link of a chat, not of a message in it.");
  if (same(parts.front(), "s")) return refuse("This is the link of a story, not of a message.");
  if (parts.size() > 2) return refuse("This link has too many parts.");
  if (parts.size() == 2) {
    const auto thread = number(parts.front(), kMaxMessageId);
    if (!thread) return refuse("The part before the message number is no topic number.");
    link.thread = *thread;
  }
  return read_post(parts.back(), link);
}

Result<MessageLink> read_parts(std::vector<std::string_view> parts, std::string_view query) {
  if (parts.size() > 1 && same(parts.front(), "s")) parts.erase(parts.begin());  // web preview
  if (parts.empty()) return refuse("This link names no chat and no message.");
  const auto first = parts.front();
  if (first.starts_with('+') || same(first, "joinchat")) {
    return refuse("This is an invite link, not the link of a message.");
  }

  MessageLink link;
  Result<void> chat;
  if (same(first, "c")) {
    if (parts.size() < 2) return refuse("The number of the private chat is missing after /c/.");
    chat = read_channel(parts[1], link);
    parts.erase(parts.begin(), parts.begin() + 2);
  } else {
    chat = read_username(first, link);
    parts.erase(parts.begin());
  }
  if (!chat) return std::unexpected(std::move(chat.error()));
  if (auto read = read_arguments(query, link); !read) return std::unexpected(read.error());
  if (auto read = read_place(std::move(parts), link); !read) return std::unexpected(read.error());
  return link;
}

/// tg:resolve?domain=name&post=5, tg:privatepost?channel=1&post=5
Result<MessageLink> parse_tg(std::string_view rest) {
  take_prefix(rest, "//");
  auto query = rest.substr(0, rest.find('#'));
  auto what = take_until(query, "?");
  if (what.ends_with('/')) what.remove_suffix(1);

  MessageLink link;
  Result<void> chat;
  if (same(what, "resolve")) {
    chat = read_username(argument(query, "domain").value_or(""), link);
  } else if (same(what, "privatepost")) {
    chat = read_channel(argument(query, "channel").value_or(""), link);
  } else if (same(what, "join")) {
    return refuse("This is an invite link, not the link of a message.");
  } else {
    return refuse("This Telegram link leads to something other than a message.");
  }
  if (!chat) return std::unexpected(std::move(chat.error()));
  const auto post = argument(query, "post");
  if (!post) return refuse("This is the link of a chat, not of a message in it.");
  if (auto read = read_post(*post, link); !read) return std::unexpected(read.error());
  if (auto read = read_arguments(query, link); !read) return std::unexpected(read.error());
  return link;
}

}  // namespace

Result<MessageLink> parse_message_link(std::string_view text) {
  text = trim(text);
  if (text.empty()) return refuse("There is no link in this message.");
  if (text.size() > kMaxLinkBytes) return refuse("This text is too long for a link.");
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) {
    return refuse("This is more than one link alone.");
  }

  if (take_prefix(text, "tg:")) return parse_tg(text);
  const bool schemed = take_prefix(text, "https://") || take_prefix(text, "http://");

  auto rest = text.substr(0, text.find('#'));
  auto path = take_until(rest, "?");
  const auto query = rest;
  auto host = take_until(path, "/");
  if (const auto port = host.find(':'); port != std::string_view::npos) {
    const auto value = host.substr(port + 1);
    if (value == "443" || value == "80") host = host.substr(0, port);
  }
  take_prefix(host, "www.");

  if (same(host, "t.me") || same(host, "telegram.me") || same(host, "telegram.dog")) {
    return read_parts(split_path(path), query);
  }
  constexpr std::string_view kSuffix = ".t.me";
  if (host.size() > kSuffix.size() && same(host.substr(host.size() - kSuffix.size()), kSuffix)) {
    auto parts = split_path(path);
    MessageLink link;
    if (auto chat = read_username(host.substr(0, host.size() - kSuffix.size()), link); !chat) {
      return std::unexpected(chat.error());
    }
    if (auto read = read_arguments(query, link); !read) return std::unexpected(read.error());
    if (auto read = read_place(std::move(parts), link); !read) return std::unexpected(read.error());
    return link;
  }
  if (!schemed && host.find('.') == std::string_view::npos) {
    return refuse("This is not a link.");
  }
  return refuse("This link does not lead to Telegram.");
}

std::string canonical(const MessageLink& link) {
  std::string url = link.username.empty()
                        ? fmt::format("https://t.me/c/{}/{}", link.channel_id, link.post)
                        : fmt::format("https://t.me/{}/{}", link.username, link.post);
  if (link.thread != 0) url += fmt::format("?thread={}", link.thread);
  if (link.comment != 0) {
    url += fmt::format("{}comment={}", link.thread != 0 ? '&' : '?', link.comment);
  }
  return url;
}

}  // namespace tgpanel::actions
