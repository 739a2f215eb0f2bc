#pragma once
// What every command that touches accounts stands on, opened in order and closed in reverse.

#include "app/data_lock.hpp"
#include "app/settings.hpp"
#include "base/async.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "storage/keyring.hpp"
#include "telegram/open_client.hpp"

#include <memory>

namespace tgpanel::accounts {
class Manager;
}

namespace tgpanel::storage {
class Database;
}

namespace tgpanel::telegram {
class Hub;
}

namespace tgpanel::app {

/// The lock on the data folder, the master key, the database, TDLib and the accounts. Executor: the
/// domain's.
class Foundation {
 public:
  /// busy: another process has the data folder. configuration: library or master key. storage: the
  /// folder or the database.
  static Result<std::unique_ptr<Foundation>> open(const Settings& settings,
                                                  const Executor& executor);
  /// The same, with the lock that lock_data_folder() gave.
  static Result<std::unique_ptr<Foundation>> open(const Settings& settings,
                                                  const Executor& executor, DataLock lock);
  Foundation(const Foundation&) = delete;
  Foundation& operator=(const Foundation&) = delete;
  /// The manager's stop() must have returned, if it was started.
  ~Foundation();

  [[nodiscard]] const Clock& clock() const { return clock_; }

  [[nodiscard]] storage::Keyring& keyring() { return keyring_; }

  [[nodiscard]] storage::Database& database() { return *database_; }

  [[nodiscard]] telegram::Hub& hub() { return *hub_; }

  [[nodiscard]] accounts::Manager& manager() { return *manager_; }

 private:
  Foundation(DataLock lock, storage::Keyring keyring);

  DataLock lock_;
  SystemClock clock_;
  storage::Keyring keyring_;
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<telegram::Hub> hub_;
  std::unique_ptr<accounts::Manager> manager_;
};

/// Makes the data folder if needed, and locks it. busy, storage.
Result<DataLock> lock_data_folder(const Settings& settings);

/// What all TDLib clients share.
[[nodiscard]] telegram::ClientSettings client_settings(const Settings& settings);

/// Where the settings say that the master key may come from.
[[nodiscard]] storage::KeySources key_sources(const Settings& settings);

/// The master key, by the settings; says where it was created, if it was.
Result<storage::Keyring> open_keyring(const Settings& settings);

/// <data>/panel.db
[[nodiscard]] std::filesystem::path database_file(const Settings& settings);

}  // namespace tgpanel::app
