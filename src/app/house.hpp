#pragma once
// The ground every command that touches the data folder stands on: lock, key, database, library.

#include "accounts/manager.hpp"
#include "app/data_lock.hpp"
#include "app/settings.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "storage/database.hpp"
#include "storage/keyring.hpp"
#include "telegram/hub.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>

namespace tgpanel::app {

/// Opened in this order and released in the opposite one. The io_context is the executor of the
/// whole domain.
class House {
 public:
  /// busy: another process holds the folder. configuration: key or library. storage: disk.
  static Result<std::unique_ptr<House>> open(asio::io_context& io, const Settings& settings);
  House(const House&) = delete;
  House& operator=(const House&) = delete;
  ~House();

  [[nodiscard]] storage::Database& database() { return *database_; }

  [[nodiscard]] storage::Keyring& keyring() { return keyring_; }

  [[nodiscard]] telegram::Hub& hub() { return *hub_; }

  [[nodiscard]] accounts::Manager& accounts() { return *accounts_; }

  [[nodiscard]] const Clock& clock() const { return clock_; }

  [[nodiscard]] const telegram::ClientSettings& client() const { return client_; }

 private:
  House(DataLock lock, storage::Keyring keyring, std::unique_ptr<storage::Database> database);

  DataLock lock_;
  SystemClock clock_;
  storage::Keyring keyring_;
  std::unique_ptr<storage::Database> database_;
  telegram::ClientSettings client_;
  std::unique_ptr<telegram::Hub> hub_;
  std::unique_ptr<accounts::Manager> accounts_;
};

}  // namespace tgpanel::app
