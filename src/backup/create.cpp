#include "backup/create.hpp"

#include "backup/container.hpp"
#include "backup/sealed_file.hpp"
#include "base/files.hpp"
#include "storage/keyring.hpp"
#include "telegram/session_files.hpp"

#include <fmt/core.h>

#include <system_error>
#include <utility>

namespace tgpanel::backup {

namespace fs = std::filesystem;

namespace {

class Making {
 public:
  Making(const Order& order, SealedWriter& out) : order_(order), container_(out, order.now) {
    report_.manifest.panel = order.version;
    report_.manifest.made = order.now;
    report_.manifest.data_dir = order.data_dir.string();
  }

  Result<void> add(const std::string& name, std::string_view content) {
    report_.manifest.members[name] = entry_of(content);
    report_.bytes += static_cast<std::int64_t>(content.size());
    return container_.add(name, content);
  }

  Result<void> add_sessions(const std::vector<storage::SessionRow>& rows) {
    for (const auto& row : rows) {
      const auto added = add_session(fmt::format("sessions/{}/", row.folder));
      if (!added) return std::unexpected(added.error());
      if (*added) {
        ++report_.sessions;
      } else if (row.is_usable) {
        report_.missing.push_back(row.account);
      }
    }
    return {};
  }

  Result<void> add_bots() {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(order_.data_dir / "bot", error)) {
      const auto place = fmt::format("bot/{}/", entry.path().filename().string());
      if (!is_member_name(place + "key")) continue;
      const auto key = read_file(entry.path() / "key");
      if (!key && key.error().code == Errc::not_found) continue;  // begun, not used yet
      if (!key) return std::unexpected(key.error());
      if (auto added = add(place + "key", *key); !added) return added;
      const auto session = add_session(place + "session/");
      if (!session) return std::unexpected(session.error());
      if (*session) ++report_.bots;
    }
    return {};
  }

  Result<Report> finish(storage::CopyContents contents) {
    report_.contents = std::move(contents);
    const auto manifest = to_json(report_.manifest);
    if (auto added = container_.add(kManifestName, manifest); !added) {
      return std::unexpected(added.error());
    }
    if (auto finished = container_.finish(); !finished) return std::unexpected(finished.error());
    return std::move(report_);
  }

 private:
  // False: there is none.
  Result<bool> add_session(const std::string& place) {
    const auto files = telegram::read_session(order_.data_dir / place);
    if (!files) return std::unexpected(files.error());
    for (const auto& file : *files) {
      if (auto added = add(place + file.name, file.content); !added) {
        return std::unexpected(added.error());
      }
    }
    return !files->empty();
  }

  const Order& order_;
  ContainerWriter container_;
  Report report_;
};

}  // namespace

Result<Report> create(const Order& order, const storage::Keyring& keyring) {
  std::error_code error;
  if (order.present == NewFile::Present::kept &&
      fs::exists(fs::symlink_status(order.file, error))) {
    return fail(Errc::exists,
                fmt::format("{} is there already; choose another name, or say --force",
                            order.file.string()));
  }
  const auto check = read_file(order.data_dir / storage::kKeyCheckFile);
  if (!check) return std::unexpected(check.error());
  auto copy = storage::DatabaseCopy::take(order.data_dir / kDatabaseName);
  if (!copy) return std::unexpected(copy.error());
  const auto rows = copy->sessions();
  if (!rows) return std::unexpected(rows.error());
  auto contents = copy->contents();
  if (!contents) return std::unexpected(contents.error());

  auto file = NewFile::beside(order.file);
  if (!file) return std::unexpected(file.error());
  auto sealed = SealedWriter::begin(*file, keyring, *check);
  if (!sealed) return std::unexpected(sealed.error());
  Making making(order, *sealed);
  if (auto added = making.add(std::string(kDatabaseName), copy->bytes()); !added) {
    return std::unexpected(added.error());
  }
  if (auto added = making.add_sessions(*rows); !added) return std::unexpected(added.error());
  if (auto added = making.add_bots(); !added) return std::unexpected(added.error());
  auto report = making.finish(std::move(*contents));
  if (!report) return report;
  if (auto published = file->publish(order.present); !published) {
    return std::unexpected(published.error());
  }
  return report;
}

}  // namespace tgpanel::backup
