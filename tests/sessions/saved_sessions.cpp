#include "sessions/saved_sessions.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <exception>
#include <stdexcept>
#include <utility>
#include <variant>

namespace support {

namespace {

using namespace tgpanel;

constexpr int kLoginsAtATime = 10;  // the manager's own limit

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

// Leads one login to its end; answers each step as it comes.
Awaitable<> log_in(SavedSessions* sessions, int number, const People* people) {
  auto login = must(co_await sessions->manager->begin_login());
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer changed(executor, std::chrono::hours(1));
  login->on_step([&changed](const accounts::LoginStep&) { changed.cancel(); });
  while (true) {
    if (std::holds_alternative<accounts::LoggedIn>(login->step())) break;
    if (const auto* failed = std::get_if<accounts::LoginFailed>(&login->step())) {
      throw std::runtime_error(failed->error.message);
    }
    const auto before = login->step().index();
    if (std::holds_alternative<accounts::WaitPhone>(login->step())) {
      std::string phone = "+" + phone_of(number);
      must(co_await login->submit_phone(std::move(phone)));
    } else if (std::holds_alternative<accounts::WaitCode>(login->step())) {
      Secret code(people->code);
      must(co_await login->submit_code(std::move(code)));
    }
    if (login->step().index() != before) continue;
    changed.expires_after(std::chrono::hours(1));
    boost::system::error_code cancelled;  // there is a new step
    co_await changed.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
  login->on_step(nullptr);
}

Awaitable<> log_in_some(SavedSessions* sessions, int lane, const People* people,
                        std::shared_ptr<int> left) {
  for (int number = lane; number < people->count; number += kLoginsAtATime) {
    co_await log_in(sessions, people->first + number, people);
  }
  if (--*left == 0) co_await sessions->manager->stop(Millis{60'000});
}

}  // namespace

std::string phone_of(int number) {
  return fmt::format("1555{:07}", number);
}

SavedSessions::SavedSessions(const SessionPlace& place) {
  spdlog::set_level(spdlog::level::warn);
  storage::KeySources sources;
  sources.data_dir = place.folder;
  sources.key_file = place.key_file;
  if (!place.key_file) sources.config_dir = place.folder.string() + "-key";
  sources.has_sessions = std::filesystem::exists(place.folder / "key.check");
  keyring_.emplace(must(storage::Keyring::open(sources)));
  database_ = must(storage::Database::open(place.folder / "panel.db", context.get_executor()));
  auto library = must(telegram::load_library(place.library, {}, place.td_verbosity));
  hub_ = std::make_unique<telegram::Hub>(context.get_executor(), std::move(library));
  accounts::ManagerOptions options;
  options.folder = place.folder;
  options.client.api_id = 1;
  options.client.api_hash = Secret("0123456789abcdef0123456789abcdef");
  options.client.test_dc = true;
  options.client.proxy =
      must(telegram::parse_proxy(fmt::format("socks5://127.0.0.1:{}", place.socks_port)));
  manager = std::make_unique<accounts::Manager>(context.get_executor(), *hub_, *database_,
                                                *keyring_, clock_, std::move(options));
}

void SavedSessions::spawn(Awaitable<> work) {
  asio::co_spawn(context, std::move(work), [](const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
  });
}

void log_in_all(const SessionPlace& place, const People& people) {
  SavedSessions sessions(place);
  const auto left = std::make_shared<int>(kLoginsAtATime);
  for (int lane = 0; lane < kLoginsAtATime; ++lane) {
    sessions.spawn(log_in_some(&sessions, lane, &people, left));
  }
  sessions.context.run();
}

}  // namespace support
