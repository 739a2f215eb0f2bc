#include "actions/link_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tgpanel::actions {

namespace {

// What phones and chats leave in a copied text: joiners, directions, isolates, byte order.
constexpr std::array<std::string_view, 17> kUnseen{
    "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c",
    "\u202d", "\u202e", "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff"};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The digit that `text` begins with: U+0660 ... U+0669 (Arabic), U+06F0 ... U+06F9 (Persian).
std::optional<char> eastern_digit(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto second = static_cast<unsigned char>(text[1]);
  unsigned digit = 10;
  if (text[0] == '\xd9') digit = second - 0xa0U;
  if (text[0] == '\xdb') digit = second - 0xb0U;
  if (digit > 9) return std::nullopt;
  return static_cast<char>('0' + digit);
}

}  // namespace

std::string plain_link(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const auto unseen = std::ranges::find_if(kUnseen, [&](auto m) { return text.starts_with(m); });
    if (unseen != kUnseen.end()) {
      text.remove_prefix(unseen->size());
    } else if (const auto digit = eastern_digit(text)) {
      plain += *digit;
      text.remove_prefix(2);
    } else {
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  std::string_view link = trim(plain);
  while (link.starts_with('<')) link = trim(link.substr(1));
  while (link.ends_with('>')) link = trim(link.substr(0, link.size() - 1));
  return std::string(link);
}

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_link_host(std::string_view host) {
  return std::ranges::any_of(kLinkHosts, [&](auto known) { return same_word(known, host); });
}

bool is_username(std::string_view name) {
  constexpr std::size_t kMost = 32;  // Telegram's limit for @names
  constexpr std::size_t kLeast = 3;  // the shortest in use (@gif)
  return name.size() >= kLeast && name.size() <= kMost && is_letter(name.front()) &&
         name.back() != '_' && name.find("__") == std::string_view::npos &&
         std::ranges::all_of(name, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!same_word(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string_view take_until(std::string_view& text, std::string_view marks) {
  const auto at = text.find_first_of(marks);
  const auto head = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return head;
}

std::optional<std::int64_t> link_number(std::string_view text, std::int64_t max) {
  std::int64_t value = 0;
  if (!std::ranges::all_of(text, is_digit)) return std::nullopt;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value < 1 || value > max) return std::nullopt;
  return value;
}

std::vector<std::string_view> split_path(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    if (const auto part = take_until(path, "/"); !part.empty()) parts.push_back(part);
  }
  return parts;
}

std::optional<std::string_view> argument(std::string_view query, std::string_view key) {
  while (!query.empty()) {
    auto value = take_until(query, "&");
    if (const auto name = take_until(value, "="); same_word(name, key)) return value;
  }
  return std::nullopt;
}

}  // namespace tgpanel::actions
