#include "telegram/session_files.hpp"

#include "base/files.hpp"

#include <array>
#include <cstddef>
#include <system_error>
#include <utility>

namespace tgpanel::telegram {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 2> kNames{"td.binlog", "td_test.binlog"};
constexpr std::size_t kLargest = std::size_t{1} << 30U;
constexpr int kLooks = 100;  // between two rewritings lie seconds, between two looks microseconds

Result<std::string> read_binlog(const fs::path& file) {
  fs::path fresh = file;
  fresh += ".new";
  for (int look = 0; look < kLooks; ++look) {
    auto content = read_file(file, kLargest);
    if (content || content.error().code != Errc::not_found) return content;
    content = read_file(fresh, kLargest);
    if (!content && content.error().code != Errc::not_found) return content;
    std::error_code error;
    if (!content || fs::exists(file, error)) continue;
    // The same again, and still without the old name: it is the complete one, and not the beginning
    // of the next one.
    if (const auto again = read_file(fresh, kLargest); again && *again == *content) return content;
  }
  return fail(Errc::not_found, "there is no session in " + file.parent_path().string());
}

}  // namespace

std::span<const std::string_view> session_file_names() {
  return kNames;
}

Result<std::vector<SessionFile>> read_session(const fs::path& folder) {
  std::vector<SessionFile> files;
  for (const auto name : kNames) {
    auto content = read_binlog(folder / name);
    if (content) {
      files.push_back({std::string(name), std::move(*content)});
    } else if (content.error().code != Errc::not_found) {
      return std::unexpected(content.error());
    }
  }
  return files;
}

}  // namespace tgpanel::telegram
