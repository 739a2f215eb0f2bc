#pragma once
// The Telegram bot: what admins see, and where alerts go.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/language.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/sentence.hpp"
#include "base/time.hpp"
#include "bot/kept_waits.hpp"
#include "bot/rates.hpp"
#include "monitor/alert_sink.hpp"
#include "telegram/client.hpp"
#include "telegram/open_client.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace tgpanel::panel {
class Panel;
}

namespace tgpanel::bot {

/// Where alerts go: nowhere (CHANNEL_ID=none), a chat id, or a public name without @.
using Channel = std::variant<std::monostate, ChatId, std::string>;

struct BotOptions {
  telegram::ClientSettings client;
  std::filesystem::path folder;  // the bot's own; TDLib's database and pictures under way
  Secret database_key;           // 32 bytes, unwrapped
  Secret token;                  // BOT_TOKEN
  std::vector<UserId> admins;    // ADMIN_ID
  Channel channel;               // CHANNEL_ID
  Rates rates;
  std::string time_zone{};           // TGPANEL_TZ, for times that people read
  Language language = Language::en;  // TGPANEL_LANG: of alerts, and of admins without their own
  /// An admin's language now; empty: `language` for all.
  std::function<Language(UserId)> language_of{};
  Millis start_deadline{90'000};  // for each stage of start()
  KeptWaits waits{};
};

/// Logs in with the token, shows the menus to admins, sends alerts. Nothing is answered to anybody
/// else. Executor: all members on the domain's. `factory` and `clock` outlive it; the Panel given
/// to start() must live until stop() has returned.
class Bot final : public monitor::AlertSink {
 public:
  Bot(const Executor& executor, telegram::ClientFactory& factory, const Clock& clock,
      BotOptions options);
  /// stop() must have returned, unless start() was never called or failed.
  ~Bot() override;

  /// Opens the client and returns once updates are delivered to it and the channel was found to
  /// accept its posts. Fails with configuration (token refused, channel not usable) or timeout; the
  /// message is a plain sentence without the token, and the client is closed again.
  /// Does not touch the panel before serve().
  Awaitable<Result<void>> start();

  /// Begins to answer admins; tells them the panel's recovery notes and shows the cards of jobs
  /// that still run. Updates that came since start() are handled now.
  void serve(panel::Panel& panel);

  /// Tells the recovery notes that came after serve(); before it, nothing.
  void tell_recovery_notes();

  /// Says this to every admin whom the bot can write to; nothing before serve().
  void tell_admins(const Sentence& sentence);

  /// There may be notices of accounts to tell (panel::AccountDesk::notices); before serve(),
  /// nothing.
  void tell_notices();

  /// Ends every conversation (logins in progress are released) and closes the client. At most
  /// `bound`.
  Awaitable<> stop(Millis bound = Millis{4'000});

  Awaitable<Result<MessageId>> newest(MessageId known) override;
  Awaitable<Result<MessageId>> send(monitor::Alert alert) override;
  Awaitable<Result<MessageId>> send_digest(std::vector<monitor::Alert> alerts) override;
  Awaitable<Result<MessageId>> find_sent(AlertId id, MessageId after) override;

  /// The bot's username, without @; known after start().
  [[nodiscard]] const std::string& username() const;
  /// The alert channel's chat id; 0: none. Known after start().
  [[nodiscard]] ChatId channel() const;
  /// The group where the posts of the alert channel are discussed; 0: none. Known after start().
  [[nodiscard]] ChatId discussion() const;
  /// Updates from people who are not admins; nothing was done with them.
  [[nodiscard]] std::uint64_t strangers() const;
  /// Called when the client ends and nobody asked for it (the token was revoked).
  void on_lost(std::function<void(const Error&)> observer);

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tgpanel::bot
