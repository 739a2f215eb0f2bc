#include "testdc/control/spam_bot.hpp"

#include "testdc/world/limits.hpp"

#include <boost/asio/post.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace testdc {

namespace {

constexpr const char* kUsername = "SpamBot";
constexpr const char* kToken = "178220800:scripted";  // the id is that of Telegram's own

std::string date_of(int unix_seconds) {
  const auto time = fmt::gmtime(static_cast<std::time_t>(unix_seconds));
  return fmt::format("{} {:%b %Y, %H:%M} UTC", time.tm_mday, time);
}

}  // namespace

SpamBot::SpamBot(tgpanel::Executor executor, World& world)
    : executor_(std::move(executor)), world_(world) {
  const User* const known = world_.user_by_username(kUsername);
  id_ = known != nullptr ? known->id : world_.add_bot(kToken, "Spam Info Bot", kUsername);
  world_.on_sent([this](const Message& message) { hear(message); });
}

SpamBot::~SpamBot() {
  world_.on_sent({});
}

void SpamBot::set_answer(std::int64_t user, SpamBotAnswer answer) {
  if (user != 0 && world_.find_user(user) == nullptr) {
    throw std::runtime_error("there is no such user");
  }
  if (!answer.text.empty()) limits::check_text(answer.text);
  answers_[user] = std::move(answer);
}

void SpamBot::hear(const Message& message) {
  if (message.place != Peer{Peer::Type::user, id_} || message.text != "/start") return;
  // Afterwards: whoever asks learns of his own message first, as the answer to his call.
  boost::asio::post(executor_, [weak = weak_from_this(), user = message.author] {
    if (const auto self = weak.lock()) self->answer(user);
  });
}

void SpamBot::answer(std::int64_t user) {
  const auto words = words_for(*world_.find_user(user));
  if (!words) return;
  Draft draft;
  draft.text = *words;
  try {
    world_.send({id_, 0}, {Peer::Type::user, user}, std::move(draft));
  } catch (const RpcError&) {  // NOLINT(bugprone-empty-catch)
    // Somebody who has blocked the bot since hears nothing, as at Telegram.
  }
}

std::optional<std::string> SpamBot::words_for(const User& user) const {
  auto found = answers_.find(user.id);
  if (found == answers_.end()) found = answers_.find(0);
  const SpamBotAnswer answer = found == answers_.end() ? SpamBotAnswer{} : found->second;
  if (!answer.text.empty()) return answer.text;
  if (answer.says == SpamBotAnswer::Says::nothing) return std::nullopt;
  if (answer.says == SpamBotAnswer::Says::clear) {
    return "Good news, no limits are currently applied to your account. You’re free as a bird!";
  }
  const auto until = answer.until == 0 ? std::string() : " until " + date_of(answer.until);
  return fmt::format(
      "Dear {}, I’m very sorry. Unfortunately, your account is now limited{}. While the account is "
      "limited, you will not be able to do some things.",
      user.first_name, until);
}

}  // namespace testdc
