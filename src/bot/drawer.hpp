#pragma once
// Draws pictures beside the executor.

#include "base/async.hpp"
#include "base/result.hpp"
#include "chart/chart.hpp"

#include <boost/asio/thread_pool.hpp>

#include <optional>
#include <string>

namespace tgpanel::bot {

/// A picture takes some 50 ms of processor time, and the first one reads the fonts of the system,
/// which takes seconds where they are not cached (a service without a home): too long for the
/// executor. One at a time, on one thread that begins with the first picture. Executor: the
/// domain's, which must be there as long as the drawer.
class Drawer {
 public:
  Drawer() = default;
  Drawer(const Drawer&) = delete;
  Drawer& operator=(const Drawer&) = delete;
  /// Waits for the picture under way.
  ~Drawer();

  /// See chart::draw.
  Awaitable<Result<std::string>> draw(chart::Chart chart);

 private:
  std::optional<asio::thread_pool> thread_;
};

}  // namespace tgpanel::bot
