#include "accounts/account_session.hpp"

#include "accounts/deadlines.hpp"
#include "accounts/tasks.hpp"
#include "base/crash_point.hpp"
#include "base/text.hpp"
#include "telegram/td_types.hpp"

#include <spdlog/spdlog.h>

#include <array>
#include <utility>

namespace tgpanel::accounts {

namespace {

constexpr Millis kLogOutDeadline{60'000};
constexpr int kChatsPerCall = 200;

Freeze freeze_of(const Json& update) {
  Freeze freeze;
  const auto on = update.find("is_frozen");
  if (on == update.end() || !on->is_boolean() || !on->get<bool>()) return freeze;
  const auto time = [&](const char* field) {
    return from_unix_ms(telegram::int_field(update, field) * 1000);
  };
  freeze.on = true;
  freeze.since = time("freezing_date");
  freeze.until = time("deletion_date");
  freeze.appeal = telegram::string_field(update, "appeal_link");
  return freeze;
}

}  // namespace

AccountSession::AccountSession(Executor executor, const Clock& clock, AccountHost& host,
                               Account account, Millis patience)
    : executor_(std::move(executor)),
      clock_(clock),
      host_(host),
      patience_(patience),
      outage_timer_(executor_),
      account_(std::move(account)),
      machine_(account_.state, account_.reason),
      reopen_timer_(executor_) {}

AccountSession::~AccountSession() {
  if (client_.slot) client_.slot->handler = nullptr;
}

std::shared_ptr<telegram::Client> AccountSession::client() const {
  if (account_.state != AccountState::active || machine_.reopening()) return nullptr;
  return watched_;
}

bool AccountSession::idle() const {
  const bool connected = client() != nullptr && machine_.online();
  return connected && watched_.use_count() == 1 && watched_->calls_under_way() == 0;
}

std::size_t AccountSession::messages() const {
  return watched_ ? watched_->messages() : 0;
}

void AccountSession::listen() {
  opened_ = clock_.now();
  chats_ = 0;
  const auto weak = weak_from_this();
  client_.slot->handler = [weak](const Json& update) {
    if (const auto self = weak.lock()) self->on_update(update);
  };
  watched_ =
      std::make_shared<WatchedClient>(client_.client, [weak](const telegram::TdError& error) {
        if (const auto self = weak.lock()) self->feed(link::CallFailed{error});
      });
}

void AccountSession::on_update(const Json& update) {
  const auto type = telegram::type_of(update);
  if (type == "updateAuthorizationState") {
    const Json& state = telegram::object_field(update, "authorization_state");
    feed(link::Authorization{std::string(telegram::type_of(state))});
  } else if (type == "updateConnectionState") {
    feed(link::Connection{client_.slot->online, client_.slot->reached});
  }
  if (type == "updateNewMessage") watched_->saw(telegram::object_field(update, "message"));
  if (type == "updateNewChat") ++chats_;
  if (type == "updateFreezeState") host_.account_frozen(account_.id, freeze_of(update));
  host_.account_update(account_.id, update);
}

void AccountSession::feed(const link::Event& event) {
  for (const auto& effect : machine_.step(event)) perform(effect);
}

void AccountSession::perform(const link::Effect& effect) {
  if (const auto* changed = std::get_if<link::StateChanged>(&effect)) {
    account_.state = machine_.state();
    account_.reason = machine_.reason();
    account_.since = clock_.now() - (changed->outage ? patience_ : Millis{0});
    host_.account_changed(account_);
  } else if (const auto* watch = std::get_if<link::WatchOutage>(&effect)) {
    watch_outage(watch->number);
  } else if (std::holds_alternative<link::ReadProfile>(effect)) {
    launch(executor_, read_profile(shared_from_this()));
  } else if (const auto* load = std::get_if<link::LoadChats>(&effect)) {
    launch(executor_, load_chats(shared_from_this(), load->after));
  } else if (std::holds_alternative<link::Ready>(effect)) {
    host_.account_ready(account_.id);
  } else if (std::holds_alternative<link::CloseClient>(effect)) {
    launch(executor_, close_client(client_.client, kCloseDeadline));
  } else if (std::holds_alternative<link::LogOut>(effect)) {
    launch(executor_, log_out(shared_from_this()));
  } else if (const auto* gone = std::get_if<link::SessionGone>(&effect)) {
    host_.session_gone(account_.id, gone->asked);
  }
}

Awaitable<> AccountSession::open(telegram::ClientFactory& factory,
                                 telegram::ClientSettings settings, std::filesystem::path folder,
                                 Secret key) {
  client_ = make_slotted_client(factory);
  listen();
  closing_ = false;
  feed(link::Opening{});
  return open_client(shared_from_this(), std::move(settings), std::move(folder), std::move(key));
}

Awaitable<> AccountSession::open_client(Self self, telegram::ClientSettings settings,
                                        std::filesystem::path folder, Secret key) {
  auto client = self->client_.client;
  auto opened = co_await telegram::open_client(std::move(client), std::move(settings),
                                               std::move(folder), std::move(key));
  if (!opened) self->feed(link::OpenFailed{std::move(opened.error())});
}

bool AccountSession::begin_reopening() {
  feed(link::Reopening{});
  if (machine_.reopening()) outage_timer_.cancel();
  return machine_.reopening();
}

void AccountSession::watch_reopening() {
  reopen_timer_.expires_after(patience_);
  reopen_timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (self && !error) self->feed(link::ReopeningLasts{});
  });
}

