#include "app/disk_look.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace tgpanel::app {

namespace {

constexpr std::size_t kTriedBytes = 4'096;  // a block of its own, so a full disk refuses it

/// errno of the first step that failed; 0: all went well.
int try_to_write(const std::filesystem::path& file) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() is so
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return errno;
  const std::array<char, kTriedBytes> zeros{};
  int error = 0;
  const auto written = ::write(fd, zeros.data(), zeros.size());
  const bool whole = written == static_cast<::ssize_t>(zeros.size());
  if (written < 0 || (whole && ::fsync(fd) != 0)) {
    error = errno;
  } else if (!whole) {
    error = ENOSPC;
  }
  ::close(fd);
  ::unlink(file.c_str());
  return error;
}

}  // namespace

DiskLook look_at_disk(const std::filesystem::path& folder) {
  DiskLook look;
  struct statvfs disk{};
  if (::statvfs(folder.c_str(), &disk) != 0) {
    look.error = errno;
    return look;
  }
  look.free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  look.error = try_to_write(folder / "disk.try");
  return look;
}

}  // namespace tgpanel::app
