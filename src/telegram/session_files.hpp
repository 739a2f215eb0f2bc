#pragma once
// What of a client's folder a login lives in, read beside the client that has it open.
//
// With all three database flags off that is TDLib's binlog alone (tddb/td/db/binlog/Binlog.cpp).
// TDLib appends whole events with a checksum each, and drops at the next opening what a crash has
// cut off. When it has grown it is written anew as "<name>.new", synced, and put in the place of
// the old one by unlink and rename: in between only "<name>.new" is there, complete; TDLib takes it
// up after a crash too. So any beginning of the file, read through one descriptor, opens as the
// session was at some instant.

#include "base/result.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::telegram {

struct SessionFile {
  std::string name;  // one of session_file_names()
  std::string content;
};

/// Every name that such a file may have: of Telegram's own servers and of its test servers.
[[nodiscard]] std::span<const std::string_view> session_file_names();

/// Those that are there; none is no failure. Not to be called in the process that has the folder
/// open: closing a descriptor would drop TDLib's lock on the file. storage: one cannot be read.
[[nodiscard]] Result<std::vector<SessionFile>> read_session(const std::filesystem::path& folder);

}  // namespace tgpanel::telegram
