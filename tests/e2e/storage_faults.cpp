// Preloaded into the panel: writes below the data folder fail as a test's control file says. That
// file (STORAGE_FAULTS) holds lines "<error> <part of a path>", with ENOSPC, EIO or EROFS, and
// "FREE <bytes>", which is what the disk then claims to have. Without the file nothing fails.
// EROFS refuses opening for writing as well.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

using Text = std::array<char, 4'096>;

/// The control file; empty where there is none.
std::string_view orders(Text& buffer) {
  static const char* const kFile = std::getenv("STORAGE_FAULTS");
  if (kFile == nullptr) return {};
  const long fd = ::syscall(SYS_openat, AT_FDCWD, kFile, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  const long size = ::syscall(SYS_read, fd, buffer.data(), buffer.size());
  ::syscall(SYS_close, fd);
  return {buffer.data(), static_cast<std::size_t>(size > 0 ? size : 0)};
}

/// What follows `word` in the first line that begins with it and whose rest `fits`.
template <class Fits>
bool ordered(std::string_view text, std::string_view word, Fits fits) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    if (line.starts_with(word) && line.size() > word.size() + 1 &&
        fits(line.substr(word.size() + 1))) {
      return true;
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return false;
}

int fault_of(std::string_view path, bool opening) {
  Text buffer{};
  const auto text = orders(buffer);
  if (text.empty()) return 0;
  const auto fits = [path](std::string_view part) {
    return path.find(part) != std::string_view::npos;
  };
  if (ordered(text, "EROFS", fits)) return EROFS;
  if (opening) return 0;
  if (ordered(text, "ENOSPC", fits)) return ENOSPC;
  return ordered(text, "EIO", fits) ? EIO : 0;
}

/// Whether a write to this descriptor fails; sets errno then.
bool fails(int fd) {
  std::array<char, 64> link{};
  Text path;
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
  const auto size = ::readlink(link.data(), path.data(), path.size());
  if (size <= 0) return false;
  const int fault = fault_of({path.data(), static_cast<std::size_t>(size)}, false);
  if (fault != 0) errno = fault;
  return fault != 0;
}

bool opening_fails(const char* path, int flags) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
  if (!writes || path == nullptr) return false;
  const int fault = fault_of(path, true);
  if (fault != 0) errno = fault;
  return fault != 0;
}

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

template <class Status>
int claim(Status* status) {
  Text buffer{};
  ordered(orders(buffer), "FREE", [status](std::string_view digits) {
    std::uint64_t bytes = 0;
    std::from_chars(digits.begin(), digits.end(), bytes);
    status->f_bavail = bytes / (status->f_frsize == 0 ? 1 : status->f_frsize);
    return true;
  });
  return 0;
}

mode_t mode_of(int flags, va_list rest) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* data, std::size_t size) {
  static const auto kReal = real<decltype(&write)>("write");
  return fails(fd) ? -1 : kReal(fd, data, size);
}

ssize_t pwrite(int fd, const void* data, std::size_t size, off_t at) {
  static const auto kReal = real<decltype(&pwrite)>("pwrite");
  return fails(fd) ? -1 : kReal(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void* data, std::size_t size, off64_t at) {
  static const auto kReal = real<decltype(&pwrite64)>("pwrite64");
  return fails(fd) ? -1 : kReal(fd, data, size, at);
}

ssize_t writev(int fd, const iovec* parts, int count) {
  static const auto kReal = real<decltype(&writev)>("writev");
  return fails(fd) ? -1 : kReal(fd, parts, count);
}

int fsync(int fd) {
  static const auto kReal = real<decltype(&fsync)>("fsync");
  return fails(fd) ? -1 : kReal(fd);
}

int fdatasync(int fd) {
  static const auto kReal = real<decltype(&fdatasync)>("fdatasync");
  return fails(fd) ? -1 : kReal(fd);
}

int ftruncate(int fd, off_t size) noexcept {
  static const auto kReal = real<int (*)(int, off_t)>("ftruncate");
  return fails(fd) ? -1 : kReal(fd, size);
}

int ftruncate64(int fd, off64_t size) noexcept {
  static const auto kReal = real<int (*)(int, off64_t)>("ftruncate64");
  return fails(fd) ? -1 : kReal(fd, size);
}

int posix_fallocate(int fd, off_t at, off_t size) {
  static const auto kReal = real<decltype(&posix_fallocate)>("posix_fallocate");
  return fails(fd) ? errno : kReal(fd, at, size);
}

int open(const char* path, int flags, ...) {
  static const auto kReal = real<int (*)(const char*, int, ...)>("open");
  va_list rest;
  va_start(rest, flags);
  const auto mode = mode_of(flags, rest);
  va_end(rest);
  return opening_fails(path, flags) ? -1 : kReal(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  static const auto kReal = real<int (*)(const char*, int, ...)>("open64");
  va_list rest;
  va_start(rest, flags);
  const auto mode = mode_of(flags, rest);
  va_end(rest);
  return opening_fails(path, flags) ? -1 : kReal(path, flags, mode);
}

int statvfs(const char* path, struct statvfs* status) noexcept {
  static const auto kReal = real<int (*)(const char*, struct statvfs*)>("statvfs");
  return kReal(path, status) != 0 ? -1 : claim(status);
}

}  // extern "C"
