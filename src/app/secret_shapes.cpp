#include "app/secret_shapes.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace tgpanel::app {

namespace {

constexpr std::string_view kInstead = "(a secret, not shown)";
constexpr std::size_t kShortestHash = 32;
constexpr std::size_t kShortestTokenId = 5;
constexpr std::size_t kShortestTokenKey = 30;
constexpr std::ptrdiff_t kShortestPhone = 7;

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexadecimal = "0123456789abcdefABCDEF";
constexpr std::string_view kTokenKey =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-";
constexpr std::string_view kPhone = "0123456789 -().";

// How many characters at the beginning are among these.
std::size_t run_of(std::string_view text, std::string_view among) {
  return std::min(text.find_first_not_of(among), text.size());
}

std::size_t hash_at(std::string_view text) {
  const auto length = run_of(text, kHexadecimal);
  return length >= kShortestHash ? length : 0;
}

std::size_t token_at(std::string_view text) {
  const auto id = run_of(text, kDigits);
  if (id < kShortestTokenId || id == text.size() || text[id] != ':') return 0;
  const auto key = run_of(text.substr(id + 1), kTokenKey);
  return key >= kShortestTokenKey ? id + 1 + key : 0;
}

std::size_t phone_at(std::string_view text) {
  if (!text.starts_with('+')) return 0;
  const auto number = text.substr(1, run_of(text.substr(1), kPhone));
  const auto digits = std::ranges::count_if(
      number, [](char c) { return kDigits.find(c) != std::string_view::npos; });
  return digits < kShortestPhone ? 0 : number.find_last_of(kDigits) + 2;
}

}  // namespace

std::string without_secrets(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    auto length = std::max(hash_at(text), token_at(text));
    if (length > 0) {
      clean += kInstead;
    } else if (length = phone_at(text); length > 0) {
      clean += mask_phone(text.substr(0, length));
    } else {
      length = 1;
      clean += text.front();
    }
    text.remove_prefix(length);
  }
  return clean;
}

}  // namespace tgpanel::app
