#include "actions/report_question.hpp"

#include "telegram/td_types.hpp"
#include "words/errors_actions.hpp"

#include <utility>

namespace tgpanel::actions {

ReportQuestion::ReportQuestion(const Executor& executor, std::shared_ptr<telegram::Client> client,
                               std::string bot)
    : client_(std::move(client)), bot_(std::move(bot)), tracker_(client_), timer_(executor) {}

void ReportQuestion::observe(const Json& update) {
  tracker_.observe(update);
  if (telegram::type_of(update) != "updateNewMessage" || chat_ == 0) return;
  auto message = telegram::parse_message(telegram::object_field(update, "message"));
  if (message.chat_id != chat_ || message.is_outgoing) return;
  heard_[message.id] = std::move(message.text);
  look();
}

// The bot's messages from before the question say nothing.
void ReportQuestion::look() {
  if (question_ == 0 || heard_.upper_bound(question_) == heard_.end()) return;
  timer_.cancel();
  if (auto done = std::exchange(heard_enough_, nullptr)) done(true);
}

Awaitable<Result<std::string>> ReportQuestion::ask(Millis deadline) {
  const auto self = shared_from_this();
  const auto client = client_;
  Json search = {{"@type", "searchPublicChat"}, {"username", bot_}};
  const auto chat = co_await client->request(std::move(search), deadline);
  if (!chat) co_return std::unexpected(chat.error().to_error());
  self->chat_ = telegram::parse_chat(*chat).id;
  Json start = {{"@type", "sendMessage"},
                {"chat_id", self->chat_},
                {"input_message_content", telegram::input_text(telegram::plain_text("/start"))}};
  const auto sent = co_await self->tracker_.send(std::move(start), deadline);
  if (!sent) co_return std::unexpected(sent.error().to_error());
  self->question_ = telegram::int_field(*sent, "id");
  auto wait = [self, deadline](telegram::Completion<bool> done) {
    self->heard_enough_ = std::move(done);
    self->timer_.expires_after(deadline);
    self->timer_.async_wait(
        [weak = self->weak_from_this()](const boost::system::error_code& error) {
          const auto question = weak.lock();
          if (error || !question) return;
          if (auto give_up = std::exchange(question->heard_enough_, nullptr)) give_up(false);
        });
    self->look();
  };
  if (!co_await telegram::await_completion<bool>(std::move(wait))) {
    co_return fail(Errc::timeout, words::bot_no_answer);
  }
  co_return self->heard_.upper_bound(self->question_)->second;
}

}  // namespace tgpanel::actions
