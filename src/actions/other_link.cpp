// Sources: https://core.telegram.org/api/links and TDLib's LinkManager.

#include "actions/other_link.hpp"

#include "actions/link_text.hpp"
#include "words/errors_links.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace tgpanel::actions {

namespace {

using Meaning = std::pair<std::string_view, const Phrase*>;

constexpr std::array<Meaning, 35> kWords{{
    {"a", &words::link_is_other_part},
    {"addemoji", &words::link_is_stickers},
    {"addlist", &words::link_is_folder},
    {"addstickers", &words::link_is_stickers},
    {"addtheme", &words::link_is_theme},
    {"auction", &words::link_is_gift},
    {"auth", &words::link_is_other_part},
    {"bg", &words::link_is_background},
    {"boost", &words::link_is_boost},
    {"call", &words::link_is_call},
    {"confirmphone", &words::link_is_phone},
    {"contact", &words::link_is_person},
    {"folder", &words::link_is_folder},
    {"fragment", &words::link_is_other_part},
    {"game", &words::link_is_other_part},
    {"giftcode", &words::link_is_gift},
    {"invoice", &words::link_is_invoice},
    {"iv", &words::link_is_web_page},
    {"joinchat", &words::link_is_invite},
    {"k", &words::link_is_other_part},
    {"login", &words::link_is_login},
    {"m", &words::link_is_person},
    {"msg", &words::link_is_share},
    {"nft", &words::link_is_gift},
    {"oauth", &words::link_is_other_part},
    {"proxy", &words::link_is_proxy},
    {"setlanguage", &words::link_is_language},
    {"settings", &words::link_is_settings},
    {"share", &words::link_is_share},
    {"socks", &words::link_is_proxy},
    {"stargift", &words::link_is_gift},
    {"tonsite", &words::link_is_other_part},
    {"translations", &words::link_is_other_part},
    {"web", &words::link_is_other_part},
    {"z", &words::link_is_other_part},
}};

// These are names of chats elsewhere.
constexpr std::array<Meaning, 8> kAppWords{{
    {"join", &words::link_is_invite},
    {"message", &words::link_is_person},
    {"msg_url", &words::link_is_share},
    {"passport", &words::link_is_other_part},
    {"premium_offer", &words::link_is_other_part},
    {"stars_topup", &words::link_is_other_part},
    {"unsupportedproxy", &words::link_is_proxy},
    {"user", &words::link_is_person},
}};

constexpr std::array<Meaning, 14> kArguments{{
    {"story", &words::link_is_story},
    {"album", &words::link_is_album},
    {"collection", &words::link_is_collection},
    {"start", &words::link_is_bot},
    {"startgroup", &words::link_is_bot},
    {"startchannel", &words::link_is_bot},
    {"startapp", &words::link_is_bot},
    {"startattach", &words::link_is_bot},
    {"attach", &words::link_is_bot},
    {"game", &words::link_is_bot},
    {"videochat", &words::link_is_video_chat},
    {"livestream", &words::link_is_video_chat},
    {"voicechat", &words::link_is_video_chat},
    {"boost", &words::link_is_boost},
}};

template <std::size_t N>
const Phrase* meaning_of(const std::array<Meaning, N>& table, std::string_view word) {
  for (const auto& [name, meaning] : table) {
    if (same_word(name, word)) return meaning;
  }
  return nullptr;
}

}  // namespace

const Phrase* other_word(std::string_view word) {
  return meaning_of(kWords, word);
}

const Phrase* other_app_word(std::string_view word) {
  const auto own = meaning_of(kAppWords, word);
  return own != nullptr ? own : other_word(word);
}

const Phrase* other_sign(std::string_view part) {
  if (part.starts_with('$')) return &words::link_is_invoice;
  if (!take_prefix(part, "+") && !take_prefix(part, "%2b")) return nullptr;
  const bool phone =
      part.size() <= 15 && link_number(part, std::numeric_limits<std::int64_t>::max()).has_value();
  return phone ? &words::link_is_phone : &words::link_is_invite;
}

const Phrase* other_argument(std::string_view query) {
  for (const auto& [name, meaning] : kArguments) {
    if (argument(query, name)) return meaning;
  }
  return nullptr;
}

const Phrase* other_place(std::string_view chat, const std::vector<std::string_view>& parts) {
  if (parts.empty()) return nullptr;
  const auto first = parts.front();
  if (same_word(first, "s")) return &words::link_is_story;
  if (same_word(first, "a")) return &words::link_is_album;
  if (same_word(first, "c")) return &words::link_is_collection;
  const bool of_bot = chat.size() > 3 && same_word(chat.substr(chat.size() - 3), "bot");
  if (of_bot && parts.size() == 1 &&
      first.find_first_not_of("0123456789") != std::string_view::npos)
    return &words::link_is_bot_app;
  return nullptr;
}

}  // namespace tgpanel::actions
