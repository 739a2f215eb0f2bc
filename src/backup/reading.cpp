#include "backup/reading.hpp"

#include "storage/keyring.hpp"

#include <fmt/core.h>

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace tgpanel::backup {

namespace {

std::unexpected<Error> wrong(std::string_view what, std::string_view name) {
  return fail(Errc::storage, fmt::format("the backup is not whole: {} {}", name, what));
}

class Reading {
 public:
  explicit Reading(const Take& take) : take_(take) {}

  Result<void> member(Member& member) {
    if (manifest_) return wrong("comes after its list of what is in it", member.name);
    if (!is_member_name(member.name)) return wrong("is no part of one", member.name);
    if (member.name == kManifestName) {
      auto manifest = manifest_from_json(member.content);
      if (!manifest) return std::unexpected(manifest.error());
      manifest_ = std::move(*manifest);
      return {};
    }
    const auto entry = entry_of(member.content);
    report_.bytes += entry.size;
    if (!seen_.emplace(member.name, entry).second) return wrong("is there twice", member.name);
    if (auto taken = take_(member); !taken) return taken;
    if (member.name != kDatabaseName) return {};
    auto copy = storage::DatabaseCopy::of(std::move(member.content));
    if (!copy) return std::unexpected(copy.error());
    if (auto good = copy->check(); !good) return good;
    auto contents = copy->contents();
    if (!contents) return std::unexpected(contents.error());
    report_.contents = std::move(*contents);
    auto rows = copy->sessions();
    if (!rows) return std::unexpected(rows.error());
    rows_ = std::move(*rows);
    return {};
  }

  Result<Report> finish() {
    if (!manifest_) return wrong("is missing", kManifestName);
    if (!seen_.contains(std::string(kDatabaseName))) return wrong("is missing", kDatabaseName);
    for (const auto& [name, entry] : manifest_->members) {
      const auto found = seen_.find(name);
      if (found == seen_.end()) return wrong("is missing", name);
      if (found->second != entry) return wrong("has changed", name);
    }
    if (seen_.size() != manifest_->members.size()) {
      return wrong("does not name all that is in it", kManifestName);
    }
    count_sessions();
    report_.manifest = std::move(*manifest_);
    return std::move(report_);
  }

 private:
  void count_sessions() {
    std::set<std::string, std::less<>> places;  // "sessions/<folder>/", "bot/<number>/session/"
    for (const auto& [name, entry] : seen_) places.insert(name.substr(0, name.rfind('/') + 1));
    for (const auto& row : rows_) {
      if (places.contains(fmt::format("sessions/{}/", row.folder))) {
        ++report_.sessions;
      } else if (row.is_usable) {
        report_.missing.push_back(row.account);
      }
    }
    for (const auto& place : places) {
      if (place.starts_with("bot/") && place.ends_with("/session/")) ++report_.bots;
    }
  }

  const Take& take_;
  Report report_;
  std::optional<Manifest> manifest_;
  std::map<std::string, Manifest::Entry> seen_;
  std::vector<storage::SessionRow> rows_;
};

}  // namespace

Result<Report> read_all(SealedReader& file, const storage::Keyring& keyring, const Take& take) {
  file.unlock(keyring);
  ContainerReader container(file);
  Reading reading(take);
  while (true) {
    auto member = container.next();
    if (!member) return std::unexpected(member.error());
    if (!*member) return reading.finish();
    if (auto read = reading.member(**member); !read) return std::unexpected(read.error());
  }
}

}  // namespace tgpanel::backup
