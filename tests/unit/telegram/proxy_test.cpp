#include "telegram/proxy.hpp"

#include <gtest/gtest.h>

namespace tgpanel::telegram {
namespace {

TEST(ProxySetting, NoneWhenEmpty) {
  const auto proxy = parse_proxy("");
  ASSERT_TRUE(proxy);
  EXPECT_FALSE(proxy->has_value());
}

TEST(ProxySetting, EveryForm) {
  struct Row {
    const char* text;
    Proxy::Kind kind;
    const char* server;
    int port;
    const char* username;
    const char* password;
  };

  for (const auto& row : {
           Row{"socks5://127.0.0.1:1080", Proxy::Kind::socks5, "127.0.0.1", 1080, "", ""},
           Row{"socks5://127.0.0.1:1080/", Proxy::Kind::socks5, "127.0.0.1", 1080, "", ""},
           Row{"socks5://me:p%40ss@host.example:1", Proxy::Kind::socks5, "host.example", 1, "me",
               "p@ss"},
           Row{"socks5://[::1]:1080", Proxy::Kind::socks5, "::1", 1080, "", ""},
           Row{"http://u@proxy:65535", Proxy::Kind::http, "proxy", 65535, "u", ""},
           Row{"tg://proxy?server=a.b&port=443&secret=dd00", Proxy::Kind::mtproto, "a.b", 443, "",
               "dd00"},
           Row{"https://t.me/socks?server=a.b&port=99&user=u&pass=p", Proxy::Kind::socks5, "a.b",
               99, "u", "p"},
       }) {
    const auto parsed = parse_proxy(row.text);
    ASSERT_TRUE(parsed) << row.text;
    const auto& proxy = parsed->value();
    EXPECT_EQ(proxy.kind, row.kind) << row.text;
    EXPECT_EQ(proxy.server, row.server);
    EXPECT_EQ(proxy.port, row.port);
    EXPECT_EQ(proxy.username, row.username);
    EXPECT_EQ(proxy.password.reveal(), row.password);
    EXPECT_TRUE(is_same(to_td(proxy), proxy));
  }
}

TEST(ProxySetting, BadOnesAreExplainedWithoutTheirPassword) {
  for (const char* text :
       {"127.0.0.1:1080", "socks4://a:1", "socks5://", "socks5://host", "socks5://host:0",
        "socks5://host:65536", "socks5://host:1x", "socks5://:1", "socks5://ho st:1",
        "socks5://u:hunter2@:1", "tg://proxy?server=a&port=1", "tg://socks?port=1",
        "tg://proxy?server=a&port=b&secret=hunter2", "☎"}) {
    const auto parsed = parse_proxy(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, Errc::invalid);
    EXPECT_NE(parsed.error().message.find("socks5://host:port"), std::string::npos);
    EXPECT_EQ(parsed.error().message.find("hunter2"), std::string::npos);
  }
}

TEST(ProxySetting, AnotherProxyIsNotTheSame) {
  const auto ours = **parse_proxy("socks5://u:p@h:1");
  for (const char* other : {"socks5://u:p@h:2", "socks5://u:p@i:1", "socks5://v:p@h:1",
                            "socks5://u:q@h:1", "http://u:p@h:1"}) {
    EXPECT_FALSE(is_same(to_td(**parse_proxy(other)), ours)) << other;
  }
}

}  // namespace
}  // namespace tgpanel::telegram
