#include "backup/sealed_file.hpp"

#include "base/crypto.hpp"
#include "storage/keyring.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace tgpanel::backup {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kMagic = "tgpanel backup 1\n";
constexpr std::string_view kFamily = "tgpanel backup ";
constexpr std::string_view kPurpose = "tgpanel backup 1";
constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kLongestCheck = 4'096;

std::string length_bytes(std::size_t length) {
  std::string bytes;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    bytes += static_cast<char>(length >> (8 * i) & 0xFFU);
  }
  return bytes;
}

std::size_t length_of(std::string_view bytes) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    length |= std::size_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return length;
}

std::unexpected<Error> cut_short(const std::string& name) {
  return fail(
      Errc::storage,
      fmt::format("the backup {} is cut short: its end is missing. Take another copy of it", name));
}

// At most `count` bytes; fewer at the end of the file.
std::string take(std::ifstream& in, std::size_t count) {
  std::string bytes(count, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

}  // namespace

SealedWriter::SealedWriter(NewFile& out, crypto::StreamSealer sealer)
    : out_(&out), sealer_(std::move(sealer)) {}

Result<SealedWriter> SealedWriter::begin(NewFile& out, const storage::Keyring& keyring,
                                         std::string_view key_check) {
  auto beginning = std::string(kMagic) + length_bytes(key_check.size());
  beginning += key_check;
  const auto digest = crypto::hash(beginning);
  SealedWriter writer(out, crypto::StreamSealer(keyring.derive(kPurpose), digest));
  beginning += digest + writer.sealer_.header();
  if (auto written = out.write(beginning); !written) return std::unexpected(written.error());
  return writer;
}

Result<void> SealedWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    // A full part is kept until it is known not to be the last one.
    if (part_.size() == kPartBytes) {
      const auto sealed = sealer_.seal(part_, crypto::Part::one_of_many);
      part_.clear();
      if (auto written = out_->write(sealed); !written) return written;
    }
    const auto count = std::min(bytes.size(), kPartBytes - part_.size());
    part_ += bytes.substr(0, count);
    bytes.remove_prefix(count);
  }
  return {};
}

Result<void> SealedWriter::finish() {
  part_.resize(kPartBytes, '\0');
  return out_->write(sealer_.seal(part_, crypto::Part::last));
}

SealedReader::SealedReader(fs::path file) : file_(std::move(file)), in_(file_, std::ios::binary) {}

Result<SealedReader> SealedReader::open(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) {
    return fail(Errc::not_found, fmt::format("there is no backup {}", file.string()));
  }
  if (!fs::is_regular_file(file, error)) {
    return fail(Errc::invalid, fmt::format("{} is no file", file.string()));
  }
  SealedReader reader(file);
  if (!reader.in_) {
    return fail(Errc::storage, fmt::format("{} cannot be read: {}", file.string(),
                                           std::system_category().message(errno)));
  }
  if (auto read = reader.read_beginning(); !read) return std::unexpected(read.error());
  return reader;
}

Result<void> SealedReader::read_beginning() {
  auto beginning = take(in_, kMagic.size());
  if (beginning != kMagic) {
    if (beginning.starts_with(kFamily) && beginning.size() == kMagic.size()) {
      return fail(Errc::invalid,
                  fmt::format("the backup {} was made by a newer version of this program", name()));
    }
    if (!beginning.empty() && kMagic.starts_with(beginning)) return cut_short(name());
    return fail(Errc::invalid, fmt::format("{} is no backup of this program", name()));
  }
  const auto length = take(in_, kLengthBytes);
  if (length.size() < kLengthBytes) return cut_short(name());
  const auto damaged =
      fail(Errc::storage,
           fmt::format("the backup {} was altered or is damaged, at its beginning", name()));
  if (length_of(length) > kLongestCheck) return damaged;
  key_check_ = take(in_, length_of(length));
  digest_ = take(in_, crypto::kHashBytes);
  header_ = take(in_, crypto::kStreamHeaderBytes);
  if (header_.size() < crypto::kStreamHeaderBytes) return cut_short(name());
  beginning += length + key_check_;
  if (crypto::hash(beginning) != digest_) return damaged;
  return {};
}

void SealedReader::unlock(const storage::Keyring& keyring) {
  opener_.emplace(keyring.derive(kPurpose), digest_, header_);
}

Result<std::string> SealedReader::next() {
  const auto sealed = take(in_, kPartBytes + crypto::kStreamExtraBytes);
  if (in_.bad()) return fail(Errc::storage, fmt::format("{} cannot be read to its end", name()));
  if (over_) {
    if (sealed.empty()) return std::string();
    return fail(Errc::storage,
                fmt::format("the backup {} was altered: something follows its end", name()));
  }
  if (sealed.size() < kPartBytes + crypto::kStreamExtraBytes) return cut_short(name());
  auto opened = opener_->open(sealed);
  if (!opened) {
    return fail(Errc::storage,
                fmt::format("the backup {} was altered or is damaged, in its part {}. Take another "
                            "copy of it",
                            name(), parts_ + 1));
  }
  ++parts_;
  over_ = opened->part == crypto::Part::last;
  return std::move(opened->plain);
}

}  // namespace tgpanel::backup
