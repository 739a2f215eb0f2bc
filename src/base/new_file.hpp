#pragma once
// A file that gets its name only once it is complete and on disk.

#include "base/descriptor.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace tgpanel {

/// Begun beside the place where it is to be; removed when it goes away without publish(). What a
/// crash leaves is "<file>.<random>.new".
class NewFile {
 public:
  /// `mode`: its rights, whatever the umask. Every function fails with storage, or not_found where
  /// there is no such folder.
  static Result<NewFile> beside(std::filesystem::path file, unsigned mode = 0600);

  /// Takes over a whole file that somebody else, such as SQLite, wrote beside `file` as `fresh`.
  static Result<NewFile> adopt(std::filesystem::path fresh, std::filesystem::path file,
                               unsigned mode = 0600);

  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  /// Appends.
  Result<void> write(std::string_view part);

  enum class Present : std::uint8_t {
    replaced,
    kept,  // then it fails with exists, also for a broken link
  };

  /// Syncs it, gives it its name and syncs the folder. Once.
  Result<void> publish(Present present);

 private:
  NewFile(std::filesystem::path file, std::filesystem::path fresh, Descriptor out);
  static Result<NewFile> own(std::filesystem::path file, std::filesystem::path fresh, int flags,
                             unsigned mode);

  std::filesystem::path file_;
  std::filesystem::path fresh_;  // empty: nothing is to be removed
  Descriptor out_;
};

}  // namespace tgpanel
