#pragma once
// The master key and what it protects: each account's TDLib database key is stored wrapped by it.
//
// The master key comes from a key file, a passphrase (Argon2id) or a systemd credential; with none
// of them the first start creates one outside the data folder. The data folder keeps a check value
// (key.check), so that a wrong or missing key is noticed before anything is opened or created.

#include "base/result.hpp"
#include "base/secret.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::storage {

/// In the data folder: proof of the master key, and the salt of a passphrase. No secret.
inline constexpr const char* kKeyCheckFile = "key.check";

/// Where the master key may come from. At most one of key_file and passphrase_file.
struct KeySources {
  std::filesystem::path data_dir;                        // exists
  std::optional<std::filesystem::path> key_file;         // TGPANEL_KEY_FILE
  std::optional<std::filesystem::path> passphrase_file;  // TGPANEL_PASSPHRASE_FILE
  std::optional<std::filesystem::path> credentials_dir;  // CREDENTIALS_DIRECTORY, set by systemd
  std::filesystem::path
      config_dir;             // where a key is created: $XDG_CONFIG_HOME/tgpanel; may be empty
  bool has_sessions = false;  // the data folder was in use before: then key.check must exist
};

class Keyring {
 public:
  /// Finds (or, on the very first start, creates) the master key and proves it against key.check.
  /// Fails with Errc::configuration: a key that is wrong, missing, malformed, readable by others or
  /// inside the data folder. Blocks for about a second with a passphrase.
  static Result<Keyring> open(const KeySources& sources);

  /// The master key of a copy that is elsewhere, proved against the copy's key.check: `check` is
  /// its content. Creates nothing. Fails as open() does. `sources.data_dir` need not exist.
  static Result<Keyring> open_copy(const KeySources& sources, std::string_view check);

  /// A key for one purpose alone, always the same for the same master key and purpose.
  [[nodiscard]] Secret derive(std::string_view purpose) const;

  /// Encrypts and authenticates a database key for storing (bytes, not text: bind as BLOB).
  [[nodiscard]] std::string wrap(const Secret& key) const;
  /// Errc::configuration when it was not wrapped by this master key.
  [[nodiscard]] Result<Secret> unwrap(std::string_view wrapped) const;
  /// 32 random bytes for a new TDLib database.
  [[nodiscard]] static Secret new_database_key();

  /// Set when this start created the key file: tell the admin where it is and that losing it loses
  /// the sessions.
  [[nodiscard]] const std::optional<std::filesystem::path>& created() const { return created_; }

 private:
  Keyring(Secret master, std::optional<std::filesystem::path> created);

  Secret master_;
  std::optional<std::filesystem::path> created_;
};

}  // namespace tgpanel::storage
