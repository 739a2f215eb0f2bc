#include "testdc/world/entities.hpp"

#include "testdc/world/limits.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>

namespace testdc {

namespace {

constexpr std::string_view white = " \t\r\n";
// What may follow a link in a sentence without being part of it.
constexpr std::string_view closing = ".,;:!?)]}>\"'";
constexpr std::string_view opening = "([{\"'";

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

// General Punctuation (U+2000 to U+206F), isolates and other marks of direction among it.
bool general_punctuation(std::string_view symbol) {
  return symbol.size() >= 3 && (symbol.starts_with("\xe2\x80") ||
                                (symbol.starts_with("\xe2\x81") && symbol[2] <= '\xaf'));
}

// Where a link ends at the latest. Clients end it at the same characters and report a server that
// does not (is_url_path_symbol in TDLib's MessageEntity.cpp): quotation marks, angle brackets,
// separators, and of General Punctuation all but joiners and dashes.
std::string_view up_to_its_end(std::string_view link) {
  for (std::size_t at = 0; at < link.size(); ++at) {
    const auto rest = link.substr(at);
    if (rest.front() == '<' || rest.front() == '>' || rest.front() == '"' ||
        rest.starts_with("\u00a0") || rest.starts_with("«") || rest.starts_with("»") ||
        rest.starts_with("\u3000")) {
      return link.substr(0, at);
    }
    if (!general_punctuation(rest)) continue;
    const auto symbol = rest.substr(0, 3);
    const bool joiner = symbol == "\u200c" || symbol == "\u200d";
    const bool dash = symbol >= std::string_view("\u2010") && symbol <= std::string_view("\u2015");
    if (!joiner && !dash) return link.substr(0, at);
  }
  return link;
}

// What stands around a word without being part of it: marks of direction, brackets, quotes.
std::string_view without_surroundings(std::string_view piece) {
  while (!piece.empty()) {
    if (general_punctuation(piece)) {
      piece.remove_prefix(3);
    } else if (piece.starts_with("«") || piece.starts_with("»")) {
      piece.remove_prefix(std::string_view("«").size());
    } else if (opening.find(piece.front()) != std::string_view::npos) {
      piece.remove_prefix(1);
    } else {
      break;
    }
  }
  while (!piece.empty()) {
    if (piece.size() >= 3 && general_punctuation(piece.substr(piece.size() - 3))) {
      piece.remove_suffix(3);
    } else if (piece.ends_with("«") || piece.ends_with("»")) {
      piece.remove_suffix(std::string_view("«").size());
    } else if (closing.find(piece.back()) != std::string_view::npos) {
      piece.remove_suffix(1);
    } else {
      break;
    }
  }
  return piece;
}

// What follows a command or a name is no part of a longer word.
bool ends_there(std::string_view rest) {
  if (rest.empty() || general_punctuation(rest)) return true;
  if (rest.starts_with("«") || rest.starts_with("»")) return true;
  return rest.front() > 0 && !word_char(rest.front());
}

Found command(std::string_view piece) {
  const auto name = leading_word(piece.substr(1));
  if (name.empty()) return {};
  auto length = 1 + name.size();
  if (piece.substr(length).starts_with('@')) {
    length += 1 + leading_word(piece.substr(length + 1)).size();
  }
  const auto rest = piece.substr(length);
  const bool path = rest.starts_with('/') || rest.starts_with('<') || rest.starts_with('>');
  if (path || !ends_there(rest)) return {};
  return {"messageEntityBotCommand", piece.substr(0, length)};
}

// A link without a scheme, "fragment.com/about" or "someone@host.com": its domain must end in what
// clients know as a top-level domain (is_common_tld there); here are the ones that occur.
std::string_view bare_link(std::string_view piece) {
  constexpr std::array<std::string_view, 7> top_level{"com", "org", "net", "me", "io", "ir", "dev"};
  constexpr std::string_view never_user_data = "[]{}()'`<>\"";
  std::size_t begin = 0;
  const auto at = piece.substr(0, piece.find_first_of("/?#")).find('@');
  if (at != std::string_view::npos) {
    if (at == 0 || piece.substr(0, at).find_first_of(never_user_data) != std::string_view::npos) {
      return {};
    }
    begin = at + 1;
  }
  const auto of_domain = [](char c) { return word_char(c) || c == '.' || c == '-'; };
  const auto after = piece.substr(begin);
  const auto domain = after.substr(
      0, static_cast<std::size_t>(std::ranges::find_if_not(after, of_domain) - after.begin()));
  const auto dot = domain.rfind('.');
  if (dot == std::string_view::npos || dot == 0 ||
      std::ranges::find(top_level, domain.substr(dot + 1)) == top_level.end()) {
    return {};
  }
  const auto rest = after.substr(domain.size());
  const bool path = rest.starts_with('/') || rest.starts_with('?') || rest.starts_with('#');
  auto link = piece.substr(0, begin + domain.size() + (path ? up_to_its_end(rest).size() : 0));
  while (closing.find(link.back()) != std::string_view::npos) link.remove_suffix(1);
  return link;
}

// core.telegram.org/api/entities: letters of any alphabet, digits and underscores, not digits
// alone.
std::string_view hashtag(std::string_view piece) {
  std::size_t end = 1;
  while (end < piece.size() && (word_char(piece[end]) || piece[end] < 0) &&
         !general_punctuation(piece.substr(end))) {
    ++end;
  }
  const auto name = piece.substr(1, end - 1);
  if (name.find_first_not_of("0123456789") == std::string_view::npos) return {};
  return ends_there(piece.substr(end)) ? piece.substr(0, end) : std::string_view{};
}

// In one piece of text between white space.
Found look(std::string_view piece) {
  for (const std::string_view scheme : {"https://", "http://", "tg://"}) {
    const auto at = piece.find(scheme);
    if (at == std::string_view::npos) continue;
    auto link = up_to_its_end(piece.substr(at));
    while (!link.empty() && closing.find(link.back()) != std::string_view::npos) {
      link.remove_suffix(1);
    }
    if (link.size() > scheme.size()) return {"messageEntityUrl", link};
  }
  piece = without_surroundings(piece);
  if (piece.starts_with('/')) return command(piece);
  if (piece.starts_with('#')) {
    const auto tag = hashtag(piece);
    return {tag.empty() ? nullptr : "messageEntityHashtag", tag};
  }
  if (is_email(piece)) return {"messageEntityEmail", piece};
  if (const auto link = bare_link(piece); !link.empty()) return {"messageEntityUrl", link};
  if (piece.starts_with('@')) {
    const auto name = leading_word(piece.substr(1));
    // core.telegram.org/method/account.checkUsername: 5 to 32 characters; collectible ones have 4.
    const bool fits = name.size() >= 4 && name.size() <= 32;
    if (fits && ends_there(piece.substr(1 + name.size()))) {
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
