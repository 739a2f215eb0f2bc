#include "bot/sender.hpp"

#include "telegram/td_types.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace tgpanel::bot {
namespace {

constexpr Millis kLoaded{20 * 60'000};
constexpr std::size_t kRemembered = 1'000;

bool cannot_edit(const telegram::TdError& error) {
  // What getMessage answers of a message that is gone.
  if (error.code == telegram::TdError::kNotFound) return true;
  return error.code == telegram::TdError::kBadRequest &&
         (error.message == "Message not found" || error.message == "Message can't be edited" ||
          error.message == "MESSAGE_ID_INVALID" || error.message == "MESSAGE_EDIT_TIME_EXPIRED");
}

}  // namespace

Outgoing outgoing(const Screen& screen) {
  return {.content = telegram::input_text(screen.text.to_td()),
          .markup = to_td_markup(screen.rows)};
}

Sender::Sender(std::shared_ptr<telegram::Client> client,
               std::shared_ptr<telegram::SendTracker> tracker, std::shared_ptr<Gate> gate,
               const Clock& clock, Millis send_deadline)
    : client_(std::move(client)),
      tracker_(std::move(tracker)),
      gate_(std::move(gate)),
      clock_(clock),
      send_deadline_(send_deadline) {}

Instant Sender::last_written(ChatId chat, MessageId message) const {
  const auto found = touched_.find({chat, message});
  return found == touched_.end() ? Instant{} : found->second;
}

bool Sender::loaded(ChatId chat, MessageId message) const {
  const auto found = touched_.find({chat, message});
  return found != touched_.end() && clock_.now() - found->second < kLoaded;
}

void Sender::touched(ChatId chat, MessageId message) {
  if (touched_.size() >= kRemembered) {
    std::erase_if(touched_,
                  [this](const auto& entry) { return clock_.now() - entry.second >= kLoaded; });
  }
  if (touched_.size() >= kRemembered) touched_.clear();  // costs a getMessage each, no more
  touched_[{chat, message}] = clock_.now();
  newest_[chat] = std::max(newest_[chat], message);
}

MessageId Sender::newest_in(ChatId chat) const {
  const auto found = newest_.find(chat);
  return found == newest_.end() ? 0 : found->second;
}

Awaitable<Result<MessageId>> Sender::write(ChatId chat, Priority priority, Instant not_before,
                                           std::function<Outgoing()> next) {
  const auto gate = gate_;
  Gate::Turn turn = co_await gate->enter(chat, priority, not_before);
  if (!turn.granted()) co_return fail(Errc::cancelled, "the bot is stopping");
  Outgoing what = next();
  const bool is_edit = what.edit != 0;
  auto written = is_edit ? edit(chat, std::move(what)) : send(chat, std::move(what));
  auto result = co_await std::move(written);
  if (!result && result.error().code == Errc::flood_wait) {
    turn.hold_for(Millis{result.error().retry_after_s * 1000});
  }
  if (result) touched(chat, *result);
  co_return result;
}

Awaitable<Result<MessageId>> Sender::send(ChatId chat, Outgoing what) {
  Json function{{"@type", "sendMessage"},
                {"chat_id", chat},
                {"input_message_content", std::move(what.content)}};
  if (!what.markup.is_null()) function["reply_markup"] = std::move(what.markup);
  if (what.silent) {
    function["options"] = {{"@type", "messageSendOptions"}, {"disable_notification", true}};
  }
  const auto tracker = tracker_;
  auto sending = what.once != 0 ? tracker->send_once(what.once, std::move(function), send_deadline_)
                                : tracker->send(std::move(function), send_deadline_);
  auto sent = co_await std::move(sending);
  if (!sent) co_return std::unexpected(sent.error().to_error());
  co_return telegram::int_field(*sent, "id");
}

Awaitable<Result<MessageId>> Sender::edit(ChatId chat, Outgoing what) {
  const auto client = client_;
  const MessageId id = what.edit;
  if (!loaded(chat, id)) {
    Json get{{"@type", "getMessage"}, {"chat_id", chat}, {"message_id", id}};
    auto got = co_await client->request(std::move(get));
    if (!got) {
      if (cannot_edit(got.error())) co_return fail(Errc::not_found, got.error().message);
      co_return std::unexpected(got.error().to_error());
    }
  }
  Json function{{"chat_id", chat}, {"message_id", id}};
  if (what.content.is_null()) {
    function["@type"] = "editMessageReplyMarkup";
  } else {
    function["@type"] = "editMessageText";
    function["input_message_content"] = std::move(what.content);
  }
  if (!what.markup.is_null()) function["reply_markup"] = std::move(what.markup);
  auto edited = co_await client->request(std::move(function));
  if (edited || edited.error().message == "MESSAGE_NOT_MODIFIED") co_return id;
  if (cannot_edit(edited.error())) co_return fail(Errc::not_found, edited.error().message);
  co_return std::unexpected(edited.error().to_error());
}

Awaitable<> Sender::erase(ChatId chat, MessageId message) {
  const auto client = client_;
  Json ids = Json::array();
  ids.push_back(message);
  Json function{{"@type", "deleteMessages"},
                {"chat_id", chat},
                {"message_ids", std::move(ids)},
                {"revoke", true}};
  auto erased = co_await client->request(std::move(function));
  if (!erased) spdlog::warn("bot: a message could not be deleted: {}", erased.error().message);
}

Awaitable<> Sender::answer(std::string query, std::shared_ptr<const std::string> toast) {
  const auto client = client_;
  Json function{{"@type", "answerCallbackQuery"},
                {"callback_query_id", std::move(query)},
                {"text", shorten(*toast, kMaxToast)},
                {"show_alert", false}};
  auto answered = co_await client->request(std::move(function));
  // A press that waited too long cannot be answered any more; nothing depends on it.
  if (!answered) spdlog::debug("bot: a press was not answered: {}", answered.error().message);
}

}  // namespace tgpanel::bot
