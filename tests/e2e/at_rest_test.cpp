// What lies on the disk: sessions are encrypted, and no secret is readable anywhere.

#include "e2e_test.hpp"
#include "support/td_client.hpp"
#include "support/words.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace e2e {
namespace {

using testdc::Json;
using testing::HasSubstr;
using testing::Not;
namespace words = support::words;

class AtRest : public Test {
 protected:
  /// What TDLib says to a copy of the folder when it is given no key: an error's code, or a state.
  std::string open_without_key(const std::filesystem::path& session) {
    const auto copy = stage.folder() / "copy" / std::to_string(++copies_);
    std::filesystem::create_directories(copy);
    std::filesystem::copy(session, copy, std::filesystem::copy_options::recursive);
    support::TdLibrary library(support::programs().library);
    const int client = library.tdlib().create();
    library.tdlib().send(client, {{"@type", "setTdlibParameters"},
                                  {"use_test_dc", true},
                                  {"database_directory", copy.string()},
                                  {"api_id", 1},
                                  {"api_hash", "x"},
                                  {"system_language_code", "en"},
                                  {"device_model", "test"},
                                  {"application_version", "1"},
                                  {"@extra", 1}});
    const Json answer = library.wait(client, "the answer to the parameters",
                                     [](const Json& event) { return event.contains("@extra"); });
    library.tdlib().send(client, {{"@type", "close"}});
    library.wait(client, "the client to close", [](const Json& event) {
      return event.dump().find("authorizationStateClosed") != std::string::npos;
    });
    return std::to_string(answer.value("code", 0));
  }

  /// Every file below the data folder, by its path.
  std::map<std::string, std::string> files() {
    std::map<std::string, std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(stage.data())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      found[entry.path().string()] = {std::istreambuf_iterator<char>(in), {}};
    }
    return found;
  }

 private:
  int copies_ = 0;
};

TEST_F(AtRest, SessionsAreEncryptedAndNoSecretIsReadable) {
  stage.add_accounts(2);  // by code, and by code and password
  start();
  stage.say("/start");
  stage.wait_bot(words::kMainMenu);
  EXPECT_EQ(stage.stop(), 0);

  stage.allow_complaint("Wrong database encryption key");
  int sessions = 0;
  for (const auto& [path, content] : files()) {
    for (const std::string_view secret :
         {support::kBotToken, support::kBotToken.substr(support::kBotToken.find(':') + 1),
          support::kApiHash, support::kPeople[0].phone, support::kPeople[1].phone,
          support::kPeople[1].password}) {
      EXPECT_THAT(content, Not(HasSubstr(std::string(secret)))) << path;
    }
    if (!path.ends_with(".binlog")) continue;
    ++sessions;
    EXPECT_EQ(open_without_key(std::filesystem::path(path).parent_path()), "401") << path;
  }
  EXPECT_EQ(sessions, 3) << "two accounts and the bot";
}

}  // namespace
}  // namespace e2e
