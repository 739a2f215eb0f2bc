#include "testdc/auth/qr_logins.hpp"

#include "testdc/rpc/call.hpp"

#include <algorithm>

namespace testdc {

QrLogins::Shown QrLogins::show(std::uint64_t auth_key_id, int now,
                               std::vector<std::int64_t> except_users) {
  std::erase_if(tokens_, [now](const auto& entry) { return entry.second.expires + 600 < now; });
  Token token;
  for (int word = 0; word < 4; ++word) {
    for (std::uint64_t bits = random_(), i = 0; i < 8; ++i, bits >>= 8U) {
      token.push_back(static_cast<std::uint8_t>(bits));
    }
  }
  const int expires = now + lifetime_;
  tokens_[token] = {.auth_key_id = auth_key_id,
                    .expires = expires,
                    .accepted = false,
                    .except_users = std::move(except_users)};
  return {.token = std::move(token), .expires = expires};
}

std::uint64_t QrLogins::accept(std::span<const std::uint8_t> token, std::int64_t user, int now) {
  const auto found = tokens_.find(Token(token.begin(), token.end()));
  if (found == tokens_.end()) throw RpcError{400, "AUTH_TOKEN_INVALIDX"};
  Entry& entry = found->second;
  if (entry.accepted) throw RpcError{400, "AUTH_TOKEN_ALREADY_ACCEPTED"};
  if (entry.expires <= now) throw RpcError{400, "AUTH_TOKEN_EXPIRED"};
  if (std::ranges::find(entry.except_users, user) != entry.except_users.end())
    throw RpcError{400, "AUTH_TOKEN_EXCEPTION"};
  entry.accepted = true;
  accepted_[entry.auth_key_id] = user;
  return entry.auth_key_id;
}

std::optional<std::int64_t> QrLogins::take_accepted(std::uint64_t auth_key_id) {
  const auto found = accepted_.find(auth_key_id);
  if (found == accepted_.end()) return std::nullopt;
  const std::int64_t user = found->second;
  accepted_.erase(found);
  return user;
}

std::optional<QrLogins::Token> token_of_link(std::string_view link) {
  constexpr std::string_view prefix = "tg://login?token=";
  if (!link.starts_with(prefix)) return std::nullopt;
  QrLogins::Token token;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : link.substr(prefix.size())) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if (letter == '=') break;
    const auto value = alphabet.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      token.push_back(static_cast<std::uint8_t>(bits >> static_cast<unsigned>(count)));
    }
  }
  if (token.empty()) return std::nullopt;
  return token;
}

}  // namespace testdc
