#include "bot/bot.hpp"

#include "base/files.hpp"
#include "base/random.hpp"
#include "bot/admin_chat.hpp"
#include "bot/alerts.hpp"
#include "bot/bytes.hpp"
#include "bot/channel.hpp"
#include "bot/document.hpp"
#include "bot/drawer.hpp"
#include "bot/job_card.hpp"
#include "bot/notices.hpp"
#include "bot/session.hpp"
#include "bot/told.hpp"
#include "panel/panel.hpp"
#include "telegram/td_types.hpp"
#include "words/job_control.hpp"
#include "words/jobs.hpp"
#include "words/menus.hpp"
#include "words/start.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kMostBuffered = 1'000;  // updates between start() and serve()
constexpr std::size_t kJobsLookedAt = 100;    // for those that still run
constexpr std::size_t kPressesKept = 64;

}  // namespace

struct Bot::Impl : std::enable_shared_from_this<Bot::Impl> {
  Impl(const Executor& e, telegram::ClientFactory& f, const Clock& c, BotOptions o)
      : executor(e), factory(f), clock(c), options(std::move(o)), works(e) {}

  static Awaitable<Result<void>> start(std::shared_ptr<Impl> self);
  static Awaitable<> meet_admins(std::shared_ptr<Impl> self);
  static Awaitable<> read_time(std::shared_ptr<Impl> self);
  static Awaitable<> stop(std::shared_ptr<Impl> self, Millis bound);
  void serve(panel::Panel& the_panel);
  void greet();
  void tell_recovery_notes();
  void tell_admins(const Sentence& sentence);

  void on_update(const Json& update);
  void handle(const Json& update);
  void on_message(const Json& json);
  void on_press(const Json& update);
  bool is_new_press(std::int64_t query);

  [[nodiscard]] bool is_admin(UserId user) const {
    return std::ranges::find(options.admins, user) != options.admins.end();
  }

  /// Files and pictures while they are being sent.
  [[nodiscard]] std::filesystem::path outgoing() const { return options.folder / "outgoing"; }

  Executor executor;
  telegram::ClientFactory& factory;
  const Clock& clock;
  BotOptions options;
  Works works;
  std::function<void(const Error&)> lost;

  std::optional<Session> session;
  ChatId channel = 0;
  ChatId discussion = 0;
  std::int64_t started_at = 0;  // Telegram's time at start, Unix seconds
  std::vector<UserId> known_admins;
  std::shared_ptr<Gate> gate;
  std::shared_ptr<Sender> sender;
  std::shared_ptr<Alerts> alerts;

  panel::Panel* panel = nullptr;  // from serve() to stop()
  std::optional<JobCards> cards;
  Drawer drawer;
  std::shared_ptr<Notices> notices;
  std::map<UserId, AdminChat> chats;
  panel::Subscription jobs;
  std::deque<Json> buffered;
  std::deque<std::int64_t> presses;  // the last queries, the oldest first
  std::uint64_t strangers = 0;
  bool stopping = false;
};

