#include "actions/history_page.hpp"

#include "actions/list_field.hpp"

#include <utility>

namespace tgpanel::actions {

namespace {

constexpr int kEmptyPages = 2;

}  // namespace

Awaitable<Result<Json>> history_page(std::shared_ptr<telegram::Client> client, ChatId chat,
                                     MessageId from, int limit) {
  for (int empty = 0; empty < kEmptyPages; ++empty) {
    Json ask{{"@type", "getChatHistory"},
             {"chat_id", chat},
             {"from_message_id", from},
             {"offset", 0},
             {"limit", limit},
             {"only_local", false}};
    const auto answer = co_await client->request(std::move(ask));
    if (!answer) co_return std::unexpected(answer.error().to_error());
    const Json& messages = list_field(*answer, "messages");
    if (!messages.empty()) co_return messages;
  }
  co_return Json::array();
}

}  // namespace tgpanel::actions
