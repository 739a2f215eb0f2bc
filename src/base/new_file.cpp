#include "base/new_file.hpp"

#include "base/random.hpp"
#include "base/system_failure.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace tgpanel {

namespace fs = std::filesystem;

namespace {

void sync_folder(const fs::path& file) {
  const auto folder = file.parent_path();
  const Descriptor fd(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
  if (fd) ::fsync(fd.get());
}

}  // namespace

NewFile::NewFile(fs::path file, fs::path fresh, Descriptor out)
    : file_(std::move(file)), fresh_(std::move(fresh)), out_(std::move(out)) {}

NewFile::NewFile(NewFile&& other) noexcept
    : file_(std::move(other.file_)),
      fresh_(std::exchange(other.fresh_, {})),
      out_(std::move(other.out_)) {}

NewFile::~NewFile() {
  if (!fresh_.empty()) ::unlink(fresh_.c_str());
}

Result<NewFile> NewFile::own(fs::path file, fs::path fresh, int flags, unsigned mode) {
  Descriptor out(fresh, flags | O_NOFOLLOW, mode);
  if (!out) return system_failure("cannot write", file, errno);
  NewFile made(std::move(file), std::move(fresh), std::move(out));
  if (::fchmod(made.out_.get(), mode) != 0) {
    return system_failure("cannot write", made.file_, errno);
  }
  return made;
}

Result<NewFile> NewFile::beside(fs::path file, unsigned mode) {
  fs::path fresh = file;
  fresh += "." + random_hex(6) + ".new";
  return own(std::move(file), std::move(fresh), O_WRONLY | O_CREAT | O_EXCL, mode);
}

Result<NewFile> NewFile::adopt(fs::path fresh, fs::path file, unsigned mode) {
  return own(std::move(file), std::move(fresh), O_WRONLY | O_APPEND, mode);
}

Result<void> NewFile::write(std::string_view part) {
  while (!part.empty()) {
    const auto written = ::write(out_.get(), part.data(), part.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure("cannot write", file_, errno);
    part.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> NewFile::publish(Present present) {
  if (::fsync(out_.get()) != 0) return system_failure("cannot write", file_, errno);
  if (present == Present::replaced) {
    if (::rename(fresh_.c_str(), file_.c_str()) != 0)
      return system_failure("cannot write", file_, errno);
  } else {
    // link() does not replace, and what it names is complete already.
    if (::link(fresh_.c_str(), file_.c_str()) != 0)
      return system_failure("cannot create", file_, errno);
    ::unlink(fresh_.c_str());
  }
  fresh_.clear();
  sync_folder(file_);
  return {};
}

}  // namespace tgpanel
