#include "backup/container.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/core.h>

#include <chrono>
#include <stdexcept>
#include <utility>

namespace tgpanel::backup {

namespace {

constexpr int kBlock = static_cast<int>(kPartBytes);
constexpr unsigned kRights = 0600;

using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

// Only memory can be short here.
void expect(int code) {
  if (code != ARCHIVE_OK) throw std::runtime_error("libarchive cannot start");
}

std::string words_of(archive* used) {
  const char* words = archive_error_string(used);
  return words == nullptr ? "no reason given" : words;
}

}  // namespace

// ---- writing

struct ContainerWriter::Sink {
  SealedWriter* out;
  Error error{};  // the first one: libarchive keeps a number alone

  static la_ssize_t take(archive* used, void* self, const void* bytes, std::size_t size) {
    auto* sink = static_cast<Sink*>(self);
    const auto written = sink->out->write({static_cast<const char*>(bytes), size});
    if (written) return static_cast<la_ssize_t>(size);
    sink->error = written.error();
    archive_set_error(used, ARCHIVE_FATAL, "not written");
    return -1;
  }
};

void ContainerWriter::Free::operator()(archive* used) const {
  archive_write_free(used);
}

ContainerWriter::ContainerWriter(SealedWriter& out, Instant made)
    : made_(made), sink_(std::make_shared<Sink>(Sink{&out})), archive_(archive_write_new()) {
  if (!archive_) throw std::bad_alloc();
  expect(archive_write_set_format_pax_restricted(archive_.get()));
  expect(archive_write_add_filter_none(archive_.get()));
  expect(archive_write_set_bytes_per_block(archive_.get(), kBlock));
  expect(archive_write_set_bytes_in_last_block(archive_.get(), 1));
  expect(archive_write_open(archive_.get(), sink_.get(), nullptr, &Sink::take, nullptr));
}

Error ContainerWriter::failure() const {
  if (!sink_->error.message.empty()) return sink_->error;
  return {Errc::storage, fmt::format("the backup cannot be written: {}", words_of(archive_.get()))};
}

Result<void> ContainerWriter::add(std::string_view name, std::string_view content) {
  const Entry entry(archive_entry_new(), &archive_entry_free);
  if (!entry) throw std::bad_alloc();
  archive_entry_set_pathname(entry.get(), std::string(name).c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), kRights);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(made_).time_since_epoch().count();
  archive_entry_set_mtime(entry.get(), seconds, 0);
  if (archive_write_header(archive_.get(), entry.get()) != ARCHIVE_OK) {
    return std::unexpected(failure());
  }
  while (!content.empty()) {
    const auto written = archive_write_data(archive_.get(), content.data(), content.size());
    if (written <= 0) return std::unexpected(failure());
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> ContainerWriter::finish() {
  if (archive_write_close(archive_.get()) != ARCHIVE_OK) return std::unexpected(failure());
  return sink_->out->finish();
}

// ---- reading

struct ContainerReader::Source {
  SealedReader* in;
  std::string part{};
  Error error{};

  static la_ssize_t give(archive* used, void* self, const void** bytes) {
    auto* source = static_cast<Source*>(self);
    auto next = source->in->next();
    if (!next) {
      source->error = next.error();
      archive_set_error(used, ARCHIVE_FATAL, "not read");
      return -1;
    }
    source->part = std::move(*next);
    *bytes = source->part.data();
    return static_cast<la_ssize_t>(source->part.size());
  }
};

void ContainerReader::Free::operator()(archive* used) const {
  archive_read_free(used);
}

ContainerReader::ContainerReader(SealedReader& in)
    : source_(std::make_shared<Source>(Source{&in})), archive_(archive_read_new()) {
  if (!archive_) throw std::bad_alloc();
  expect(archive_read_support_format_tar(archive_.get()));
  expect(archive_read_support_filter_none(archive_.get()));
  // What it reads at once, to learn the format, may fail: next() says so.
  static_cast<void>(
      archive_read_open(archive_.get(), source_.get(), nullptr, &Source::give, nullptr));
}

Error ContainerReader::failure() const {
  if (!source_->error.message.empty()) return source_->error;
  return {Errc::storage,
          fmt::format("the backup cannot be understood: {}", words_of(archive_.get()))};
}

Result<std::optional<Member>> ContainerReader::next() {
  if (!source_->error.message.empty()) return std::unexpected(failure());
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(archive_.get(), &entry);
  if (code == ARCHIVE_EOF) {
    // Whether its end is there, and is the end, is known only when all was read.
    while (true) {
      const auto rest = source_->in->next();
      if (!rest) return std::unexpected(rest.error());
      if (rest->empty()) return std::nullopt;
    }
  }
  if (code != ARCHIVE_OK || archive_entry_filetype(entry) != AE_IFREG ||
      archive_entry_pathname(entry) == nullptr) {
    return std::unexpected(failure());
  }
  Member member{archive_entry_pathname(entry), {}};
  std::string part(kPartBytes, '\0');
  while (true) {
    const auto got = archive_read_data(archive_.get(), part.data(), part.size());
    if (got < 0) return std::unexpected(failure());
    if (got == 0) return member;
    member.content.append(part, 0, static_cast<std::size_t>(got));
  }
}

}  // namespace tgpanel::backup
