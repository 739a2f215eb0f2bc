#include "base/files.hpp"

#include "base/descriptor.hpp"
#include "base/new_file.hpp"
#include "base/system_failure.hpp"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace tgpanel {

namespace fs = std::filesystem;

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

namespace {

Result<void> write_whole(const fs::path& file, std::string_view content, unsigned mode,
                         NewFile::Present present) {
  auto fresh = NewFile::beside(file, mode);
  if (!fresh) return std::unexpected(fresh.error());
  if (auto written = fresh->write(content); !written) return written;
  return fresh->publish(present);
}

}  // namespace

Result<void> write_file_atomically(const fs::path& file, std::string_view content, unsigned mode) {
  return write_whole(file, content, mode, NewFile::Present::replaced);
}

Result<void> create_file(const fs::path& file, std::string_view content, unsigned mode) {
  return write_whole(file, content, mode, NewFile::Present::kept);
}

Result<void> sync_all(const fs::path& folder) {
  const Descriptor fd(folder, O_RDONLY | O_DIRECTORY);
  if (!fd || ::syncfs(fd.get()) != 0) return system_failure("cannot write", folder, errno);
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
