#include "telegram/open_client.hpp"

#include "unit/support/fake_client.hpp"
#include "unit/support/run.hpp"
#include "unit/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace tgpanel::telegram {
namespace {

using test::FakeClient;
using test::run;

Json stored(int id, const char* setting) {
  const auto proxy = **parse_proxy(setting);
  return {{"@type", "addedProxy"}, {"id", id}, {"is_enabled", true}, {"proxy", to_td(proxy)}};
}

class OpenClient : public ::testing::Test {
 protected:
  test::TempDir dir;
  asio::io_context context;
  std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(nullptr);
  ClientSettings settings;

  std::expected<void, TdError> open() {
    settings.api_id = 7;
    settings.api_hash = Secret("hash");
    return run(context,
               open_client(client, settings, dir / "session", Secret(std::string(32, 'k'))));
  }

  std::vector<std::string> types() const {
    std::vector<std::string> all;
    for (const auto& function : client->sent()) all.emplace_back(type_of(function));
    return all;
  }
};

TEST_F(OpenClient, TheProxyComesFirstAndOthersAreForgotten) {
  settings.proxy = *parse_proxy("socks5://127.0.0.1:1080");
  Json proxies = Json::array({stored(1, "socks5://old:1"), stored(2, "socks5://127.0.0.1:1080"),
                              stored(3, "http://127.0.0.1:1080")});
  client->answer("getProxies", Json{{"@type", "addedProxies"}, {"proxies", proxies}});
  ASSERT_TRUE(open());
  EXPECT_EQ(types(), (std::vector<std::string>{"addProxy", "setTdlibParameters", "getProxies",
                                               "removeProxy", "removeProxy"}));
  EXPECT_EQ(client->sent()[0]["proxy"]["server"], "127.0.0.1");
  EXPECT_EQ(client->sent()[0]["enable"], true);
  EXPECT_EQ(client->sent()[3]["proxy_id"], 1);
  EXPECT_EQ(client->sent()[4]["proxy_id"], 3);
}

TEST_F(OpenClient, ARemovedSettingRemovesTheStoredProxy) {
  Json proxies = Json::array({stored(1, "socks5://old:1")});
  client->answer("getProxies", Json{{"@type", "addedProxies"}, {"proxies", proxies}});
  ASSERT_TRUE(open());
  EXPECT_EQ(types(), (std::vector<std::string>{"disableProxy", "setTdlibParameters", "getProxies",
                                               "removeProxy"}));
}

TEST_F(OpenClient, ParametersKeepNothingButTheLogin) {
  ASSERT_TRUE(open());
  const auto parameters = client->last("setTdlibParameters");
  EXPECT_EQ(parameters["use_message_database"], false);
  EXPECT_EQ(parameters["use_chat_info_database"], false);
  EXPECT_EQ(parameters["use_file_database"], false);
  EXPECT_EQ(parameters["use_secret_chats"], false);
  EXPECT_EQ(parameters["api_id"], 7);
  EXPECT_EQ(parameters["api_hash"], "hash");
  EXPECT_EQ(parameters["database_encryption_key"],
            "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=");  // base64 of 32 times "k"
  struct stat folder{};
  ASSERT_EQ(::stat((dir / "session").c_str(), &folder), 0);
  EXPECT_EQ(folder.st_mode & 0777U, 0700U);
}

// Bots answer in it, and the report check bot is understood in English alone.
TEST_F(OpenClient, TheSystemLanguageIsEnglishWhateverPeopleRead) {
  ASSERT_TRUE(open());
  EXPECT_EQ(client->last("setTdlibParameters")["system_language_code"], "en");
}

TEST_F(OpenClient, TheSettingChoosesTelegramOrItsTestServers) {
  for (const bool test_dc : {false, true}) {
    settings.test_dc = test_dc;
    ASSERT_TRUE(open());
    EXPECT_EQ(client->last("setTdlibParameters")["use_test_dc"], test_dc);
  }
}

TEST_F(OpenClient, AWrongKeyIsTheCallersToSee) {
  client->refuse("setTdlibParameters", 401, kWrongKey);
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, 401);
  EXPECT_EQ(opened.error().message, kWrongKey);
  EXPECT_EQ(client->count("getProxies"), 0U);
}

TEST_F(OpenClient, AFolderThatCannotBeMadeFailsBeforeAnythingIsSent) {
  test::write(dir / "session", "a file in the way");
  EXPECT_FALSE(open());
  EXPECT_TRUE(client->sent().empty());
}

}  // namespace
}  // namespace tgpanel::telegram
