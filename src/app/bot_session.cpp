#include "app/bot_session.hpp"

#include "base/files.hpp"
#include "storage/keyring.hpp"

#include <string>
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

}  // namespace tgpanel::app
