#pragma once
// Reads a backup from its first byte to its last, and proves all of it.

#include "backup/container.hpp"
#include "backup/create.hpp"
#include "backup/sealed_file.hpp"
#include "base/result.hpp"

#include <functional>

namespace tgpanel::storage {
class Keyring;
}

namespace tgpanel::backup {

/// What is done with each member but the manifest, in the order of the file: the database first.
using Take = std::function<Result<void>(const Member&)>;

/// Reads all of `file`, which is at its beginning: every part's seal, every member's name, size and
/// hash, and the database (integrity_check). Only a success says that what `take` got is right. An
/// error of `take` ends it. storage: damaged; the sentence says what. invalid: of a newer version.
[[nodiscard]] Result<Report> read_all(SealedReader& file, const storage::Keyring& keyring,
                                      const Take& take);

}  // namespace tgpanel::backup
