#pragma once
// The proxy that every client goes through (setting TGPANEL_PROXY).

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::telegram {

struct Proxy {
  enum class Kind : std::uint8_t { socks5, http, mtproto };
  Kind kind = Kind::socks5;
  std::string server;
  std::uint16_t port = 0;
  std::string username;  // socks5, http; may be empty
  Secret password;       // socks5, http: password; mtproto: secret
};

/// Reads socks5://[user:password@]host:port, http://[user:password@]host:port, and the links
/// tg://proxy?server=&port=&secret=, tg://socks?server=&port=[&user=&pass=] and their https://t.me/
/// forms. Empty text: no proxy. invalid: the sentence says what is wrong, without the password.
Result<std::optional<Proxy>> parse_proxy(std::string_view text);

/// td_api `proxy`.
[[nodiscard]] Json to_td(const Proxy& proxy);

/// True when a td_api `proxy` object that TDLib stored is this proxy.
[[nodiscard]] bool is_same(const Json& td_proxy, const Proxy& proxy);

}  // namespace tgpanel::telegram