Awaitable<> AccountSession::reopen(Self self, telegram::ClientFactory* factory,
                                   telegram::ClientSettings settings, std::filesystem::path folder,
                                   Secret key) {
  self->watch_reopening();
  // Not before it is closed: until then TDLib has the folder.
  while (self->reopening() && self->has_client()) {
    auto client = self->client_.client;
    co_await close_client(std::move(client), kCloseDeadline);
  }
  if (!self->reopening()) co_return;
  crash_point("account.closed_to_reopen");
  self->client_.slot->handler = nullptr;
  co_await self->open(*factory, std::move(settings), std::move(folder), std::move(key));
}

void AccountSession::cannot_open(AccountState state, Sentence reason) {
  feed(link::CannotOpen{state, std::move(reason)});
}

void AccountSession::take_over(SlottedClient client, Account account, bool stopping) {
  account.labels = std::move(account_.labels);
  account.excluded = account_.excluded;
  account.limit = account_.limit;
  account.freeze = account_.freeze;
  account.known_groups = account_.known_groups;
  account_ = std::move(account);
  machine_ = AccountMachine(account_.state, account_.reason);
  client_ = std::move(client);
  closing_ = stopping;
  if (stopping) feed(link::Stopping{});
  listen();
  // What the login has seen already.
  host_.account_frozen(account_.id, freeze_of(client_.slot->freeze));
  if (client_.client->open()) {
    feed(link::Authorization{"authorizationStateReady"});
    feed(link::Connection{client_.slot->online, client_.slot->reached});
  } else {
    feed(link::Authorization{"authorizationStateClosed"});
  }
}

Awaitable<> AccountSession::read_profile(Self self) {
  auto client = self->watched_;
  Json get_me = {{"@type", "getMe"}};
  const auto me = co_await client->request(std::move(get_me), kOfflineDeadline);
  if (!me) {
    self->feed(link::ProfileFailed{});
    co_return;
  }
  const auto user = telegram::parse_user(*me);
  auto& account = self->account_;
  auto phone = user.phone.empty() ? account.masked_phone : mask_phone(user.phone);
  if (user.name != account.name || user.username != account.username ||
      phone != account.masked_phone) {
    account.name = user.name;
    account.username = user.username;
    account.masked_phone = std::move(phone);
    self->host_.profile_changed(account);
  }
  self->feed(link::ProfileRead{});
}

Awaitable<> AccountSession::load_chats(Self self, Millis after) {
  if (after > Millis{0}) co_await pause(self->executor_, after);
  auto client = self->watched_;
  if (!client->open()) co_return;
  constexpr std::array<const char*, 2> kLists{"chatListMain", "chatListArchive"};
  for (const char* const name : kLists) {
    while (true) {
      Json list = {{"@type", name}};
      Json load = {{"@type", "loadChats"}, {"chat_list", list}, {"limit", kChatsPerCall}};
      const auto loaded = co_await client->request(std::move(load), telegram::kDefaultDeadline);
      if (loaded) continue;
      if (loaded.error().code == telegram::TdError::kNotFound) break;  // there are no more
      if (self->closing_ || !client->open()) co_return;
      spdlog::warn("account {}: its chats could not be loaded: {}", self->account_.id,
                   loaded.error().message);
      self->feed(link::ChatsFailed{loaded.error()});
      co_return;
    }
  }
  if (!self->closing_) self->feed(link::ChatsLoaded{});
}

void AccountSession::watch_outage(int number) {
  outage_timer_.expires_after(patience_);
  outage_timer_.async_wait(
      [weak = weak_from_this(), number](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (self && !error) self->feed(link::OutageLasts{number});
      });
}

Awaitable<> AccountSession::close_client(std::shared_ptr<telegram::Client> client, Millis bound) {
  if (!client || !client->open()) co_return;
  Json close = {{"@type", "close"}};
  co_await client->request(std::move(close), bound);
}

Awaitable<> AccountSession::log_out(Self self) {
  auto client = self->client_.client;
  Json function = {{"@type", "logOut"}};
  const auto done = co_await client->request(std::move(function), kLogOutDeadline);
  // Without an answer it goes on: the closed client tells of its end.
  if (!done) spdlog::info("account {}: log out: {}", self->account_.id, done.error().message);
}

Awaitable<> AccountSession::switch_off(Millis bound) {
  closing_ = true;
  outage_timer_.cancel();
  reopen_timer_.cancel();
  feed(link::SwitchedOff{});
  return close_client(client_.client, bound);
}

void AccountSession::switch_on_unopened() {
  feed(link::Opening{});
}

void AccountSession::begin_deletion() {
  feed(link::Deleting{});
}

Awaitable<> AccountSession::close(Millis bound) {
  closing_ = true;
  outage_timer_.cancel();
  reopen_timer_.cancel();
  feed(link::Stopping{});
  return close_client(client_.client, bound);
}

}  // namespace tgpanel::accounts
