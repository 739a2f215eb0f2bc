#include "bot/session.hpp"

#include "telegram/session_watch.hpp"
#include "telegram/td_types.hpp"
#include "words/start.hpp"

#include <spdlog/spdlog.h>

#include <charconv>
#include <chrono>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr Millis kCloseDeadline{10'000};
// TDLib holds a bot's messages for half an hour by itself. An older one that is changed, by a press
// on its button say, is fetched again.
constexpr std::chrono::seconds kForgetMessages{300};

/// What one attempt to open came to.
enum class Outcome : std::uint8_t {
  ready,
  again,  // the stored session was of no use and is gone; a second attempt logs in anew
};

bool token_refused(const telegram::TdError& error) {
  return error.message == "ACCESS_TOKEN_INVALID" || error.message == "ACCESS_TOKEN_EXPIRED" ||
         error.message == "Unauthorized" || (error.code == 401 && error.message.empty());
}

Error start_error(const telegram::TdError& error) {
  if (token_refused(error)) return fail(Errc::configuration, words::token_refused).error();
  const Error plain = error.to_error();
  const Sentence why =
      plain.code == Errc::flood_wait ? Sentence(words::start_flood, plain.retry_after_s)
      : plain.code == Errc::timeout  ? Sentence(words::start_timeout)
                                     : Sentence(words::start_refused, error.message);
  return fail(plain.code, why, plain.retry_after_s).error();
}

struct Opening {
  std::shared_ptr<telegram::Client> client;
  std::shared_ptr<telegram::SessionWatch> watch = std::make_shared<telegram::SessionWatch>();
  std::shared_ptr<telegram::SendTracker> tracker;
};

Awaitable<> end(std::shared_ptr<telegram::Client> client, std::string how) {
  if (!client->open()) co_return;
  Json function{{"@type", std::move(how)}};
  const auto ended = co_await client->request(std::move(function), kCloseDeadline);
  if (!ended) spdlog::debug("bot: the client did not end cleanly: {}", ended.error().message);
}

Awaitable<Result<Outcome>> log_in(Opening opening, SessionOptions options) {
  auto state = co_await opening.watch->wait_authorization(options.deadline);
  if (!state) co_return fail(Errc::timeout, words::start_timeout);
  if (*state == "authorizationStateClosed") co_return Outcome::again;
  if (*state != "authorizationStateReady") {
    Json check{{"@type", "checkAuthenticationBotToken"}, {"token", options.token.reveal()}};
    const auto checked = co_await opening.client->request(std::move(check), options.deadline);
    if (!checked) co_return std::unexpected(start_error(checked.error()));
  }
  const auto online = co_await opening.watch->wait_online(options.deadline);
  if (online) co_return Outcome::ready;
  if (online.error().code == Errc::login_needed) co_return Outcome::again;
  co_return fail(Errc::timeout, words::start_timeout);
}

Awaitable<Result<Outcome>> identify(Opening opening, SessionOptions options, Session* session) {
  Json get{{"@type", "getMe"}};
  const auto me = co_await opening.client->request(std::move(get), options.deadline);
  if (!me) co_return std::unexpected(start_error(me.error()));
  const auto user = telegram::parse_user(*me);
  if (user.id != bot_id_of(options.token)) {
    spdlog::info("bot: the stored session is another bot's; logging in with the token");
    co_await end(opening.client, "logOut");
    co_return Outcome::again;
  }
  // Only memory depends on it, so an error changes nothing.
  Json forget{{"@type", "setOption"},
              {"name", "message_unload_delay"},
              {"value", {{"@type", "optionValueInteger"}, {"value", kForgetMessages.count()}}}};
  static_cast<void>(co_await opening.client->request(std::move(forget), options.deadline));
  *session = Session{opening.client, opening.tracker, user.id, user.username};
  co_return Outcome::ready;
}

Awaitable<Result<Outcome>> attempt(Opening opening, SessionOptions options, Session* session) {
  auto opened = co_await telegram::open_client(opening.client, options.client, options.folder,
                                               options.database_key);
  if (!opened) {
    if (opened.error().code == 401 && opened.error().message == telegram::kWrongKey) {
      co_return fail(Errc::configuration, words::bot_wrong_key);
    }
    co_return std::unexpected(start_error(opened.error()));
  }
  auto logged_in = co_await log_in(opening, options);
  if (!logged_in || *logged_in == Outcome::again) co_return logged_in;
  co_return co_await identify(opening, options, session);
}

}  // namespace

UserId bot_id_of(const Secret& token) {
  const std::string& text = token.reveal();
  const auto colon = text.find(':');
  UserId id = 0;
  if (colon == std::string::npos) return 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + colon, id);
  return error == std::errc{} && end == text.data() + colon ? id : 0;
}

Awaitable<Result<Session>> open_session(telegram::ClientFactory* factory, SessionOptions options,
                                        telegram::UpdateHandler on_update) {
  for (int i = 0; i < 2; ++i) {
    Opening opening;
    // The first updates come after create() has returned, through the executor.
    auto tracker = std::make_shared<std::weak_ptr<telegram::SendTracker>>();
    telegram::UpdateHandler handler = [watch = opening.watch, tracker,
                                       on_update](const Json& update) {
      watch->observe(update);
      if (const auto sends = tracker->lock()) sends->observe(update);
      on_update(update);
    };
    opening.client = factory->create(std::move(handler));
    opening.tracker = std::make_shared<telegram::SendTracker>(opening.client);
    *tracker = opening.tracker;
    Session session;
    auto outcome = co_await attempt(opening, options, &session);
    if (outcome && *outcome == Outcome::ready) co_return session;
    co_await end(opening.client, "close");
    if (!outcome) co_return std::unexpected(outcome.error());
  }
  co_return fail(Errc::configuration, words::session_lost_twice);
}

}  // namespace tgpanel::bot
