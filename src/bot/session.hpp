#pragma once
// The bot's TDLib client, logged in and delivering updates.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "telegram/client.hpp"
#include "telegram/open_client.hpp"
#include "telegram/send_tracker.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace tgpanel::bot {

struct SessionOptions {
  telegram::ClientSettings client;
  std::filesystem::path folder;
  Secret database_key;
  Secret token;
  Millis deadline{90'000};  // for each stage
};

struct Session {
  std::shared_ptr<telegram::Client> client;
  std::shared_ptr<telegram::SendTracker> tracker;
  UserId bot_id = 0;
  std::string username;
};

/// Opens the folder and logs in with the token where that is needed: also when Telegram has ended
/// the stored session, or when it belongs to another bot. Returns once updates are delivered.
/// `on_update` gets every update from the first on. Fails with configuration (token refused, key
/// wrong), flood_wait or timeout; the client is closed then. `factory` outlives the session.
Awaitable<Result<Session>> open_session(telegram::ClientFactory* factory, SessionOptions options,
                                        telegram::UpdateHandler on_update);

/// The user id in front of the colon of a bot token; 0: it has none.
[[nodiscard]] UserId bot_id_of(const Secret& token);

}  // namespace tgpanel::bot
