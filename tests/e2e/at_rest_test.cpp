// What lies on the disk: sessions are encrypted, and no secret is readable anywhere.

#include "e2e_test.hpp"
#include "support/words.hpp"

#include <dlfcn.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>

namespace e2e {
namespace {

using testdc::Json;
using testing::HasSubstr;
using testing::Not;
namespace words = support::words;

/// TDLib in this process, with nothing of the panel around it.
class Tdlib {
 public:
  explicit Tdlib(const std::filesystem::path& library)
      : handle_(::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) throw std::runtime_error(::dlerror());
    const auto execute = find<const char* (*)(const char*)>("td_execute");
    execute(R"({"@type":"setLogVerbosityLevel","new_verbosity_level":0})");
  }

  [[nodiscard]] int create() const { return find<int (*)()>("td_create_client_id")(); }

  void send(int client, const Json& function) const {
    find<void (*)(int, const char*)>("td_send")(client, function.dump().c_str());
  }

  void receive_until(const std::function<bool(const Json&)>& done) const {
    const auto receive = find<const char* (*)(double)>("td_receive");
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (std::chrono::steady_clock::now() < deadline) {
      const char* text = receive(0.1);
      if (text != nullptr && done(Json::parse(text))) return;
    }
    throw std::runtime_error("TDLib did not answer");
  }

 private:
  template <class Function>
  [[nodiscard]] Function find(const char* name) const {
    return reinterpret_cast<Function>(::dlsym(handle_, name));  // NOLINT(*-reinterpret-cast)
  }

  void* handle_;  // never closed: TDLib's threads stay
};

class AtRest : public Test {
 protected:
  /// What TDLib says to a copy of the folder when it is given no key: an error's code, or a state.
  std::string open_without_key(const std::filesystem::path& session) {
    const auto copy = stage.folder() / "copy" / std::to_string(++copies_);
    std::filesystem::create_directories(copy);
    std::filesystem::copy(session, copy, std::filesystem::copy_options::recursive);
    const Tdlib td(support::programs().library);
    const int client = td.create();
    td.send(client, {{"@type", "setTdlibParameters"},
                     {"use_test_dc", true},
                     {"database_directory", copy.string()},
                     {"api_id", 1},
                     {"api_hash", "x"},
                     {"system_language_code", "en"},
                     {"device_model", "test"},
                     {"application_version", "1"},
                     {"@extra", 1}});
    std::string verdict;
    td.receive_until([&](const Json& object) {
      if (object.contains("@extra")) verdict = std::to_string(object.value("code", 0));
      return !verdict.empty();
    });
    td.send(client, {{"@type", "close"}});
    td.receive_until([](const Json& object) {
      return object.dump().find("authorizationStateClosed") != std::string::npos;
    });
    return verdict;
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
