#pragma once
// Tables keyword and ignored (migrations/010_monitor.sql, 012_keyword_rules.sql).

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tgpanel::storage {

class Database;

struct KeywordRow {
  KeywordId id = 0;
  std::string text;    // as written
  std::string folded;  // as matched; unique
  std::int64_t added_ms = 0;
  bool plain = false;  // the whole text is plain words; else it is a rule
};

struct IgnoredRow {
  std::int64_t id = 0;
  std::int64_t peer_id = 0;  // unique
  std::string name;
  std::int64_t added_ms = 0;
};

/// Executor: the domain's. Each member is one transaction and fails with Errc::storage, or as said.
class KeywordRepository {
 public:
  /// `database` must outlive it.
  explicit KeywordRepository(Database& database) : database_(database) {}

  Awaitable<Result<std::vector<KeywordRow>>> keywords();  // in order of id
  /// All or, when the disk fails, none. The rows' ids in the same order; 0 where a keyword with
  /// this folded form is there.
  Awaitable<Result<std::vector<KeywordId>>> add_keywords(std::vector<KeywordRow> rows);
  /// All or none. Those that are not there are left out.
  Awaitable<Result<void>> remove_keywords(std::vector<KeywordId> ids);

  Awaitable<Result<std::vector<IgnoredRow>>> ignored();  // in order of id
  /// The row's id. exists: this peer is there.
  Awaitable<Result<std::int64_t>> add_ignored(IgnoredRow row);
  Awaitable<Result<void>> remove_ignored(std::int64_t id);

 private:
  Database& database_;
};

}  // namespace tgpanel::storage
