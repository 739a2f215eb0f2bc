#pragma once
// A backup as bytes: encrypted and authenticated, so that a wrong key, a cut off end and a changed
// bit are told apart.
//
//   "tgpanel backup 1\n"
//   4 bytes       how long the key check is, little endian
//   key check     key.check of the data folder: what proves the master key, no secret
//   32 bytes      BLAKE2b of all before
//   24 bytes      the stream's header
//   parts         65,536 bytes each, sealed (17 bytes more); the last one filled up with zeros
//
// The stream's key is derived from the master key for this purpose alone; the 32 bytes are
// authenticated with every part.

#include "base/crypto_stream.hpp"
#include "base/new_file.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::storage {
class Keyring;
}

namespace tgpanel::backup {

inline constexpr std::size_t kPartBytes = 65'536;

/// Every function fails with storage (a full disk among it).
class SealedWriter {
 public:
  /// Writes the beginning. `out` must outlive it.
  static Result<SealedWriter> begin(NewFile& out, const storage::Keyring& keyring,
                                    std::string_view key_check);

  Result<void> write(std::string_view bytes);
  /// Fills up and seals the last part. Once.
  Result<void> finish();

 private:
  SealedWriter(NewFile& out, crypto::StreamSealer sealer);

  NewFile* out_;
  crypto::StreamSealer sealer_;
  std::string part_;
};

class SealedReader {
 public:
  /// Reads the beginning, for which no key is needed. not_found: there is no such file. invalid: it
  /// is no backup, or one of a newer version. storage: it is cut short or damaged.
  static Result<SealedReader> open(const std::filesystem::path& file);

  [[nodiscard]] const std::string& key_check() const { return key_check_; }

  /// Before the first next(). The keyring has to be the one of key_check().
  void unlock(const storage::Keyring& keyring);

  /// The next part; empty after the last one, when nothing follows it. storage: cut short, altered,
  /// or not to be read; the sentence says which.
  Result<std::string> next();

 private:
  explicit SealedReader(std::filesystem::path file);
  Result<void> read_beginning();

  [[nodiscard]] std::string name() const { return file_.string(); }

  std::filesystem::path file_;
  std::ifstream in_;
  std::string key_check_;
  std::string digest_;
  std::string header_;
  std::optional<crypto::StreamOpener> opener_;
  std::size_t parts_ = 0;
  bool over_ = false;
};

}  // namespace tgpanel::backup
