#include "telegram/proxy.hpp"

#include "telegram/td_types.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace tgpanel::telegram {

namespace {

constexpr const char* kExpected =
    "write it as socks5://host:port, http://host:port (both may have user:password@ before the "
    "host), or as a tg://proxy or tg://socks link";

std::unexpected<Error> bad(std::string_view what) {
  return fail(Errc::invalid, fmt::format("The proxy {}: {}.", what, kExpected));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    decoded += text[i];
  }
  return decoded;
}

bool parse_port(std::string_view text, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port != 0;
}

bool plausible_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == ':';
  });
}

Result<std::optional<Proxy>> from_url(Proxy::Kind kind, std::string_view rest) {
  Proxy proxy;
  proxy.kind = kind;
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    const auto login = rest.substr(0, at);
    rest.remove_prefix(at + 1);
    const auto colon = login.find(':');
    proxy.username = percent_decoded(login.substr(0, colon));
    if (colon != std::string_view::npos) {
      proxy.password = Secret(percent_decoded(login.substr(colon + 1)));
    }
  }
  const auto colon = rest.rfind(':');
  if (colon == std::string_view::npos) return bad("has no port");
  auto host = rest.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (!plausible_host(host)) return bad("has no valid host");
  if (!parse_port(rest.substr(colon + 1), proxy.port)) return bad("has no valid port (1 to 65535)");
  proxy.server = host;
  return proxy;
}

Result<std::optional<Proxy>> from_link(Proxy::Kind kind, std::string_view query) {
  std::map<std::string, std::string, std::less<>> fields;
  while (!query.empty()) {
    const auto field = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), field.size() + 1));
    const auto equals = field.find('=');
    if (equals == std::string_view::npos) continue;
    fields[std::string(field.substr(0, equals))] = percent_decoded(field.substr(equals + 1));
  }
  Proxy proxy;
  proxy.kind = kind;
  proxy.server = fields["server"];
  if (!plausible_host(proxy.server)) return bad("link has no valid server");
  if (!parse_port(fields["port"], proxy.port)) return bad("link has no valid port");
  if (kind == Proxy::Kind::mtproto) {
    if (fields["secret"].empty()) return bad("link has no secret");
    proxy.password = Secret(std::move(fields["secret"]));
  } else {
    proxy.username = std::move(fields["user"]);
    proxy.password = Secret(std::move(fields["pass"]));
  }
  return proxy;
}

}  // namespace

Result<std::optional<Proxy>> parse_proxy(std::string_view text) {
  if (text.empty()) return std::optional<Proxy>();

  struct Form {
    std::string_view prefix;
    Proxy::Kind kind;
    bool link;
  };

  constexpr Form kForms[] = {
      {"socks5://", Proxy::Kind::socks5, false},
      {"http://", Proxy::Kind::http, false},
      {"tg://proxy?", Proxy::Kind::mtproto, true},
      {"tg://socks?", Proxy::Kind::socks5, true},
      {"https://t.me/proxy?", Proxy::Kind::mtproto, true},
      {"https://t.me/socks?", Proxy::Kind::socks5, true},
  };
  for (const auto& form : kForms) {
    if (!text.starts_with(form.prefix)) continue;
    const auto rest = text.substr(form.prefix.size());
    return form.link ? from_link(form.kind, rest) : from_url(form.kind, rest);
  }
  return bad("is of no known kind");
}

Json to_td(const Proxy& proxy) {
  Json type;
  switch (proxy.kind) {
    case Proxy::Kind::socks5:
      type = {{"@type", "proxyTypeSocks5"},
              {"username", proxy.username},
              {"password", proxy.password.reveal()}};
      break;
    case Proxy::Kind::http:
      type = {{"@type", "proxyTypeHttp"},
              {"username", proxy.username},
              {"password", proxy.password.reveal()},
              {"http_only", false}};
      break;
    case Proxy::Kind::mtproto:
      type = {{"@type", "proxyTypeMtproto"}, {"secret", proxy.password.reveal()}};
      break;
  }
  return {{"@type", "proxy"},
          {"server", proxy.server},
          {"port", proxy.port},
          {"type", std::move(type)}};
}

bool is_same(const Json& td_proxy, const Proxy& proxy) {
  const Json expected = to_td(proxy);
  if (string_field(td_proxy, "server") != proxy.server ||
      int_field(td_proxy, "port") != proxy.port) {
    return false;
  }
  const Json& stored = object_field(td_proxy, "type");
  const Json& wanted = expected.at("type");
  // TDLib writes the secret of an MTProto proxy in its own form: server, port and kind must do
  // there.
  if (proxy.kind == Proxy::Kind::mtproto) return type_of(stored) == type_of(wanted);
  return type_of(stored) == type_of(wanted) && string_field(stored, "username") == proxy.username &&
         string_field(stored, "password") == proxy.password.reveal();
}

}  // namespace tgpanel::telegram
