#pragma once
// The bot's own TDLib folder and its database key.

#include "base/result.hpp"
#include "base/secret.hpp"

#include <filesystem>

namespace tgpanel::storage {
class Keyring;
}

namespace tgpanel::app {

struct BotSession {
  std::filesystem::path folder;
  Secret database_key;
};

/// <data>/bot/<the bot's number>/, its own for each bot, so that another BOT_TOKEN never meets the
/// session of an earlier one. The key is stored beside it, wrapped. configuration: the stored key
/// does not open with the master key. storage: the folder cannot be written.
Result<BotSession> open_bot_session(const std::filesystem::path& data_dir, const Secret& token,
                                    const storage::Keyring& keyring);

/// A session whose file TDLib cannot read (telegram/binlog_check.hpp) is moved beside its place, as
/// session.damaged-<Unix ms>: the bot logs in anew by its token, and nothing is overwritten.
/// storage: it cannot be moved.
Result<void> keep_damaged_aside(const BotSession& session, bool test_dc);

}  // namespace tgpanel::app
