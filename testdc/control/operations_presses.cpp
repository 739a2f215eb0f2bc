// Presses of inline buttons by scripted people: the operation ends when the bot has answered.
#include "testdc/control/chat_ref.hpp"
#include "testdc/control/hex.hpp"
#include "testdc/control/operations.hpp"

#include <boost/asio/steady_timer.hpp>

#include <stdexcept>

namespace testdc {

namespace {

const Value* find_button(const Message& message, const std::string& text) {
  if (!message.reply_markup.is_object() || !message.reply_markup.contains("rows")) return nullptr;
  for (const auto& row : message.reply_markup["rows"]) {
    for (const auto& button : row.at("buttons")) {
      if (button.at("text") == text) return &button;
    }
  }
  return nullptr;
}

MessagePtr message_named(const World& world, std::int64_t user, Peer dialog, int id) {
  auto message = world.find_message(user, dialog, id);
  if (message == nullptr) throw std::runtime_error("no message " + std::to_string(id));
  return message;
}

/// One press on its way: ended by the bot's answer or by the deadline, whichever comes first.
struct Press {
  Press(const tgpanel::Executor& executor, Operations::Done done_in)
      : timer(executor), done(std::move(done_in)) {}

  void end(std::expected<Json, std::string> outcome) {
    timer.cancel();
    if (auto once = std::exchange(done, {})) once(std::move(outcome));
  }

  boost::asio::steady_timer timer;
  Operations::Done done;
};

void press(const tgpanel::Executor& executor, Callbacks& callbacks, const Json& arguments,
           const Message& message, const Bytes& data, Operations::Done done) {
  auto state = std::make_shared<Press>(executor, std::move(done));
  const auto query = callbacks.press(arguments.at("user").get<std::int64_t>(), message, data,
                                     [state](const Value& answer) {
                                       state->end(Json{{"text", answer.value("message", "")},
                                                       {"alert", answer.value("alert", false)},
                                                       {"url", answer.value("url", "")}});
                                     });
  if (!query) {
    state->end(std::unexpected("no answer: the bot is not connected, the press is dropped"));
    return;
  }
  state->timer.expires_after(std::chrono::milliseconds(arguments.value("timeout_ms", 10'000)));
  state->timer.async_wait(
      [state, &callbacks, id = *query](const boost::system::error_code& cancelled) {
        if (cancelled) return;
        callbacks.forget(id);
        state->end(std::unexpected("no answer in time"));
      });
}

}  // namespace

void Operations::add_presses() {
  auto& world = parts_.world;
  // {user, chat, button, message?, timeout_ms?} → {text, alert, url}
  add_late("press", [this, &world](const Json& arguments, Done done) {
    const auto user = arguments.at("user").get<std::int64_t>();
    const auto dialog = find_dialog(world, arguments.at("chat").get_ref<const std::string&>());
    const auto text = arguments.at("button").get<std::string>();
    std::vector<MessagePtr> candidates;
    if (const int id = arguments.value("message", 0); id != 0) {
      candidates.push_back(message_named(world, user, dialog, id));
    } else {
      candidates = world.messages(user, dialog);
    }
    for (auto it = candidates.rbegin(); it != candidates.rend(); ++it) {
      const auto* button = find_button(**it, text);
      if (button == nullptr) continue;
      if (!button->contains("data")) {
        done(Json{{"text", ""}, {"alert", false}, {"url", button->value("url", "")}});
      } else {
        press(executor_, parts_.callbacks, arguments, **it, Bytes((*button)["data"].get_binary()),
              std::move(done));
      }
      return;
    }
    throw std::runtime_error("no message has a button \"" + text + "\"");
  });
  // {user, chat, message, data (hex), timeout_ms?} → {text, alert, url}
  add_late("press_data", [this, &world](const Json& arguments, Done done) {
    const auto user = arguments.at("user").get<std::int64_t>();
    const auto dialog = find_dialog(world, arguments.at("chat").get_ref<const std::string&>());
    const auto message = message_named(world, user, dialog, arguments.at("message").get<int>());
    press(executor_, parts_.callbacks, arguments, *message,
          from_hex(arguments.at("data").get_ref<const std::string&>()), std::move(done));
  });
}

}  // namespace testdc
