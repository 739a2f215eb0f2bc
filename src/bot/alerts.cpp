#include "bot/alerts.hpp"

#include "bot/alert_message.hpp"
#include "bot/digest_message.hpp"
#include "bot/find_message.hpp"
#include "panel/panel.hpp"
#include "telegram/td_types.hpp"
#include "words/alerts.hpp"
#include "words/menus.hpp"
#include "words/start.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace tgpanel::bot {

Alerts::Alerts(std::shared_ptr<Sender> sender, ChatId channel, Language language)
    : sender_(std::move(sender)), channel_(channel), language_(language) {}

void Alerts::saw(MessageId message) {
  const bool on_its_way = from_server_message_id(server_message_id(message)) != message;
  if (!on_its_way) newest_ = std::max(newest_, message);
}

Awaitable<Result<MessageId>> Alerts::newest(MessageId known) {
  const auto self = shared_from_this();
  self->newest_ = std::max(self->newest_, known);
  if (self->newest_ != 0) co_return self->newest_;
  // A bot can neither read a history nor ask for its newest message. Should this notice be repeated
  // after a crash, it does no harm; an alert would.
  Outgoing what = outgoing(Screen{.text = RichText(say(self->language_, words::channel_opened))});
  what.silent = true;
  std::function<Outgoing()> next = [what = std::move(what)] { return what; };
  auto sent =
      co_await self->sender_->write(self->channel_, Priority::reply, Instant{}, std::move(next));
  if (sent) self->saw(*sent);
  co_return sent;
}

Awaitable<Result<MessageId>> Alerts::send(const monitor::Alert& alert) {
  return post(alert.id, alert_message(language_, alert));
}

Awaitable<Result<MessageId>> Alerts::send_digest(const std::vector<monitor::Alert>& alerts) {
  return post(alerts.front().id, digest_message(language_, alerts));
}

Awaitable<Result<MessageId>> Alerts::post(AlertId id, Screen screen) {
  const auto self = shared_from_this();
  Outgoing what = outgoing(screen);
  what.once = static_cast<std::uint64_t>(id);
  std::function<Outgoing()> next = [what = std::move(what)] { return what; };
  auto sent =
      co_await self->sender_->write(self->channel_, Priority::reply, Instant{}, std::move(next));
  if (sent) self->saw(*sent);
  co_return sent;
}

Awaitable<Result<MessageId>> Alerts::find_sent(AlertId id, MessageId after) {
  const auto self = shared_from_this();
  std::function<bool(const Json&)> fits = [id](const Json& message) {
    return has_alert(message, id);
  };
  auto client = self->sender_->shared_client();
  co_return co_await find_message(std::move(client), self->channel_, after, self->newest_,
                                  std::move(fits));
}

Awaitable<> Alerts::press(std::shared_ptr<Alerts> self, panel::Panel* panel, std::string query,
                          MessageId message, AlertPress press) {
  auto toast = std::make_shared<std::string>();
  bool ignored = false;
  if (press.action == kIgnoreSender) {
    auto result = co_await panel->ignore_sender_of(press.alert);
    ignored = result.has_value() || result.error().code == Errc::exists;
    if (result) {
      *toast =
          say(self->language_, words::now_ignored,
              result->name.empty() ? std::to_string(result->peer_id) : shorten(result->name, 64));
    } else {
      *toast = ignored ? say(self->language_, words::ignored_before)
                       : say(self->language_, sentence_of(result.error()));
    }
  } else if (press.action == kIgnoredAlready) {
    *toast = say(self->language_, words::ignored_before);
  } else if (press.action == kNoSender) {
    *toast = say(self->language_, words::no_sender, press.alert);
  } else {
    *toast = say(self->language_, words::unknown_button);
  }
  co_await self->sender_->answer(std::move(query), toast);
  if (ignored) co_await show_ignored(self, message, press.alert);
}

Awaitable<> Alerts::show_ignored(std::shared_ptr<Alerts> self, MessageId message, AlertId alert) {
  Json get{{"@type", "getMessage"}, {"chat_id", self->channel_}, {"message_id", message}};
  auto got = co_await self->sender_->client().request(std::move(get));
  if (!got) {
    spdlog::warn("bot: alert {}: its message cannot be read: {}", alert, got.error().message);
    co_return;
  }
  Json markup = mark_ignored(self->language_, telegram::object_field(*got, "reply_markup"), alert);
  if (markup.is_null()) co_return;
  std::function<Outgoing()> next = [message, markup = std::move(markup)] {
    return Outgoing{.edit = message, .content = nullptr, .markup = markup};
  };
  auto edited =
      co_await self->sender_->write(self->channel_, Priority::card, Instant{}, std::move(next));
  if (!edited) spdlog::warn("bot: alert {}: not marked: {}", alert, edited.error().message);
}

}  // namespace tgpanel::bot
