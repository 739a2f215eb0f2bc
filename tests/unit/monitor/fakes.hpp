#pragma once
// Stand-ins for TDLib's clients, the accounts and the channel.

#include "base/async.hpp"
#include "base/json.hpp"
#include "monitor/accounts_view.hpp"
#include "monitor/alert_sink.hpp"
#include "telegram/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tgpanel::monitor::fakes {

/// Runs the loop until `done`, at most 10 s of real time.
inline bool run_until(asio::io_context& io, const std::function<bool()>& done) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  io.restart();
  while (!done()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    if (io.run_one_for(std::chrono::milliseconds(50)) == 0) io.restart();
  }
  return true;
}

/// Runs one coroutine to its end and returns what it returned.
template <class T>
T await(asio::io_context& io, Awaitable<T> work) {
  std::optional<T> result;
  asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& bug, T value) {
    if (bug) std::rethrow_exception(bug);
    result.emplace(std::move(value));
  });
  if (!run_until(io, [&] { return result.has_value(); })) {
    throw std::runtime_error("the coroutine did not end in time");
  }
  return std::move(*result);
}

inline void await(asio::io_context& io, Awaitable<> work) {
  bool done = false;
  asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& bug) {
    if (bug) std::rethrow_exception(bug);
    done = true;
  });
  if (!run_until(io, [&] { return done; })) {
    throw std::runtime_error("the coroutine did not end in time");
  }
}

struct Text {
  ChatId chat = 0;
  std::int64_t id = 0;  // the server's
  std::string text = {};
  UserId sender = 42;
  std::int64_t date = 1'700'000'000;
  bool outgoing = false;
  ChatId sender_chat = 0;
  std::int64_t edited = 0;
};

inline Json message(const Text& text) {
  Json sender = {{"@type", "messageSenderUser"}, {"user_id", text.sender}};
  if (text.sender_chat != 0) {
    sender = {{"@type", "messageSenderChat"}, {"chat_id", text.sender_chat}};
  }
  return {
      {"@type", "message"},
      {"id", from_server_message_id(text.id)},
      {"chat_id", text.chat},
      {"sender_id", sender},
      {"is_outgoing", text.outgoing},
      {"date", text.date},
      {"edit_date", text.edited},
      {"content",
       {{"@type", "messageText"}, {"text", {{"@type", "formattedText"}, {"text", text.text}}}}}};
}

inline Json new_message(const Text& text) {
  return {{"@type", "updateNewMessage"}, {"message", message(text)}};
}

inline Json last_message(const Text& text) {
  return {
      {"@type", "updateChatLastMessage"}, {"chat_id", text.chat}, {"last_message", message(text)}};
}

inline Json edited(const Text& text) {
  return {{"@type", "updateMessageContent"},
          {"chat_id", text.chat},
          {"message_id", from_server_message_id(text.id)},
          {"new_content", message(text)["content"]}};
}

/// The account is in the supergroup or channel, or not.
inline Json membership(ChatId chat, bool member = true) {
  return {{"@type", "updateSupergroup"},
          {"supergroup",
           {{"@type", "supergroup"},
            {"id", -1'000'000'000'000 - chat},
            {"status", {{"@type", member ? "chatMemberStatusMember" : "chatMemberStatusLeft"}}}}}};
}

/// A client with a history per chat; answers each call after one turn of the loop.
class Client final : public telegram::Client {
 public:
  Awaitable<telegram::Response> request(Json function, Millis deadline) override {
    calls.push_back(function);
    co_await asio::post(asio::use_awaitable);
    const std::string type = function["@type"];
    if (silent.contains(type)) {
      asio::steady_timer passes(co_await asio::this_coro::executor, deadline);
      co_await passes.async_wait(asio::use_awaitable);
      co_return std::unexpected(telegram::TdError{telegram::TdError::kDeadline, "no answer"});
    }
    if (const auto it = errors.find(type); it != errors.end()) {
      co_return std::unexpected(it->second);
    }
    if (type == "getUser") {
      const auto user = function["user_id"].get<UserId>();
      co_return Json{
          {"@type", "user"},
          {"id", user},
          {"first_name", "User"},
          {"last_name", "No. " + std::to_string(user)},
          {"type", {{"@type", bots.contains(user) ? "userTypeBot" : "userTypeRegular"}}}};
    }
    if (type == "getChat") {
      co_return Json{{"@type", "chat"}, {"id", function["chat_id"]}, {"title", "Asked title"}};
    }
    if (type == "getChatHistory") {
      auto answer = history_page(function);
      if (const auto once = std::exchange(before_history, nullptr)) once();
      co_return answer;
    }
    if (type == "searchChatMessages") co_return newest(function);
    if (type == "getMessage") {
      const auto& chat = history[function["chat_id"].get<ChatId>()];
      const auto found = chat.find(function["message_id"].get<MessageId>());
      if (found != chat.end()) co_return found->second;
      co_return std::unexpected(telegram::TdError{404, "Not Found"});
    }
    if (type == "searchPublicChat") {
      const auto found = names.find(function["username"].get<std::string>());
      if (found == names.end()) {
        co_return std::unexpected(telegram::TdError{400, "USERNAME_NOT_OCCUPIED"});
      }
      co_return Json{{"@type", "chat"}, {"id", found->second}, {"title", "Public " + found->first}};
    }
    co_return std::unexpected(telegram::TdError{400, "unexpected " + type});
  }

