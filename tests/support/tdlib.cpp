#include "support/tdlib.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <charconv>
#include <mutex>
#include <stdexcept>

namespace support {

namespace {

using tgpanel::Json;

template <class Function>
Function symbol(void* library, const char* name) {
  void* const found = ::dlsym(library, name);
  if (found == nullptr) throw std::runtime_error(fmt::format("libtdjson has no {}", name));
  return reinterpret_cast<Function>(found);
}

struct OwnLog {
  std::mutex mutex;
  std::string text;
};

OwnLog& own_log() {
  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): TDLib's threads outlive everything static
  static OwnLog& log = *new OwnLog;
  return log;
}

// Called by TDLib on its own threads.
void on_td_log(int level, const char* text) {
  std::string line = fmt::format("TDLib: {}", text);
  if (!line.ends_with('\n')) line += '\n';
  if (level < 2) fmt::print(stderr, "{}", line);
  const std::lock_guard lock(own_log().mutex);
  own_log().text += line;
}

// TDLib writes `"@client_id":N` last.
int client_of(std::string_view event) {
  constexpr std::string_view key = R"("@client_id":)";
  const auto at = event.rfind(key);
  int client = 0;
  if (at != std::string_view::npos) {
    std::from_chars(event.data() + at + key.size(), event.data() + event.size(), client);
  }
  return client;
}

}  // namespace

std::string td_log() {
  const std::lock_guard lock(own_log().mutex);
  return own_log().text;
}

struct Tdlib::Functions {
  int (*create)() = nullptr;
  void (*send)(int, const char*) = nullptr;
  const char* (*receive)(double) = nullptr;
};

Tdlib::Tdlib(const std::filesystem::path& file) : functions_(std::make_unique<Functions>()) {
  // Never closed: its threads cannot be taken away under it.
  void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(::dlerror());
  functions_->create = symbol<int (*)()>(library, "td_create_client_id");
  functions_->send = symbol<void (*)(int, const char*)>(library, "td_send");
  functions_->receive = symbol<const char* (*)(double)>(library, "td_receive");
  const auto execute = symbol<const char* (*)(const char*)>(library, "td_execute");
  using Log = void (*)(int, const char*);
  symbol<void (*)(int, Log)>(library, "td_set_log_message_callback")(2, on_td_log);
  execute(R"({"@type":"setLogStream","log_stream":{"@type":"logStreamEmpty"}})");
  execute(R"({"@type":"setLogVerbosityLevel","new_verbosity_level":2})");
}

Tdlib::~Tdlib() = default;

int Tdlib::create() {
  return functions_->create();
}

int Tdlib::open(std::uint16_t socks_port, const std::filesystem::path& folder, bool use_pfs,
                Databases databases) {
  const int client = create();
  const Json proxy = {{"@type", "proxy"},
                      {"server", "127.0.0.1"},
                      {"port", socks_port},
                      {"type", {{"@type", "proxyTypeSocks5"}}}};
  send(client, {{"@type", "addProxy"}, {"proxy", proxy}, {"enable", true}});
  if (use_pfs) {
    send(client, {{"@type", "setOption"},
                  {"name", "use_pfs"},
                  {"value", {{"@type", "optionValueBoolean"}, {"value", true}}}});
  }
  send(client, {{"@type", "setTdlibParameters"},
                {"use_test_dc", true},
                {"database_directory", folder.string()},
                {"files_directory", folder.string()},
                {"use_file_database", databases.files},
                {"use_chat_info_database", databases.chats},
                {"use_message_database", databases.messages},
                {"api_id", 1},
                {"api_hash", "0123456789abcdef0123456789abcdef"},
                {"system_language_code", "en"},
                {"device_model", "a phone"},
                {"application_version", "1"}});
  return client;
}

void Tdlib::send(int client, const Json& request) {
  functions_->send(client, request.dump().c_str());
}

void Tdlib::run(std::string_view what, std::chrono::seconds deadline,
                const std::function<bool(int client, std::string_view event)>& look) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (std::chrono::steady_clock::now() < end) {
    const char* const event = functions_->receive(0.1);
    if (event != nullptr && look(client_of(event), event)) return;
  }
  throw std::runtime_error(fmt::format("{}: not within {} s", what, deadline.count()));
}

}  // namespace support
