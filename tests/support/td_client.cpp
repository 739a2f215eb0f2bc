#include "support/td_client.hpp"

#include <fmt/format.h>

#include <exception>
#include <string>
#include <utility>

namespace support {

using tgpanel::Json;

namespace {

bool is_state(const Json& event, std::string_view state) {
  return event.at("@type") == "updateAuthorizationState" &&
         event.at("authorization_state").at("@type") == state;
}

}  // namespace

Json TdLibrary::wait(int client, std::string_view what,
                     const std::function<bool(const Json& event)>& fits,
                     std::chrono::seconds deadline) {
  auto& kept = events_[client];
  for (auto event = kept.begin(); event != kept.end(); ++event) {
    if (!fits(*event)) continue;
    Json found = std::move(*event);
    kept.erase(event);
    return found;
  }
  Json found;
  tdlib_.run(what, deadline, [&](int receiver, std::string_view text) {
    Json event = Json::parse(text);
    if (receiver == client && fits(event)) {
      found = std::move(event);
      return true;
    }
    events_[receiver].push_back(std::move(event));
    return false;
  });
  return found;
}

TdClient::TdClient(TdLibrary& library, std::uint16_t socks_port,
                   const std::filesystem::path& folder, bool use_pfs)
    : library_(library), client_(library.tdlib().open(socks_port, folder, use_pfs)) {}

TdClient::~TdClient() {
  library_.tdlib().send(client_, {{"@type", "close"}});
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
  library_.tdlib().send(client_, request);
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
