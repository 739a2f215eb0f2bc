// Who acts by himself.
#include "testdc/control/operations.hpp"

#include <stdexcept>

namespace testdc {

namespace {

SpamBotAnswer answer_of(const Json& arguments) {
  using enum SpamBotAnswer::Says;
  SpamBotAnswer answer;
  const auto says = arguments.value("says", "clear");
  if (says == "limited") {
    answer.says = limited;
  } else if (says == "nothing") {
    answer.says = nothing;
  } else if (says != "clear") {
    throw std::runtime_error("it says clear, limited or nothing");
  }
  answer.until = arguments.value("until", 0);
  answer.text = arguments.value("text", "");
  return answer;
}

}  // namespace

void Operations::add_scripted() {
  // {user?: whom the answer is for; 0: everybody who has none of his own, says?: "clear", "limited"
  // or "nothing" (silence), until?: Unix seconds, of "limited"; none: no date, text?: said word for
  // word instead} → {id}: @SpamBot, which the first of these calls adds and which answers every
  // /start in its private chat by itself
  add("spam_bot", [this](const Json& arguments) {
    auto answer = answer_of(arguments);
    if (!spam_bot_) spam_bot_ = std::make_shared<SpamBot>(executor_, parts_.world);
    spam_bot_->set_answer(arguments.value("user", std::int64_t{0}), std::move(answer));
    return Json{{"id", spam_bot_->id()}};
  });
}

}  // namespace testdc
