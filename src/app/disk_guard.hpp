#pragma once
// Looks at the disk of the data folder again and again, before and while the panel runs.

#include "app/disk_rule.hpp"
#include "base/async.hpp"
#include "base/time.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <filesystem>
#include <functional>
#include <memory>

namespace tgpanel::storage {
class Database;
}

namespace tgpanel::app {

/// While the panel runs. Executor: the domain's; the disk itself is waited for on the database's
/// thread.
class DiskGuard {
 public:
  using OnChange = std::function<void(Disk now, const DiskLook& look)>;

  /// Looks from start() on, at once and `every` so often. `database` must outlive it.
  DiskGuard(const Executor& executor, storage::Database& database, std::filesystem::path folder,
            Millis every, OnChange on_change);
  DiskGuard(const DiskGuard&) = delete;
  DiskGuard& operator=(const DiskGuard&) = delete;
  ~DiskGuard();

  void start();
  void stop();

  [[nodiscard]] Disk state() const;

 private:
  struct Watch;
  std::shared_ptr<Watch> watch_;
};

/// How a start went that may have had to wait.
enum class DiskWait : std::uint8_t { none, waited, interrupted };

/// Before anything is opened: runs `io` until the disk takes writes and has room. A disk that will
/// not have them by itself (read-only, no rights) is waited for only with `any_trouble`; else what
/// is opened next says it better. interrupted: a signal came first.
DiskWait wait_for_disk(asio::io_context& io, asio::signal_set& signals,
                       const std::filesystem::path& folder, Millis every, bool any_trouble);

}  // namespace tgpanel::app
