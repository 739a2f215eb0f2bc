#include "monitor/history.hpp"

#include "monitor/json_array.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::monitor {

namespace {

constexpr int kPage = 100;      // td_api: at most 100
constexpr int kEmptyPages = 2;  // TDLib may answer with few or none from memory first: ask again

// Appends what is newer than the mark; the page comes newest first.
struct Page {
  MessageId oldest = 0;
  bool met_mark = false;
};

Page take_page(const Json& answer, const HistoryRequest& request, History& history) {
  Page page;
  for (const auto& object : array_field(answer, "messages")) {
    if (!object.is_object()) continue;
    auto message = telegram::parse_message(object);
    page.oldest = page.oldest == 0 ? message.id : std::min(page.oldest, message.id);
    history.newest = std::max(history.newest, message.id);
    if (message.id <= request.mark) {
      page.met_mark = true;
    } else {
      history.messages.push_back(std::move(message));
    }
  }
  return page;
}

}  // namespace

Awaitable<Result<History>> read_history(std::shared_ptr<telegram::Client> client,
                                        HistoryRequest request) {
  History history;
  MessageId from = 0;
  for (int empty = 0; empty < kEmptyPages;) {
    Json call = {{"@type", "getChatHistory"},
                 {"chat_id", request.chat},
                 {"from_message_id", from},
                 {"offset", 0},
                 {"limit", std::clamp(static_cast<int>(request.look_back), 1, kPage)},
                 {"only_local", false}};
    auto answer = co_await client->request(std::move(call), request.deadline);
    ++history.calls;
    if (!answer) co_return std::unexpected(answer.error().to_error());
    const auto page = take_page(*answer, request, history);
    if (page.met_mark) break;
    if (history.messages.size() >= request.look_back) {
      history.given_up = true;
      break;
    }
    if (page.oldest == 0 || page.oldest == from) {
      ++empty;
    } else {
      from = page.oldest;
    }
  }
  std::ranges::sort(history.messages, {}, &telegram::Message::id);
  co_return history;
}

Awaitable<Result<telegram::Message>> ask_newest(std::shared_ptr<telegram::Client> client,
                                                ChatId chat, Millis deadline) {
  Json call = {{"@type", "searchChatMessages"},
               {"chat_id", chat},
               {"topic_id", nullptr},
               {"query", ""},
               {"sender_id", nullptr},
               {"from_message_id", 0},
               {"offset", 0},
               {"limit", 1},
               {"filter", nullptr}};
  auto answer = co_await client->request(std::move(call), deadline);
  if (!answer) co_return std::unexpected(answer.error().to_error());
  const auto& messages = array_field(*answer, "messages");
  if (messages.empty()) co_return telegram::Message{};
  co_return telegram::parse_message(messages.front());
}

}  // namespace tgpanel::monitor