Awaitable<Result<void>> Bot::Impl::start(std::shared_ptr<Impl> self) {
  if (auto made = make_private_folder(self->options.folder); !made) co_return made;
  // What a crash has left of what was being sent.
  std::error_code ignored;
  std::filesystem::remove_all(self->outgoing(), ignored);
  if (auto made = make_private_folder(self->outgoing()); !made) co_return made;
  SessionOptions wanted{self->options.client, self->options.folder, self->options.database_key,
                        self->options.token, self->options.start_deadline};
  telegram::UpdateHandler handler = [weak = std::weak_ptr(self)](const Json& update) {
    if (const auto bot = weak.lock()) bot->on_update(update);
  };
  auto opened = co_await open_session(&self->factory, std::move(wanted), std::move(handler));
  if (!opened) co_return std::unexpected(opened.error());
  self->session = std::move(*opened);
  self->gate =
      std::make_shared<Gate>(self->executor, self->clock, self->options.rates, self->options.waits);
  self->sender = std::make_shared<Sender>(self->session->client, self->session->tracker, self->gate,
                                          self->clock, self->options.rates.send_deadline);
  co_await read_time(self);
  co_await meet_admins(self);
  auto found = co_await find_channel(self->session->client, self->options.channel);
  if (!found) {
    co_await stop(self, Millis{4'000});
    co_return std::unexpected(found.error());
  }
  self->channel = *found;
  if (self->channel != 0) {
    self->discussion = co_await find_discussion(self->session->client, self->channel);
    self->alerts = std::make_shared<Alerts>(self->sender, self->channel, self->options.language);
  }
  co_return Result<void>{};
}

Awaitable<> Bot::Impl::read_time(std::shared_ptr<Impl> self) {
  // Telegram's clock, not ours, dates messages.
  Json get{{"@type", "getOption"}, {"name", "unix_time"}};
  const auto time = co_await self->session->client->request(std::move(get));
  if (time) self->started_at = telegram::int_field(*time, "value");
  if (self->started_at == 0) self->started_at = to_unix_ms(self->clock.now()) / 1000;
}

Awaitable<> Bot::Impl::meet_admins(std::shared_ptr<Impl> self) {
  for (const UserId admin : self->options.admins) {
    // A restart forgets every user; a bot may fetch one by the id alone if they ever met. Without
    // that the chat can be created, but nothing can be sent there.
    Json get{{"@type", "getUser"}, {"user_id", admin}};
    auto met = co_await self->session->client->request(std::move(get));
    if (met) {
      Json create{{"@type", "createPrivateChat"}, {"user_id", admin}, {"force", false}};
      met = co_await self->session->client->request(std::move(create));
    }
    if (met) {
      self->known_admins.push_back(admin);
    } else {
      spdlog::warn("bot: cannot write to admin {} ({}): they have to press Start in the bot first",
                   admin, met.error().message);
    }
  }
}

void Bot::Impl::serve(panel::Panel& the_panel) {
  panel = &the_panel;
  const std::function<Language(UserId)> language_of =
      options.language_of ? options.language_of
                          : [language = options.language](UserId) { return language; };
  cards.emplace(the_panel, sender, works, clock, options.rates.card_gap, options.time_zone,
                language_of);
  const Tools tools{the_panel,
                    sender,
                    works,
                    clock,
                    *cards,
                    drawer,
                    [] { return random_below(0xFFFFFFFFU); },
                    outgoing(),
                    options.time_zone,
                    language_of};
  for (const UserId admin : options.admins) chats.try_emplace(admin, tools, admin);
  notices = std::make_shared<Notices>(executor, sender, works, the_panel, known_admins,
                                      options.rates.notice_settle, options.rates.notice_retry,
                                      language_of);
  jobs = the_panel.watch_jobs([this](const jobs::Job& job) { cards->changed(job); });
  greet();
  notices->tell();
  for (const auto& update : std::exchange(buffered, {})) handle(update);
}

void Bot::Impl::tell_recovery_notes() {
  if (panel == nullptr || stopping || known_admins.empty()) return;
  const auto notes = panel->take_recovery_notes();
  if (notes.empty()) return;
  for (const UserId admin : known_admins) {
    auto& chat = chats.at(admin);
    std::string all = say(chat.language(), words::recovery_title);
    for (const auto& note : notes) all += "\n• " + told(chat.language(), note);
    chat.tell(all);
  }
}

void Bot::Impl::tell_admins(const Sentence& sentence) {
  if (panel == nullptr || stopping) return;
  for (const UserId admin : known_admins) {
    auto& chat = chats.at(admin);
    chat.tell(told(chat.language(), sentence));
  }
}

void Bot::Impl::greet() {
  tell_recovery_notes();
  for (const auto& job : panel->recent_jobs(kJobsLookedAt)) {
    const bool reachable = std::ranges::find(known_admins, job.started_by) != known_admins.end();
    if (is_over(job) || !reachable) continue;
    const bool paused = job.state == jobs::JobState::paused;
    auto& chat = chats.at(job.started_by);
    chat.tell(say(chat.language(), paused ? words::job_still_paused : words::job_goes_on, job.id));
    cards->send(job.id, job.started_by);
  }
}

void Bot::Impl::on_update(const Json& update) {
  const auto type = telegram::type_of(update);
  if (type == "updateAuthorizationState") {
    const auto& state = telegram::object_field(update, "authorization_state");
    if (!stopping && session && telegram::type_of(state) == "authorizationStateClosed") {
      spdlog::error("bot: Telegram ended the bot's session");
      if (lost) lost(fail(Errc::login_needed, words::bot_lost).error());
    }
    return;
  }
  if (stopping) return;
  if (panel != nullptr && telegram::came_online(update)) panel->retry_kept_logins();
  if (type != "updateNewMessage" && type != "updateNewCallbackQuery") return;
  if (panel != nullptr) {
    handle(update);
  } else if (buffered.size() < kMostBuffered) {
    buffered.push_back(update);
  }
}

void Bot::Impl::handle(const Json& update) {
  if (telegram::type_of(update) == "updateNewMessage") {
    on_message(telegram::object_field(update, "message"));
  } else {
    on_press(update);
  }
}

void Bot::Impl::on_message(const Json& json) {
  const auto message = telegram::parse_message(json);
  if (message.chat_id == channel && alerts) alerts->saw(message.id);
  if (message.is_outgoing || message.chat_id == channel) return;
  if (!is_admin(message.sender_id) || message.chat_id != message.sender_id) {
    ++strangers;
    return;
  }
  if (notices) notices->saw(message.sender_id, message.id);
  if (std::ranges::find(known_admins, message.sender_id) == known_admins.end()) {
    known_admins.push_back(message.sender_id);  // has pressed Start since
    tell_recovery_notes();
  }
  auto& chat = chats.at(message.sender_id);
  Incoming incoming{message.id, std::nullopt};
  const auto& content = telegram::object_field(json, "content");
  if (telegram::type_of(content) == "messageText") incoming.text = message.text;
  if (telegram::type_of(content) == "messageDocument") incoming.document = attachment_of(content);
  if (message.date < started_at) return chat.on_late_message(incoming);
  chat.on_message(incoming);
}

// A press may come twice: each of TDLib's sessions gets it, also one that only sends a picture.
bool Bot::Impl::is_new_press(std::int64_t query) {
  if (std::ranges::find(presses, query) != presses.end()) return false;
  if (presses.size() == kPressesKept) presses.pop_front();
  presses.push_back(query);
  return true;
}

void Bot::Impl::on_press(const Json& update) {
  const UserId sender_id = telegram::int_field(update, "sender_user_id");
  const ChatId chat = telegram::int_field(update, "chat_id");
  if (!is_admin(sender_id) || (chat != sender_id && chat != channel)) {
    ++strangers;
    return;
  }
  const auto& payload = telegram::object_field(update, "payload");
  const auto data = from_bytes(telegram::string_field(payload, "data")).value_or(std::string());
  const std::int64_t id = telegram::int_field(update, "id");
  if (!is_new_press(id)) return;
  const std::string query = std::to_string(id);
  const MessageId message = telegram::int_field(update, "message_id");
  if (chat != channel) {
    chats.at(sender_id).on_press(query, message, data);
    return;
  }
  const auto parsed = parse_press(data);
  const auto* alert = parsed ? std::get_if<AlertPress>(&*parsed) : nullptr;
  works.start(
      Alerts::press(alerts, panel, query, message, alert == nullptr ? AlertPress{} : *alert));
}

Awaitable<> Bot::Impl::stop(std::shared_ptr<Impl> self, Millis bound) {
  if (self->stopping) co_return;
  self->stopping = true;
  const Instant until = self->clock.now() + bound;
  self->jobs.reset();
  for (auto& [id, chat] : self->chats) chat.close();
  if (self->notices) self->notices->close();
  if (self->gate) self->gate->close();
  co_await self->works.wait(bound / 2);
  self->chats.clear();
  self->panel = nullptr;
  if (!self->session || !self->session->client->open()) co_return;
  Json close{{"@type", "close"}};
  const Millis left = std::max(Millis{200}, until - self->clock.now());
  const auto closed = co_await self->session->client->request(std::move(close), left);
  if (!closed) spdlog::warn("bot: its client did not close: {}", closed.error().message);
}

Bot::Bot(const Executor& executor, telegram::ClientFactory& factory, const Clock& clock,
         BotOptions options)
    : impl_(std::make_shared<Impl>(executor, factory, clock, std::move(options))) {}

Bot::~Bot() = default;

Awaitable<Result<void>> Bot::start() {
  const auto impl = impl_;
  co_return co_await Impl::start(impl);
}

void Bot::serve(panel::Panel& panel) {
  impl_->serve(panel);
}

void Bot::tell_recovery_notes() {
  impl_->tell_recovery_notes();
}

void Bot::tell_admins(const Sentence& sentence) {
  impl_->tell_admins(sentence);
}

void Bot::tell_notices() {
  if (impl_->notices) impl_->notices->tell();
}

Awaitable<> Bot::stop(Millis bound) {
  const auto impl = impl_;
  co_await Impl::stop(impl, bound);
}

Awaitable<Result<MessageId>> Bot::newest(MessageId known) {
  const auto alerts = impl_->alerts;
  if (!alerts) co_return fail(Errc::configuration, words::no_channel);
  co_return co_await alerts->newest(known);
}

Awaitable<Result<MessageId>> Bot::send(monitor::Alert alert) {
  const auto alerts = impl_->alerts;
  if (!alerts) co_return fail(Errc::configuration, words::no_channel);
  co_return co_await alerts->send(alert);
}

Awaitable<Result<MessageId>> Bot::send_digest(std::vector<monitor::Alert> alerts) {
  const auto bot_alerts = impl_->alerts;
  if (!bot_alerts) co_return fail(Errc::configuration, words::no_channel);
  co_return co_await bot_alerts->send_digest(alerts);
}

Awaitable<Result<MessageId>> Bot::find_sent(AlertId id, MessageId after) {
  const auto alerts = impl_->alerts;
  if (!alerts) co_return fail(Errc::configuration, words::no_channel);
  co_return co_await alerts->find_sent(id, after);
}

const std::string& Bot::username() const {
  static const std::string kNone;
  return impl_->session ? impl_->session->username : kNone;
}

ChatId Bot::channel() const {
  return impl_->channel;
}

ChatId Bot::discussion() const {
  return impl_->discussion;
}

std::uint64_t Bot::strangers() const {
  return impl_->strangers;
}

void Bot::on_lost(std::function<void(const Error&)> observer) {
  impl_->lost = std::move(observer);
}

}  // namespace tgpanel::bot
