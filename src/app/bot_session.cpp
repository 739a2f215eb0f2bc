#include "app/bot_session.hpp"

#include "base/files.hpp"
#include "base/time.hpp"
#include "storage/keyring.hpp"
#include "telegram/binlog_check.hpp"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <string>
#include <system_error>
#include <utility>

namespace tgpanel::app {

Result<BotSession> open_bot_session(const std::filesystem::path& data_dir, const Secret& token,
                                    const storage::Keyring& keyring) {
  // The part before the colon is the bot's user id; it is no secret.
  const auto number = token.reveal().substr(0, token.reveal().find(':'));
  const auto folder = data_dir / "bot" / number;
  if (auto made = make_private_folder(folder); !made) return std::unexpected(made.error());

  const auto key_file = folder / "key";
  auto wrapped = read_file(key_file);
  if (wrapped) {
    auto key = keyring.unwrap(*wrapped);
    if (!key) return std::unexpected(key.error());
    return BotSession{folder / "session", std::move(*key)};
  }
  if (wrapped.error().code != Errc::not_found) return std::unexpected(wrapped.error());
  auto key = storage::Keyring::new_database_key();
  if (auto stored = create_file(key_file, keyring.wrap(key)); !stored)
    return std::unexpected(stored.error());
  return BotSession{folder / "session", std::move(key)};
}

Result<void> keep_damaged_aside(const BotSession& session, bool test_dc) {
  using telegram::SessionFileState;
  if (telegram::check_binlog(session.folder, test_dc, session.database_key) !=
      SessionFileState::damaged) {
    return {};
  }
  auto aside = session.folder;
  aside += fmt::format(".damaged-{}", to_unix_ms(SystemClock{}.now()));
  std::error_code error;
  std::filesystem::rename(session.folder, aside, error);
  if (error) {
    return fail(Errc::storage,
                fmt::format("the bot's session in {} is damaged, and cannot be moved aside: {}",
                            session.folder.string(), error.message()));
  }
  spdlog::warn("the bot's session is damaged; it is kept as {}, and the bot logs in anew",
               aside.filename().string());
  return {};
}

}  // namespace tgpanel::app
