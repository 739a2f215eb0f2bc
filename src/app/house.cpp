#include "app/house.hpp"

#include "app/library_place.hpp"
#include "base/files.hpp"
#include "telegram/library.hpp"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::app {

namespace {

constexpr int kTdlibErrors = 1;
constexpr int kTdlibWarnings = 2;

Result<std::unique_ptr<telegram::TdJson>> load_tdlib(const Settings& settings) {
  const auto place = find_library(settings.tdjson, default_library_places());
  if (!place) return std::unexpected(place.error());
  const bool verbose = settings.log_level == "debug" || settings.log_level == "trace";
  auto library = telegram::load_library(place->file, place->expected_sha256,
                                        verbose ? kTdlibWarnings : kTdlibErrors);
  if (!library && settings.tdjson) {
    library.error().message = "TGPANEL_TDJSON: " + library.error().message;
  }
  return library;
}

}  // namespace

House::House(DataLock lock, storage::Keyring keyring, std::unique_ptr<storage::Database> database)
    : lock_(std::move(lock)), keyring_(std::move(keyring)), database_(std::move(database)) {}

House::~House() = default;

Result<std::unique_ptr<House>> House::open(asio::io_context& io, const Settings& settings) {
  if (auto made = make_private_folder(settings.data_dir); !made) {
    return std::unexpected(made.error());
  }
  auto lock = DataLock::acquire(settings.data_dir);
  if (!lock) return std::unexpected(lock.error());

  const auto file = settings.data_dir / "panel.db";
  auto keyring = storage::Keyring::open({.data_dir = settings.data_dir,
                                         .key_file = settings.key_file,
                                         .passphrase_file = settings.passphrase_file,
                                         .credentials_dir = settings.credentials_dir,
                                         .config_dir = settings.config_dir,
                                         .has_sessions = std::filesystem::exists(file)});
  if (!keyring) return std::unexpected(keyring.error());
  if (keyring->created()) {
    fmt::print(stderr,
               "tgpanel: a master key was made: {}\n"
               "         Keep a copy of it in a safe place: losing it loses all sessions.\n",
               keyring->created()->string());
  }
  auto library = load_tdlib(settings);
  if (!library) return std::unexpected(library.error());
  auto database = storage::Database::open(file, io.get_executor());
  if (!database) return std::unexpected(database.error());

  std::unique_ptr<House> house(  // the constructor is private
      new House(std::move(*lock), std::move(*keyring), std::move(*database)));
  house->client_ = {.api_id = settings.api_id,
                    .api_hash = settings.api_hash,
                    .proxy = settings.proxy,
                    .test_dc = settings.test_dc,
                    .version = TGPANEL_VERSION};
  if (settings.proxy) {
    spdlog::info("every client goes through the proxy {}:{}", settings.proxy->server,
                 settings.proxy->port);
  }
  house->hub_ = std::make_unique<telegram::Hub>(io.get_executor(), std::move(*library));
  house->accounts_ = std::make_unique<accounts::Manager>(
      io.get_executor(), *house->hub_, *house->database_, house->keyring_, house->clock_,
      accounts::ManagerOptions{.folder = settings.data_dir, .client = house->client_});
  return house;
}

}  // namespace tgpanel::app
