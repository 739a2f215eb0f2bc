#include "storage/group_repository.hpp"

#include "storage/database.hpp"
#include "words/errors_common.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <map>
#include <optional>
#include <utility>

namespace tgpanel::storage {

namespace {

std::optional<GroupDifference> compare_and_store(SQLite::Database& db, AccountId account,
                                                 const std::vector<GroupRow>& groups, Instant now) {
  SQLite::Statement when(db, "SELECT groups_known_ms FROM account WHERE id = ?");
  when.bind(1, account);
  if (!when.executeStep()) return std::nullopt;
  GroupDifference difference;
  difference.now = groups.size();
  difference.first = when.getColumn(0).getInt64() == 0;

  std::map<ChatId, std::string> gone;
  SQLite::Statement known(db, "SELECT chat_id, title FROM known_group WHERE account_id = ?");
  known.bind(1, account);
  while (known.executeStep()) {
    gone.emplace(known.getColumn(0).getInt64(), known.getColumn(1).getString());
  }
  SQLite::Statement put(db,
                        "INSERT INTO known_group (account_id, chat_id, title) VALUES (?, ?, ?) "
                        "ON CONFLICT (account_id, chat_id) DO UPDATE SET title = excluded.title");
  for (const auto& group : groups) {
    if (gone.erase(group.chat) == 0 && !difference.first) difference.added.push_back(group);
    put.bind(1, account);
    put.bind(2, group.chat);
    put.bind(3, group.title);
    put.exec();
    put.reset();
  }
  std::multimap<std::string, ChatId> by_title;
  SQLite::Statement erase(db, "DELETE FROM known_group WHERE account_id = ? AND chat_id = ?");
  for (const auto& [chat, title] : gone) {
    by_title.emplace(title, chat);
    erase.bind(1, account);
    erase.bind(2, chat);
    erase.exec();
    erase.reset();
  }
  for (const auto& [title, chat] : by_title) difference.gone.push_back({chat, title});
  SQLite::Statement stamp(db, "UPDATE account SET groups_known_ms = ? WHERE id = ?");
  stamp.bind(1, to_unix_ms(now));
  stamp.bind(2, account);
  stamp.exec();
  return difference;
}

}  // namespace

Awaitable<Result<GroupDifference>> GroupRepository::replace(AccountId account,
                                                            std::vector<GroupRow> groups,
                                                            Instant now) {
  auto work = [account, groups = std::move(groups), now](SQLite::Database& db) {
    return compare_and_store(db, account, groups, now);
  };
  auto difference = co_await database_.run(std::move(work));
  if (!difference) co_return std::unexpected(std::move(difference.error()));
  if (!*difference) co_return fail(Errc::not_found, words::no_such_account);
  co_return std::move(**difference);
}

}  // namespace tgpanel::storage
