#include "app/data_lock.hpp"

#include "base/descriptor.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace tgpanel::app {

Result<DataLock> DataLock::acquire(const std::filesystem::path& folder) {
  const auto file = folder / "lock";
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    return fail(Errc::storage, fmt::format("the lock {} cannot be opened: {}", file.string(),
                                           std::system_category().message(errno)));
  }
  DataLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return fail(Errc::storage, fmt::format("the folder {} cannot be locked: {}", folder.string(),
                                             std::system_category().message(errno)));
    }
    const auto pid = read_file(file, 64).value_or("");
    return fail(
        Errc::busy,
        fmt::format("the data folder {} is in use by another process (pid {}); stop that one "
                    "first, or choose another folder with TGPANEL_DATA_DIR",
                    folder.string(), pid.empty() ? "not known" : trim(pid)));
  }
  // A full disk may refuse the number: then a second start says less, and is refused all the same.
  const auto pid = fmt::format("{}\n", ::getpid());
  if (::pwrite(fd, pid.data(), pid.size(), 0) < 0 ||
      ::ftruncate(fd, static_cast<::off_t>(pid.size())) != 0) {
    const int error = errno;
    static_cast<void>(!::ftruncate(fd, 0));  // rather none than an earlier one
    spdlog::warn("the lock {} cannot be written: {}", file.string(),
                 std::system_category().message(error));
  }
  return lock;
}

bool DataLock::is_held(const std::filesystem::path& folder) {
  const Descriptor file(folder / "lock", O_RDONLY | O_NOFOLLOW);
  return file && ::flock(file.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

DataLock::DataLock(DataLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

DataLock& DataLock::operator=(DataLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

DataLock::~DataLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace tgpanel::app
