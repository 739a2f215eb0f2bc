#include "testdc/world/entities.hpp"

#include "testdc/world/limits.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

namespace testdc {

namespace {

constexpr std::string_view white = " \t\r\n";
// What may follow a link in a sentence without being part of it.
constexpr std::string_view closing = ".,;:!?)]}>\"'";

bool word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view leading_word(std::string_view text) {
  return text.substr(
      0, static_cast<std::size_t>(std::ranges::find_if_not(text, word_char) - text.begin()));
}

struct Found {
  const char* kind = nullptr;  // null: nothing
  std::string_view text;
};

bool is_email(std::string_view word) {
  const auto at = word.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const auto fits = [](char c) { return word_char(c) || c == '.' || c == '-' || c == '+'; };
  const auto domain = word.substr(at + 1);
  return std::ranges::all_of(word.substr(0, at), fits) && std::ranges::all_of(domain, fits) &&
         domain.find('.') != std::string_view::npos && domain.find('.') != 0;
}

// Where a link ends at the latest. Clients end it at the same characters and report a server that
// does not (is_url_path_symbol in TDLib's MessageEntity.cpp): quotation marks, angle brackets,
// separators, and of General Punctuation (U+2000 to U+206F) all but joiners and dashes.
std::string_view up_to_its_end(std::string_view link) {
  for (std::size_t at = 0; at < link.size(); ++at) {
    const auto rest = link.substr(at);
    if (rest.front() == '<' || rest.front() == '>' || rest.front() == '"' ||
        rest.starts_with("\u00a0") || rest.starts_with("«") || rest.starts_with("»") ||
        rest.starts_with("\u3000")) {
      return link.substr(0, at);
    }
    const bool punctuation =
        rest.size() >= 3 &&
        (rest.starts_with("\xe2\x80") || (rest.starts_with("\xe2\x81") && rest[2] <= '\xaf'));
    if (!punctuation) continue;
    const auto symbol = rest.substr(0, 3);
    const bool joiner = symbol == "\u200c" || symbol == "\u200d";
    const bool dash = symbol >= std::string_view("\u2010") && symbol <= std::string_view("\u2015");
    if (!joiner && !dash) return link.substr(0, at);
  }
  return link;
}

// In one piece of text between white space.
Found look(std::string_view piece) {
  if (piece.starts_with('/')) {
    const auto name = leading_word(piece.substr(1));
    if (name.empty() || piece.substr(1 + name.size()).starts_with('/')) return {};
    auto length = 1 + name.size();
    if (piece.substr(length).starts_with('@')) {
      length += 1 + leading_word(piece.substr(length + 1)).size();
    }
    return {"messageEntityBotCommand", piece.substr(0, length)};
  }
  for (const std::string_view scheme : {"https://", "http://", "tg://"}) {
    const auto at = piece.find(scheme);
    if (at == std::string_view::npos) continue;
    auto link = up_to_its_end(piece.substr(at));
    while (!link.empty() && closing.find(link.back()) != std::string_view::npos) {
      link.remove_suffix(1);
    }
    if (link.size() > scheme.size()) return {"messageEntityUrl", link};
  }
  while (!piece.empty() && closing.find(piece.back()) != std::string_view::npos) {
    piece.remove_suffix(1);
  }
  if (is_email(piece)) return {"messageEntityEmail", piece};
  if (piece.starts_with('@')) {
    const auto name = leading_word(piece.substr(1));
    // core.telegram.org/method/account.checkUsername: 5 to 32 characters; collectible ones have 4.
    if (name.size() >= 4 && name.size() <= 32) {
      return {"messageEntityMention", piece.substr(0, 1 + name.size())};
    }
  }
  return {};
}

bool overlaps(const Value& entities, std::int64_t offset, std::int64_t length) {
  return std::ranges::any_of(entities, [offset, length](const Value& entity) {
    const auto first = entity.at("offset").get<std::int64_t>();
    const auto size = entity.at("length").get<std::int64_t>();
    // Styles may lie over a link; what is marked as something else is not a link as well.
    const auto& kind = entity.at("_").get_ref<const std::string&>();
    const bool style = kind == "messageEntityBold" || kind == "messageEntityItalic" ||
                       kind == "messageEntityUnderline" || kind == "messageEntityStrike" ||
                       kind == "messageEntitySpoiler" || kind == "messageEntityBlockquote";
    return !style && first < offset + length && offset < first + size;
  });
}

}  // namespace

Value with_found_entities(std::string_view text, Value entities) {
  const Value given = entities;
  for (std::size_t at = text.find_first_not_of(white); at != std::string_view::npos;) {
    const auto end = std::min(text.find_first_of(white, at), text.size());
    if (const auto found = look(text.substr(at, end - at)); found.kind != nullptr) {
      const auto before = text.substr(0, static_cast<std::size_t>(found.text.data() - text.data()));
      const auto offset = static_cast<std::int64_t>(limits::utf16_units(before));
      const auto length = static_cast<std::int64_t>(limits::utf16_units(found.text));
      if (!overlaps(given, offset, length)) {
        entities.push_back({{"_", found.kind}, {"offset", offset}, {"length", length}});
      }
    }
    at = text.find_first_not_of(white, end);
  }
  // Each to its place behind its equals. std::stable_sort of libstdc++ 12 calls what it declares
  // deprecated, which clang refuses.
  const auto before = [](const Value& one, const Value& other) {
    return one.at("offset").get<std::int64_t>() < other.at("offset").get<std::int64_t>();
  };
  for (auto next = entities.begin(); next != entities.end(); ++next) {
    std::rotate(std::upper_bound(entities.begin(), next, *next, before), next, std::next(next));
  }
  return entities;
}

}  // namespace testdc
