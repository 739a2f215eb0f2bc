#include "bot/find_message.hpp"

#include "telegram/td_types.hpp"

#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::int64_t kBatch = 100;  // messages asked for in one call
constexpr int kEmptyBatches = 3;      // nothing in so many: the end of the chat
// What is looked for is near what was the newest message when it was handed over; looked at are so
// many after.
constexpr int kMostBatches = 100;

}  // namespace

Awaitable<Result<MessageId>> find_message(std::shared_ptr<telegram::Client> client, ChatId chat,
                                          MessageId after, MessageId newest,
                                          std::function<bool(const Json& message)> fits) {
  std::int64_t next = server_message_id(after) + 1;
  int empty = 0;
  for (int batch = 0; batch < kMostBatches; ++batch) {
    if (empty >= kEmptyBatches && next > server_message_id(newest)) break;
    Json ids = Json::array();
    for (std::int64_t i = 0; i < kBatch; ++i) ids.push_back(from_server_message_id(next + i));
    next += kBatch;
    Json function{{"@type", "getMessages"}, {"chat_id", chat}, {"message_ids", std::move(ids)}};
    const auto got = co_await client->request(std::move(function));
    if (!got) co_return std::unexpected(got.error().to_error());
    ++empty;
    const auto messages = got->find("messages");
    if (messages == got->end() || !messages->is_array()) continue;
    for (const auto& message : *messages) {
      if (!message.is_object()) continue;
      empty = 0;
      if (fits(message)) co_return telegram::int_field(message, "id");
    }
  }
  co_return fail(Errc::not_found, "the message is not in the chat");
}

}  // namespace tgpanel::bot
