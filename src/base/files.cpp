#include "base/files.hpp"

#include "base/random.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace tgpanel {

namespace fs = std::filesystem;

namespace {

std::unexpected<Error> system_failure(std::string_view what, const fs::path& path, int error) {
  const Errc code = error == ENOENT   ? Errc::not_found
                    : error == EEXIST ? Errc::exists
                                      : Errc::storage;
  return fail(code,
              fmt::format("{} {}: {}", what, path.string(), std::system_category().message(error)));
}

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags, mode_t mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
  }  // NOLINT(cppcoreguidelines-pro-type-vararg)

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }

  [[nodiscard]] int get() const { return fd_; }

  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const auto written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// The content in a new file beside `file`, on disk; the caller gives it its name.
Result<fs::path> write_beside(const fs::path& file, std::string_view content, unsigned mode) {
  fs::path fresh = file;
  fresh += "." + random_hex(6) + ".new";
  const Descriptor out(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  if (!out) return system_failure("cannot write", file, errno);
  if (!write_all(out.get(), content) || ::fchmod(out.get(), mode) != 0 || ::fsync(out.get()) != 0) {
    const int error = errno;
    ::unlink(fresh.c_str());
    return system_failure("cannot write", file, error);
  }
  return fresh;
}

void sync_folder(const fs::path& file) {
  const auto folder = file.parent_path();
  const Descriptor fd(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
  if (fd) ::fsync(fd.get());
}

}  // namespace

void restrict_umask() {
  ::umask(077);
}

Result<void> make_private_folder(const fs::path& folder) {
  std::error_code error;
  fs::path missing;
  for (const auto& part : fs::absolute(folder, error)) {
    missing /= part;
    if (::mkdir(missing.c_str(), 0700) != 0 && errno != EEXIST && errno != EISDIR) {
      const int code = errno;
      if (fs::is_directory(missing, error)) continue;
      return system_failure("cannot create the folder", missing, code);
    }
  }
  if (!fs::is_directory(folder, error)) {
    return fail(Errc::storage, fmt::format("{} is not a folder", folder.string()));
  }
  if (open_to_others(folder) && ::chmod(folder.c_str(), 0700) != 0) {
    return system_failure("cannot make private the folder", folder, errno);
  }
  return {};
}

Result<std::string> read_file(const fs::path& file, std::size_t limit) {
  // Non-blocking: a pipe in the place of a file must not hold up the start.
  const Descriptor in(file, O_RDONLY | O_NONBLOCK);
  if (!in) return system_failure("cannot read", file, errno);
  struct stat info{};
  if (::fstat(in.get(), &info) != 0) return system_failure("cannot read", file, errno);
  if (!S_ISREG(info.st_mode))
    return fail(Errc::invalid, fmt::format("{} is no regular file", file.string()));

  std::string content;
  while (content.size() <= limit) {
    const auto before = content.size();
    content.resize(std::min(limit + 1, before + 65'536));
    const auto got = ::read(in.get(), content.data() + before, content.size() - before);
    content.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno != EINTR) return system_failure("cannot read", file, errno);
    if (got == 0) return content;
  }
  return fail(Errc::invalid, fmt::format("{} is longer than {} bytes", file.string(), limit));
}

Result<void> write_file_atomically(const fs::path& file, std::string_view content, unsigned mode) {
  auto fresh = write_beside(file, content, mode);
  if (!fresh) return std::unexpected(fresh.error());
  if (::rename(fresh->c_str(), file.c_str()) != 0) {
    const int error = errno;
    ::unlink(fresh->c_str());
    return system_failure("cannot write", file, error);
  }
  sync_folder(file);
  return {};
}

Result<void> create_file(const fs::path& file, std::string_view content, unsigned mode) {
  auto fresh = write_beside(file, content, mode);
  if (!fresh) return std::unexpected(fresh.error());
  // link() does not replace, and what it names is complete already.
  const int linked = ::link(fresh->c_str(), file.c_str());
  const int error = errno;
  ::unlink(fresh->c_str());
  if (linked != 0) return system_failure("cannot create", file, error);
  sync_folder(file);
  return {};
}

bool open_to_others(const fs::path& file) {
  struct stat info{};
  return ::stat(file.c_str(), &info) == 0 && (info.st_mode & 077U) != 0;
}

bool lies_within(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  const auto inner = fs::weakly_canonical(fs::absolute(path, error), error);
  const auto outer = fs::weakly_canonical(fs::absolute(folder, error), error);
  auto [in_outer, in_inner] = std::ranges::mismatch(outer, inner);
  // A trailing slash gives an empty last part.
  return in_outer == outer.end() || (in_outer->empty() && std::next(in_outer) == outer.end());
}

}  // namespace tgpanel
