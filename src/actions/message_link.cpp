#include "actions/message_link.hpp"

#include "actions/link_text.hpp"
#include "actions/other_link.hpp"
#include "words/errors_links.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tgpanel::actions {

namespace {

constexpr std::int64_t kMaxMessageId = std::numeric_limits<std::int32_t>::max();
// TDLib's ChannelId::MAX_CHANNEL_ID: ids of channels are -1000000000000 - id.
constexpr std::int64_t kMaxChannelId = 1'000'000'000'000 - (std::int64_t{1} << 31);

std::unexpected<Error> refuse(Sentence reason) {
  return fail(Errc::invalid, Sentence(words::send_message_link, std::move(reason)));
}

std::unexpected<Error> refuse_other(const Phrase& what) {
  return refuse({words::link_this_is_no_message, what});
}

Result<void> read_arguments(std::string_view query, MessageLink& link) {
  const auto read = [&](std::string_view key, std::int64_t& into) {
    const auto value = argument(query, key);
    if (!value || value->empty()) return true;
    const auto id = link_number(*value, kMaxMessageId);
    if (id) into = *id;
    return id.has_value();
  };
  if (!read("thread", link.thread)) return refuse(words::link_thread_no_number);
  if (!read("comment", link.comment)) {
    return refuse(words::link_comment_no_number);
  }
  return {};
}

Result<void> read_post(std::string_view text, MessageLink& link) {
  const auto post = link_number(text, kMaxMessageId);
  if (!post) return refuse(words::link_end_no_number);
  link.post = *post;
  return {};
}

Result<void> read_username(std::string_view name, MessageLink& link) {
  if (const auto* other = other_word(name)) return refuse_other(*other);
  if (!is_username(name)) {
    return refuse(words::link_chat_name_impossible);
  }
  link.username = name;
  return {};
}

Result<void> read_channel(std::string_view id, MessageLink& link) {
  const auto channel = link_number(id, kMaxChannelId);
  if (!channel) return refuse(words::link_no_private_number);
  link.channel_id = *channel;
  return {};
}

std::unexpected<Error> refuse_chat(std::string_view query) {
  if (const auto* other = other_argument(query)) return refuse_other(*other);
  return refuse(words::link_chat_no_message);
}

/// The parts after the chat: a message, or a topic and a message.
Result<void> read_place(const std::vector<std::string_view>& parts, std::string_view query,
                        MessageLink& link) {
  if (parts.empty()) return refuse_chat(query);
  if (const auto* other = other_place(link.username, parts)) return refuse_other(*other);
  if (parts.size() > 2) return refuse(words::link_too_many_parts);
  if (parts.size() == 2) {
    const auto thread = link_number(parts.front(), kMaxMessageId);
    if (!thread) return refuse(words::link_no_topic_number);
    link.thread = *thread;
  }
  return read_post(parts.back(), link);
}

Result<MessageLink> read_parts(std::vector<std::string_view> parts, std::string_view query) {
  if (parts.size() > 1 && same_word(parts.front(), "s")) parts.erase(parts.begin());  // web preview
  if (parts.empty()) return refuse(words::link_names_nothing);
  const auto first = parts.front();
  if (const auto* other = other_sign(first)) return refuse_other(*other);

  MessageLink link;
  Result<void> chat;
  if (same_word(first, "c")) {
    if (parts.size() < 2) return refuse(words::link_number_missing);
    chat = read_channel(parts[1], link);
    parts.erase(parts.begin(), parts.begin() + 2);
  } else {
    chat = read_username(first, link);
    parts.erase(parts.begin());
  }
  if (!chat) return std::unexpected(std::move(chat.error()));
  if (auto read = read_arguments(query, link); !read) return std::unexpected(read.error());
  if (auto read = read_place(parts, query, link); !read) return std::unexpected(read.error());
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
  if (same_word(what, "resolve")) {
    if (argument(query, "phone")) return refuse_other(words::link_is_phone);
    chat = read_username(argument(query, "domain").value_or(""), link);
  } else if (same_word(what, "privatepost")) {
    chat = read_channel(argument(query, "channel").value_or(""), link);
  } else {
    if (const auto* other = other_app_word(what)) return refuse_other(*other);
    return refuse(words::link_app_no_message);
  }
  if (!chat) return std::unexpected(std::move(chat.error()));
  const auto post = argument(query, "post");
  if (!post) return refuse_chat(query);
  if (auto read = read_post(*post, link); !read) return std::unexpected(read.error());
  if (auto read = read_arguments(query, link); !read) return std::unexpected(read.error());
  return link;
}

/// name.t.me/5
Result<MessageLink> read_subdomain(std::string_view name, std::string_view path,
                                   std::string_view query) {
  MessageLink link;
  if (auto chat = read_username(name, link); !chat) return std::unexpected(chat.error());
  if (auto read = read_arguments(query, link); !read) return std::unexpected(read.error());
  const auto parts = split_path(path);
  if (auto read = read_place(parts, query, link); !read) return std::unexpected(read.error());
  return link;
}

/// Why a text that leads to no host is no link.
std::unexpected<Error> refuse_text(std::string_view text) {
  if (text.starts_with('@') && is_username(text.substr(1))) {
    return refuse(words::link_name_no_message);
  }
  if (text.starts_with('-')) text.remove_prefix(1);
  if (!text.empty() && std::ranges::all_of(text, is_digit)) {
    return refuse(words::link_number_no_message);
  }
  return refuse(words::link_no_link);
}

bool is_telegram_site(std::string_view host) {
  constexpr std::string_view kSite = "telegram.org";
  if (host.size() > kSite.size()) {
    const auto rest = host.size() - kSite.size();
    return host[rest - 1] == '.' && same_word(host.substr(rest), kSite);
  }
  return same_word(host, kSite);
}

bool names_telegram(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(1)) {
    auto rest = text;
    if (take_prefix(rest, "tg:")) return true;
    for (const auto host : kLinkHosts) {
      if (take_prefix(rest, host) && rest.starts_with('/')) return true;
      rest = text;
    }
  }
  return false;
}

}  // namespace

Result<MessageLink> parse_message_link(std::string_view pasted) {
  if (pasted.size() > kMaxLinkBytes) return refuse(words::link_too_long);
  const auto plain = plain_link(pasted);
  std::string_view text = plain;
  if (text.empty()) return refuse(words::link_none_here);
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) {
    if (names_telegram(text)) return refuse(words::link_not_alone);
    return refuse(words::link_no_link);
  }

  if (take_prefix(text, "tg:")) return parse_tg(text);
  const bool schemed = take_prefix(text, "https://") || take_prefix(text, "http://");

  const auto address = text;
  auto rest = text.substr(0, text.find('#'));
  auto path = take_until(rest, "?");
  const auto query = rest;
  auto host = take_until(path, "/");
  if (const auto port = host.find(':'); port != std::string_view::npos) {
    const auto value = host.substr(port + 1);
    if (value == "443" || value == "80") host = host.substr(0, port);
  }
  take_prefix(host, "www.");

  if (is_link_host(host)) {
    return read_parts(split_path(path), query);
  }
  constexpr std::string_view kSuffix = ".t.me";
  if (host.size() > kSuffix.size() &&
      same_word(host.substr(host.size() - kSuffix.size()), kSuffix)) {
    return read_subdomain(host.substr(0, host.size() - kSuffix.size()), path, query);
  }
  if (!schemed && host.find('.') == std::string_view::npos) return refuse_text(address);
  if (is_telegram_site(host)) return refuse_other(words::link_is_site);
  return refuse(words::link_not_telegram);
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
