#include "actions/outgoing.hpp"

#include "actions/history_page.hpp"
#include "actions/list_field.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "telegram/td_types.hpp"
#include "words/errors_actions.hpp"

#include <array>
#include <utility>

namespace tgpanel::actions {

namespace {

constexpr int kHistoryPages = 5;  // beyond that a busy chat is searched for our own messages
constexpr int kServerError = 500;

// Each a UTF-8 text; the last three are what TDLib takes out of every text (clean_input_string).
constexpr std::array<std::string_view, 27> kTakenOut{
    "\u00a0", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a",
    "\u202b", "\u202c", "\u202d", "\u202e", "\u202f", "\u2060", "\u2061", "\u2062", "\u2063",
    "\u2064", "\u3000", "\u061c", "\ufeff", "\u2800", "\u180e", "\u0333", "\u033f", "\u030a"};

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t drop = static_cast<unsigned char>(text.front()) <= 0x20U ? 1 : 0;
    for (const auto mark : kTakenOut) {
      if (text.starts_with(mark)) drop = mark.size();
    }
    if (drop == 0) {
      out += text.front();
      drop = 1;
    }
    text.remove_prefix(drop);
  }
  return out;
}

/// Messages that are not at Telegram yet have ids between those of the server.
MessageId server_part(MessageId id) {
  return from_server_message_id(server_message_id(id));
}

struct Page {
  bool found = false;
  bool complete = false;  // the mark was met, or the chat's beginning
  MessageId oldest = 0;
};

/// Whether the message answers what was to be answered: the same text below another post is none.
bool goes_there(const Json& message, const Destination& there) {
  if (there.reply_to == 0) return true;
  const Json& reply = telegram::object_field(message, "reply_to");
  if (const auto to = telegram::int_field(reply, "message_id"); to != 0) {
    return to == there.reply_to;
  }
  // TDLib names no message where a topic's first one is answered.
  const Json& topic = telegram::object_field(message, "topic_id");
  if (const auto thread = telegram::int_field(topic, "message_thread_id"); thread != 0) {
    return thread == there.thread;
  }
  const auto forum_topic = telegram::int_field(topic, "forum_topic_id");
  return forum_topic != 0 && forum_topic == server_message_id(there.reply_to);
}

/// What is looked for: a text of this account, newer than the mark.
struct Wanted {
  Mark mark;
  Destination there;
  std::string text;
};

Page read_page(const Json& messages, const Wanted& wanted) {
  Page page;
  if (messages.empty()) {
    page.complete = true;
    return page;
  }
  for (const Json& json : messages) {
    if (!json.is_object()) continue;
    const auto message = telegram::parse_message(json);
    if (message.id <= wanted.mark.newest) {
      page.complete = true;
      continue;
    }
    page.oldest = message.id;
    const bool pending = !telegram::object_field(json, "sending_state").is_null();
    const bool ours = message.is_outgoing && !pending && goes_there(json, wanted.there);
    if (ours && same_text(message.text, wanted.text)) page.found = true;
  }
  page.complete = page.complete || page.oldest == 0;
  return page;
}

/// Messages of this account alone, whatever else is written there.
Awaitable<Result<bool>> search_own(std::shared_ptr<telegram::Client> client, Wanted wanted) {
  Json get_me{{"@type", "getMe"}};
  const auto me = co_await client->request(std::move(get_me));
  if (!me) co_return std::unexpected(me.error().to_error());
  Json sender{{"@type", "messageSenderUser"}, {"user_id", telegram::int_field(*me, "id")}};
  Json filter{{"@type", "searchMessagesFilterEmpty"}};
  Json ask{{"@type", "searchChatMessages"},  {"chat_id", wanted.mark.chat_id}, {"query", ""},
           {"sender_id", std::move(sender)}, {"from_message_id", 0},           {"offset", 0},
           {"limit", kHistoryPage},          {"filter", std::move(filter)}};
  const auto answer = co_await client->request(std::move(ask));
  if (!answer) co_return std::unexpected(answer.error().to_error());
  co_return read_page(list_field(*answer, "messages"), wanted).found;
}

}  // namespace

std::string write_mark(const Mark& mark) {
  return Json{{"chat", mark.chat_id}, {"newest", mark.newest}}.dump();
}

Mark read_mark(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  return {.chat_id = telegram::int_field(json, "chat"),
          .newest = telegram::int_field(json, "newest")};
}

Result<std::string> check_text(std::string_view text) {
  if (!valid_utf8(text)) return fail(Errc::invalid, words::text_not_text);
  const auto trimmed = trim(text);
  if (visible(trimmed).empty()) return fail(Errc::invalid, words::text_empty);
  if (const auto units = utf16_length(trimmed); units > kMaxTextUnits) {
    return fail(Errc::invalid, Sentence(words::text_too_long, units, kMaxTextUnits));
  }
  return std::string(trimmed);
}

bool same_text(std::string_view a, std::string_view b) {
  return visible(a) == visible(b);
}

Awaitable<Result<Mark>> mark_chat(std::shared_ptr<telegram::Client> client, ChatId chat) {
  const auto messages = co_await history_page(std::move(client), chat, 0, 1);
  if (!messages) co_return std::unexpected(messages.error());
  Mark mark{.chat_id = chat, .newest = 0};
  if (!messages->empty()) {
    mark.newest = server_part(telegram::int_field(messages->front(), "id"));
  }
  co_return mark;
}

Awaitable<Result<void>> send_text(std::shared_ptr<telegram::SendTracker> tracker,
                                  Destination destination, std::string text, Millis deadline) {
  Json function{{"@type", "sendMessage"},
                {"chat_id", destination.chat_id},
                {"input_message_content", telegram::input_text(telegram::plain_text(text))}};
  if (destination.thread != 0) {
    function["topic_id"] = {{"@type", "messageTopicThread"},
                            {"message_thread_id", destination.thread}};
  }
  if (destination.reply_to != 0) {
    function["reply_to"] = {{"@type", "inputMessageReplyToMessage"},
                            {"message_id", destination.reply_to}};
  }
  const auto sent = co_await tracker->send_once(kSendNumber, std::move(function), deadline);
  if (sent) co_return Result<void>{};
  auto error = sent.error().to_error();
  // "Request aborted" and the like: said by TDLib, not by the server that may have the message.
  const bool vague = error.code == Errc::telegram && sent.error().code >= kServerError;
  if (vague) error.code = Errc::timeout;
  co_return std::unexpected(std::move(error));
}

Awaitable<Result<bool>> find_own(std::shared_ptr<telegram::Client> client, Mark mark,
                                 Destination there, std::string text) {
  Wanted wanted{.mark = mark, .there = there, .text = std::move(text)};
  MessageId from = 0;
  for (int i = 0; i < kHistoryPages; ++i) {
    const auto messages = co_await history_page(client, mark.chat_id, from);
    if (!messages) co_return std::unexpected(messages.error());
    const auto page = read_page(*messages, wanted);
    if (page.found) co_return true;
    if (page.complete) co_return false;
    from = page.oldest;
  }
  co_return co_await search_own(std::move(client), std::move(wanted));
}

}  // namespace tgpanel::actions
