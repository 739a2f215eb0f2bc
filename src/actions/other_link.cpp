// Sources: https://core.telegram.org/api/links and TDLib's LinkManager.

#include "actions/other_link.hpp"

#include "actions/link_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace tgpanel::actions {

namespace {

using Meaning = std::pair<std::string_view, std::string_view>;

constexpr std::string_view kInvite = "an invite link";
constexpr std::string_view kStickers = "the link of a sticker set";
constexpr std::string_view kFolder = "the link of a chat folder";
constexpr std::string_view kGift = "the link of a gift";
constexpr std::string_view kPerson = "the link of a person";
constexpr std::string_view kPhone = "the link of a phone number";
constexpr std::string_view kProxy = "the link of a proxy";
constexpr std::string_view kShare = "a link for sharing";
constexpr std::string_view kBot = "a bot's link";
constexpr std::string_view kVideoChat = "the link of a video chat";
constexpr std::string_view kInvoice = "the link of an invoice";
constexpr std::string_view kStory = "the link of a story";
constexpr std::string_view kBoost = "the link for boosting a chat";
constexpr std::string_view kPage = "the link of another part of Telegram";

constexpr std::array<Meaning, 35> kWords{{
    {"a", kPage},
    {"addemoji", kStickers},
    {"addlist", kFolder},
    {"addstickers", kStickers},
    {"addtheme", "the link of a theme"},
    {"auction", kGift},
    {"auth", kPage},
    {"bg", "the link of a background"},
    {"boost", kBoost},
    {"call", "the link of a call"},
    {"confirmphone", kPhone},
    {"contact", kPerson},
    {"folder", kFolder},
    {"fragment", kPage},
    {"game", kPage},
    {"giftcode", kGift},
    {"invoice", kInvoice},
    {"iv", "the link of a web page"},
    {"joinchat", kInvite},
    {"k", kPage},
    {"login", "a link for logging in"},
    {"m", kPerson},
    {"msg", kShare},
    {"nft", kGift},
    {"oauth", kPage},
    {"proxy", kProxy},
    {"setlanguage", "the link of a language"},
    {"settings", "the link of Telegram's settings"},
    {"share", kShare},
    {"socks", kProxy},
    {"stargift", kGift},
    {"tonsite", kPage},
    {"translations", kPage},
    {"web", kPage},
    {"z", kPage},
}};

// These are names of chats elsewhere.
constexpr std::array<Meaning, 8> kAppWords{{
    {"join", kInvite},
    {"message", kPerson},
    {"msg_url", kShare},
    {"passport", kPage},
    {"premium_offer", kPage},
    {"stars_topup", kPage},
    {"unsupportedproxy", kProxy},
    {"user", kPerson},
}};

constexpr std::array<Meaning, 14> kArguments{{
    {"story", kStory},
    {"album", "the link of a story album"},
    {"collection", "the link of a collection of gifts"},
    {"start", kBot},
    {"startgroup", kBot},
    {"startchannel", kBot},
    {"startapp", kBot},
    {"startattach", kBot},
    {"attach", kBot},
    {"game", kBot},
    {"videochat", kVideoChat},
    {"livestream", kVideoChat},
    {"voicechat", kVideoChat},
    {"boost", kBoost},
}};

template <std::size_t N>
std::optional<std::string_view> meaning_of(const std::array<Meaning, N>& table,
                                           std::string_view word) {
  for (const auto& [name, meaning] : table) {
    if (same_word(name, word)) return meaning;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> other_word(std::string_view word) {
  return meaning_of(kWords, word);
}

std::optional<std::string_view> other_app_word(std::string_view word) {
  const auto own = meaning_of(kAppWords, word);
  return own ? own : other_word(word);
}

std::optional<std::string_view> other_sign(std::string_view part) {
  if (part.starts_with('$')) return kInvoice;
  if (!take_prefix(part, "+") && !take_prefix(part, "%2b")) return std::nullopt;
  const bool phone =
      part.size() <= 15 && link_number(part, std::numeric_limits<std::int64_t>::max()).has_value();
  return phone ? kPhone : kInvite;
}

std::optional<std::string_view> other_argument(std::string_view query) {
  for (const auto& [name, meaning] : kArguments) {
    if (argument(query, name)) return meaning;
  }
  return std::nullopt;
}

std::optional<std::string_view> other_place(std::string_view chat,
                                            const std::vector<std::string_view>& parts) {
  if (parts.empty()) return std::nullopt;
  const auto first = parts.front();
  if (same_word(first, "s")) return kStory;
  if (same_word(first, "a")) return "the link of a story album";
  if (same_word(first, "c")) return "the link of a collection of gifts";
  const bool of_bot = chat.size() > 3 && same_word(chat.substr(chat.size() - 3), "bot");
  if (of_bot && parts.size() == 1 &&
      first.find_first_not_of("0123456789") != std::string_view::npos)
    return "the link of a bot's app";
  return std::nullopt;
}

}  // namespace tgpanel::actions
