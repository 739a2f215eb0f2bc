#pragma once
// Members with names in one sealed file: a tar archive (pax), read and written by libarchive.

#include "backup/sealed_file.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct archive;

namespace tgpanel::backup {

struct Member {
  std::string name;  // '/' between its parts
  std::string content;
};

/// Every function fails with storage.
class ContainerWriter {
 public:
  /// `out` must outlive it. `made`: the time of every member.
  ContainerWriter(SealedWriter& out, Instant made);

  Result<void> add(std::string_view name, std::string_view content);
  /// Writes the end, and the end of `out`. Once.
  Result<void> finish();

 private:
  struct Free {
    void operator()(archive* used) const;
  };

  struct Sink;

  [[nodiscard]] Error failure() const;

  Instant made_;
  std::shared_ptr<Sink> sink_;  // before archive_, which writes to it at its end
  std::unique_ptr<archive, Free> archive_;
};

class ContainerReader {
 public:
  /// `in` is unlocked and must outlive it.
  explicit ContainerReader(SealedReader& in);

  /// The next member; nothing after the last one, once everything was read and proved. Whoever
  /// stops before knows nothing of what came. storage: as SealedReader::next(), or no tar archive.
  Result<std::optional<Member>> next();

 private:
  struct Free {
    void operator()(archive* used) const;
  };

  struct Source;

  [[nodiscard]] Error failure() const;

  std::shared_ptr<Source> source_;
  std::unique_ptr<archive, Free> archive_;
};

}  // namespace tgpanel::backup
