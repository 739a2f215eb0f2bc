#include "support/folder_watch.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace support {

namespace fs = std::filesystem;

namespace {

class Watch {
 public:
  explicit Watch(const fs::path& folder) : fd_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    constexpr std::uint32_t kEvents = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO;
    if (fd_ < 0 || ::inotify_add_watch(fd_, folder.c_str(), kEvents) < 0) {
      throw std::runtime_error(fmt::format("{} cannot be watched", folder.string()));
    }
  }

  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  ~Watch() { ::close(fd_); }

  /// False at the deadline.
  [[nodiscard]] bool wait(std::chrono::milliseconds left) const {
    pollfd ready{fd_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) return false;
    std::array<char, 4096> events{};
    return ::read(fd_, events.data(), events.size()) > 0;
  }

 private:
  int fd_;
};

}  // namespace

std::size_t entries(const fs::path& folder) {
  if (!fs::exists(folder)) return 0;
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

void wait_entries(const fs::path& folder, std::size_t count, std::chrono::milliseconds deadline) {
  const auto until = std::chrono::steady_clock::now() + deadline;
  const Watch watch(folder);
  while (entries(folder) != count) {
    const auto left = until - std::chrono::steady_clock::now();
    if (watch.wait(std::chrono::duration_cast<std::chrono::milliseconds>(left))) continue;
    throw std::runtime_error(fmt::format("{} has {} entries, not {}, after {} ms", folder.string(),
                                         entries(folder), count, deadline.count()));
  }
}

}  // namespace support
