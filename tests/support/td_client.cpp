#include "support/td_client.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace support {

using tgpanel::Json;

namespace {

template <class Function>
Function symbol(void* library, const char* name) {
  void* const found = ::dlsym(library, name);
  if (found == nullptr) throw std::runtime_error(fmt::format("libtdjson has no {}", name));
  return reinterpret_cast<Function>(found);
}

bool is_state(const Json& event, std::string_view state) {
  return event.at("@type") == "updateAuthorizationState" &&
         event.at("authorization_state").at("@type") == state;
}

}  // namespace

struct TdLibrary::Functions {
  int (*create)() = nullptr;
  void (*send)(int, const char*) = nullptr;
  const char* (*receive)(double) = nullptr;
  const char* (*execute)(const char*) = nullptr;
};

TdLibrary::TdLibrary(const std::filesystem::path& file)
    : functions_(std::make_unique<Functions>()) {
  // Never closed: its threads cannot be taken away under it.
  void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(::dlerror());
  functions_->create = symbol<int (*)()>(library, "td_create_client_id");
  functions_->send = symbol<void (*)(int, const char*)>(library, "td_send");
  functions_->receive = symbol<const char* (*)(double)>(library, "td_receive");
  functions_->execute = symbol<const char* (*)(const char*)>(library, "td_execute");
  functions_->execute(R"({"@type":"setLogVerbosityLevel","new_verbosity_level":1})");
}

TdLibrary::~TdLibrary() = default;

int TdLibrary::create() {
  return functions_->create();
}

void TdLibrary::send(int client, const Json& request) {
  functions_->send(client, request.dump().c_str());
}

Json TdLibrary::wait(int client, std::string_view what,
                     const std::function<bool(const Json& event)>& fits,
                     std::chrono::seconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  auto& kept = events_[client];
  for (std::size_t seen = 0; std::chrono::steady_clock::now() < end;) {
    for (; seen < kept.size(); ++seen) {
      if (!fits(kept[seen])) continue;
      Json found = std::move(kept[seen]);
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(seen));
      return found;
    }
    const char* const text = functions_->receive(0.1);
    if (text == nullptr) continue;
    Json event = Json::parse(text);
    events_[event.value("@client_id", 0)].push_back(std::move(event));
  }
  throw std::runtime_error(fmt::format("{}: not within {} s", what, deadline.count()));
}

TdClient::TdClient(TdLibrary& library, std::uint16_t socks_port,
                   const std::filesystem::path& folder, bool use_pfs)
    : library_(library), client_(library.create()) {
  const Json proxy = {{"@type", "proxy"},
                      {"server", "127.0.0.1"},
                      {"port", socks_port},
                      {"type", {{"@type", "proxyTypeSocks5"}}}};
  library_.send(client_, {{"@type", "addProxy"}, {"proxy", proxy}, {"enable", true}});
  if (use_pfs) {
    library_.send(client_, {{"@type", "setOption"},
                            {"name", "use_pfs"},
                            {"value", {{"@type", "optionValueBoolean"}, {"value", true}}}});
  }
  library_.send(client_, {{"@type", "setTdlibParameters"},
                          {"use_test_dc", true},
                          {"database_directory", folder.string()},
                          {"files_directory", folder.string()},
                          {"api_id", 1},
                          {"api_hash", "0123456789abcdef0123456789abcdef"},
                          {"system_language_code", "en"},
                          {"device_model", "a phone"},
                          {"application_version", "1"}});
}

TdClient::~TdClient() {
  library_.send(client_, {{"@type", "close"}});
  try {
    library_.wait(client_, "the client to close",
                  [](const Json& event) { return is_state(event, "authorizationStateClosed"); });
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
  }
}

void TdClient::log_in_bot(std::string_view token) {
  ask({{"@type", "checkAuthenticationBotToken"}, {"token", token}});
  wait_ready();
}

void TdClient::ask_code(std::string_view phone) {
  library_.wait(client_, "the question for the phone", [](const Json& event) {
    return is_state(event, "authorizationStateWaitPhoneNumber");
  });
  ask({{"@type", "setAuthenticationPhoneNumber"}, {"phone_number", fmt::format("+{}", phone)}});
  library_.wait(client_, "the question for the code",
                [](const Json& event) { return is_state(event, "authorizationStateWaitCode"); });
}

Json TdClient::enter_code(std::string_view code) {
  return ask({{"@type", "checkAuthenticationCode"}, {"code", code}});
}

void TdClient::wait_ready() {
  library_.wait(client_, "the login",
                [](const Json& event) { return is_state(event, "authorizationStateReady"); });
}

Json TdClient::ask(Json request) {
  const std::string type = request.at("@type").get<std::string>();
  const int number = ++asked_;
  request["@extra"] = number;
  library_.send(client_, request);
  return library_.wait(client_, fmt::format("the answer of {}", type), [number](const Json& event) {
    return event.contains("@extra") && event["@extra"] == number;
  });
}

Json TdClient::wait_update(std::string_view type, const std::function<bool(const Json&)>& fits) {
  return library_.wait(client_, type, [&](const Json& event) {
    return event.at("@type") == type && (!fits || fits(event));
  });
}

Json TdClient::wait_message(std::string_view text) {
  const auto update = wait_update("updateNewMessage", [&](const Json& event) {
    return text_of(event.at("message")).find(text) != std::string::npos;
  });
  return update.at("message");
}

std::string text_of(const Json& message) {
  const auto& content = message.at("content");
  return content.at("@type") == "messageText" ? content["text"]["text"].get<std::string>() : "";
}

}  // namespace support
