#include "actions/poll.hpp"

#include "actions/find_message.hpp"
#include "base/json.hpp"
#include "telegram/td_types.hpp"
#include "words/errors_actions.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::actions {

namespace {

std::string text_in(const Json& object, const char* field) {
  return telegram::string_field(telegram::object_field(object, field), "text");
}

Poll read(const Json& object) {
  Poll poll;
  poll.question = text_in(object, "question");
  const Json& type = telegram::object_field(object, "type");
  poll.quiz = telegram::type_of(type) == "pollTypeQuiz";
  poll.several = telegram::bool_field(type, "allow_multiple_answers");
  poll.closed = telegram::bool_field(object, "is_closed");
  const auto options = object.find("options");
  if (options == object.end() || !options->is_array()) return poll;
  for (const Json& option : *options) {
    if (telegram::bool_field(option, "is_chosen")) {
      poll.chosen.push_back(static_cast<std::int32_t>(poll.options.size()));
    }
    poll.options.push_back(text_in(option, "text"));
  }
  return poll;
}

}  // namespace

Awaitable<Result<Poll>> find_poll(std::shared_ptr<telegram::Client> client, MessageLink link) {
  const auto found = co_await find_message(std::move(client), std::move(link));
  if (!found) co_return std::unexpected(found.error());
  if (telegram::type_of(found->content) != "messagePoll") {
    co_return fail(Errc::invalid, words::message_no_poll);
  }
  auto poll = read(telegram::object_field(found->content, "poll"));
  poll.chat_id = found->chat_id;
  poll.message_id = found->message_id;
  co_return poll;
}

Result<void> check_answers(const Poll& poll, const std::vector<std::int32_t>& options) {
  if (poll.closed) return fail(Errc::invalid, words::poll_closed);
  if (options.empty()) return fail(Errc::invalid, words::choose_an_answer);
  const bool known = std::ranges::all_of(options, [&](std::int32_t option) {
    return option >= 0 && std::cmp_less(option, poll.options.size());
  });
  if (!known) return fail(Errc::invalid, words::poll_no_such_answer);
  if (options.size() > 1 && !poll.several) {
    return fail(Errc::invalid, words::poll_one_answer);
  }
  if (poll.quiz && !poll.chosen.empty() && poll.chosen != options) {
    return fail(Errc::invalid, words::quiz_answered);
  }
  return {};
}

Awaitable<Result<void>> vote(std::shared_ptr<telegram::Client> client, MessageLink link,
                             std::vector<std::int32_t> options) {
  const auto poll = co_await find_poll(client, std::move(link));
  if (!poll) co_return std::unexpected(poll.error());
  if (!options.empty() && poll->chosen == options) co_return Result<void>{};
  if (auto good = check_answers(*poll, options); !good) co_return std::unexpected(good.error());
  Json deed{{"@type", "setPollAnswer"},
            {"chat_id", poll->chat_id},
            {"message_id", poll->message_id},
            {"option_ids", std::move(options)}};
  const auto answer = co_await client->request(std::move(deed));
  if (!answer) co_return std::unexpected(answer.error().to_error());
  co_return Result<void>{};
}

}  // namespace tgpanel::actions
