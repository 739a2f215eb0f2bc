#include "app/foundation.hpp"

#include "accounts/manager.hpp"
#include "app/library_place.hpp"
#include "app/pace_scale.hpp"
#include "base/files.hpp"
#include "storage/database.hpp"
#include "telegram/hub.hpp"
#include "telegram/library.hpp"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace tgpanel::app {

namespace {

// TDLib's own log: 1 errors, 2 warnings; more would hold what people write.
int library_verbosity(const Settings& settings) {
  return settings.log_level == "trace" || settings.log_level == "debug" ? 2 : 1;
}

std::string_view kind_of(telegram::Proxy::Kind kind) {
  switch (kind) {
    case telegram::Proxy::Kind::socks5:
      return "SOCKS5";
    case telegram::Proxy::Kind::http:
      return "HTTP";
    case telegram::Proxy::Kind::mtproto:
      return "MTProto";
  }
  return "";
}

}  // namespace

telegram::ClientSettings client_settings(const Settings& settings) {
  telegram::ClientSettings client;
  client.api_id = settings.api_id;
  client.api_hash = settings.api_hash;
  client.proxy = settings.proxy;
  client.test_dc = settings.test_dc;
  client.version = TGPANEL_VERSION;
  return client;
}

std::filesystem::path database_file(const Settings& settings) {
  return settings.data_dir / "panel.db";
}

storage::KeySources key_sources(const Settings& settings) {
  std::error_code error;
  storage::KeySources sources;
  sources.data_dir = settings.data_dir;
  sources.key_file = settings.key_file;
  sources.passphrase_file = settings.passphrase_file;
  sources.credentials_dir = settings.credentials_dir;
  sources.config_dir = settings.config_dir;
  sources.has_sessions = std::filesystem::exists(database_file(settings), error);
  return sources;
}

Result<storage::Keyring> open_keyring(const Settings& settings) {
  auto keyring = storage::Keyring::open(key_sources(settings));
  if (keyring && keyring->created()) {
    // Said once in the life of a panel, so whatever the level of the log.
    fmt::print(
        stderr,
        "tgpanel: a new master key was created: {}. It encrypts the sessions: keep a copy of "
        "it in a safe place, apart from the data folder. Whoever loses it loses the "
        "sessions.\n",
        keyring->created()->string());
  }
  return keyring;
}

Result<DataLock> lock_data_folder(const Settings& settings) {
  if (auto made = make_private_folder(settings.data_dir); !made) {
    return std::unexpected(made.error());
  }
  return DataLock::acquire(settings.data_dir);
}

Foundation::Foundation(DataLock lock, storage::Keyring keyring)
    : lock_(std::move(lock)), keyring_(std::move(keyring)) {}

Foundation::~Foundation() = default;

Result<std::unique_ptr<Foundation>> Foundation::open(const Settings& settings,
                                                     const Executor& executor) {
  auto lock = lock_data_folder(settings);
  if (!lock) return std::unexpected(lock.error());
  return open(settings, executor, std::move(*lock));
}

Result<std::unique_ptr<Foundation>> Foundation::open(const Settings& settings,
                                                     const Executor& executor, DataLock lock) {
  const auto places = default_library_places();
  auto place = find_library(settings.tdjson, places);
  if (!place) return std::unexpected(place.error());
  auto library =
      telegram::load_library(place->file, place->expected_sha256, library_verbosity(settings));
  if (!library) return std::unexpected(library.error());

  auto keyring = open_keyring(settings);
  if (!keyring) return std::unexpected(keyring.error());

  // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): the constructor is private
  std::unique_ptr<Foundation> self(new Foundation(std::move(lock), std::move(*keyring)));
  auto database = storage::Database::open(database_file(settings), executor);
  if (!database) return std::unexpected(database.error());
  self->database_ = std::move(*database);
  if (settings.proxy) {
    spdlog::info("Telegram is reached through the {} proxy {}:{}", kind_of(settings.proxy->kind),
                 settings.proxy->server, settings.proxy->port);
  }
  self->hub_ = std::make_unique<telegram::Hub>(executor, std::move(*library));
  accounts::ManagerOptions options;
  options.folder = settings.data_dir;
  options.client = client_settings(settings);
  options.login_patience = login_patience(settings.pace_scale, options.login_patience);
  options.login_deadline = login_deadline(settings.pace_scale);
  options.login_retry = login_retry(settings.pace_scale, options.login_retry);
  options.recycle = recycle_limits(settings.pace_scale, settings.messages_per_chat);
  options.admins = settings.admins;
  self->manager_ = std::make_unique<accounts::Manager>(
      executor, *self->hub_, *self->database_, self->keyring_, self->clock_, std::move(options));
  return self;
}

}  // namespace tgpanel::app