  [[nodiscard]] bool open() const override { return true; }

  [[nodiscard]] std::size_t count(const std::string& type) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(calls, [&](const Json& call) { return call["@type"] == type; }));
  }

  std::map<ChatId, std::map<MessageId, Json>> history;
  std::map<std::string, telegram::TdError> errors;  // by method
  std::map<std::string, std::int64_t> names;        // public
  std::set<std::string> silent;                     // methods that are never answered
  std::function<void()> before_history;             // once: a page is ready and not given yet
  std::set<UserId> bots;
  std::vector<Json> calls;
  int page = 100;

 private:
  Json history_page(const Json& function) {
    const auto from = function["from_message_id"].get<MessageId>();
    Json messages = Json::array();
    const auto& chat = history[function["chat_id"].get<ChatId>()];
    for (auto it = chat.rbegin(); it != chat.rend() && std::cmp_less(messages.size(), page); ++it) {
      if (from == 0 || it->first < from) messages.push_back(it->second);
    }
    return {{"@type", "messages"}, {"messages", messages}};
  }

  Json newest(const Json& function) {
    Json messages = Json::array();
    const auto& chat = history[function["chat_id"].get<ChatId>()];
    if (!chat.empty()) messages.push_back(chat.rbegin()->second);
    return {{"@type", "foundChatMessages"}, {"messages", messages}};
  }
};

class Accounts final : public AccountsView {
 public:
  [[nodiscard]] std::shared_ptr<telegram::Client> client(AccountId id) const override {
    const auto it = active.find(id);
    return it == active.end() ? nullptr : it->second;
  }

  Awaitable<std::shared_ptr<telegram::Client>> client_soon(AccountId id) const override {
    co_return client(id);
  }

  [[nodiscard]] bool is_reopening(AccountId id) const override { return reopening.contains(id); }

  [[nodiscard]] std::vector<AccountId> active_accounts() const override {
    std::vector<AccountId> ids;
    for (const auto& [id, client] : active) ids.push_back(id);
    return ids;
  }

  [[nodiscard]] std::string name(AccountId id) const override {
    const auto it = names.find(id);
    return it == names.end() ? std::string() : it->second;
  }

  [[nodiscard]] bool is_ours(UserId user) const override { return ours.contains(user); }

  Client& activate(AccountId id) {
    auto client = std::make_shared<Client>();
    active[id] = client;
    names[id] = "Account " + std::to_string(id);
    return *client;
  }

  std::map<AccountId, std::shared_ptr<Client>> active;
  std::map<AccountId, std::string> names;
  std::set<AccountId> reopening;
  std::set<UserId> ours;
};

/// The channel: keeps what arrived, fails as told.
class Channel final : public AlertSink {
 public:
  Awaitable<Result<MessageId>> newest(MessageId known) override {
    co_await asio::post(asio::use_awaitable);
    const auto last = messages.empty() ? MessageId{0} : messages.rbegin()->first;
    co_return std::max({known, last, from_server_message_id(1)});
  }

  Awaitable<Result<MessageId>> send(Alert alert) override {
    std::vector<Alert> alerts{std::move(alert)};
    return send_digest(std::move(alerts));
  }

  Awaitable<Result<MessageId>> send_digest(std::vector<Alert> alerts) override {
    co_await asio::post(asio::use_awaitable);
    ++sends;
    sizes.push_back(alerts.size());
    if (on_send) on_send();
    const auto& alert = alerts.front();
    if (hang) {
      if (arrives_despite_failure) store(alert, alerts);
      asio::steady_timer never(co_await asio::this_coro::executor, std::chrono::hours(1));
      co_await never.async_wait(asio::use_awaitable);
    }
    if (!failures.empty()) {
      const auto error = failures.front();
      failures.erase(failures.begin());
      if (arrives_despite_failure) store(alert, alerts);
      co_return std::unexpected(error);
    }
    co_return store(alert, alerts);
  }

  Awaitable<Result<MessageId>> find_sent(AlertId id, MessageId after) override {
    co_await asio::post(asio::use_awaitable);
    ++finds;
    if (on_find) on_find();
    for (const auto& [message, alert] : messages) {
      if (message > after && alert.id == id) co_return message;
    }
    co_return fail(Errc::not_found, "not there");
  }

  MessageId store(const Alert& alert, std::vector<Alert> digest = {}) {
    const auto id = from_server_message_id(static_cast<std::int64_t>(messages.size()) + 2);
    messages[id] = alert;
    if (digest.size() > 1) digests[id] = std::move(digest);
    return id;
  }

  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const auto& [id, alert] : messages) {
      if (const auto digest = digests.find(id); digest != digests.end()) {
        for (const auto& each : digest->second) texts.push_back(each.text);
      } else {
        texts.push_back(alert.text);
      }
    }
    return texts;
  }

  std::map<MessageId, Alert> messages;
  std::map<MessageId, std::vector<Alert>> digests;
  std::vector<std::size_t> sizes;  // of all sends
  std::function<void()> on_send;
  std::vector<Error> failures;
  bool arrives_despite_failure = false;
  bool hang = false;  // no answer ever
  int sends = 0;
  int finds = 0;
  std::function<void()> on_find;  // before the look
};

}  // namespace tgpanel::monitor::fakes
