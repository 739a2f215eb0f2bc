// Keywords, the ignore list, and alerts looked up again.
#include "monitor/alert_json.hpp"
#include "monitor/monitor_impl.hpp"
#include "monitor/rule_store.hpp"
#include "words/errors_monitor.hpp"

#include <algorithm>
#include <utility>

namespace tgpanel::monitor {

Awaitable<Result<void>> Monitor::Impl::load_lists(Self self) {
  auto keyword_rows = co_await self->lists.keywords();
  if (!keyword_rows) co_return std::unexpected(keyword_rows.error());
  auto ignored_rows = co_await self->lists.ignored();
  if (!ignored_rows) co_return std::unexpected(ignored_rows.error());
  self->keywords.clear();
  for (auto& row : *keyword_rows) {
    self->keywords.push_back({.id = row.id,
                              .text = std::move(row.text),
                              .added = from_unix_ms(row.added_ms),
                              .plain = row.plain});
  }
  self->ignored.clear();
  self->ignored_peers.clear();
  for (auto& row : *ignored_rows) {
    self->ignored_peers.insert(row.peer_id);
    self->ignored.push_back({.id = row.id,
                             .peer_id = row.peer_id,
                             .name = std::move(row.name),
                             .added = from_unix_ms(row.added_ms)});
  }
  co_return co_await rebuild_matcher(self);
}

Awaitable<> Monitor::Impl::builder_free(Self self) {
  while (self->building) {
    auto wait = [self](telegram::Completion<bool> done) {
      self->build_waiters.push_back(std::move(done));
    };
    co_await telegram::await_completion<bool>(std::move(wait));
  }
}

void Monitor::Impl::free_builder() {
  building = false;
  for (auto& done : std::exchange(build_waiters, {})) done(true);
}

Awaitable<Result<void>> Monitor::Impl::rebuild_matcher(Self self) {
  const auto wanted = ++self->keywords_version;
  while (self->matcher_version < wanted) {
    co_await builder_free(self);
    if (self->matcher_version >= wanted) break;
    self->building = true;
    const auto version = self->keywords_version;
    auto keywords = self->keywords;
    auto previous = self->matcher;
    auto built = co_await self->builder.build(std::move(keywords), std::move(previous));
    if (built) {
      self->matcher = std::move(*built);
      self->matcher_version = version;
    }
    self->free_builder();
    if (!built) co_return std::unexpected(built.error());
  }
  co_return Result<void>{};
}

Awaitable<Result<std::vector<RuleOutcome>>> Monitor::Impl::add_keywords(
    Self self, std::vector<std::string> lines) {
  auto plan = plan_rules(lines, self->clock.now());
  if (auto filters = filters_of(plan); !filters.empty()) {
    co_await builder_free(self);
    self->building = true;
    const auto errors = co_await self->builder.check(std::move(filters));
    self->free_builder();
    if (!errors) co_return std::unexpected(errors.error());
    refuse_filters(plan, *errors);
  }
  auto* rows = &self->lists;
  auto stored = co_await store_rules(rows, std::move(plan));
  if (!stored) co_return std::unexpected(stored.error());
  std::vector<KeywordId> added;
  for (const auto& outcome : *stored) {
    if (outcome.fate != RuleOutcome::Fate::added) continue;
    added.push_back(outcome.keyword.id);
    self->keywords.push_back(outcome.keyword);
  }
  if (added.empty()) co_return stored;
  std::ranges::sort(self->keywords, {}, &Keyword::id);
  auto built = co_await rebuild_matcher(self);
  // At the end of the panel they stay on disk: the next start has them.
  if (!built && built.error().code == Errc::cancelled) co_return std::unexpected(built.error());
  if (!built) {
    std::erase_if(self->keywords, [&](const Keyword& other) {
      return std::ranges::find(added, other.id) != added.end();
    });
    auto removed = co_await self->lists.remove_keywords(std::move(added));
    if (!removed) co_return std::unexpected(removed.error());
    co_return std::unexpected(built.error());
  }
  co_return stored;
}

Awaitable<Result<Keyword>> Monitor::Impl::add_keyword(Self self, std::string text) {
  std::vector<std::string> lines{std::move(text)};
  auto outcomes = co_await add_keywords(self, std::move(lines));
  if (!outcomes) co_return std::unexpected(outcomes.error());
  auto& outcome = outcomes->front();
  if (outcome.fate == RuleOutcome::Fate::added) co_return std::move(outcome.keyword);
  if (outcome.fate == RuleOutcome::Fate::refused) {
    co_return fail(Errc::invalid, std::move(outcome.reason));
  }
  co_return fail(Errc::exists, words::keyword_in_list);
}

Awaitable<Result<Keyword>> Monitor::Impl::remove_keyword(Self self, KeywordId id) {
  const auto it = std::ranges::find(self->keywords, id, &Keyword::id);
  if (it == self->keywords.end()) co_return fail(Errc::not_found, words::keyword_gone_already);
  auto keyword = *it;
  std::vector<KeywordId> ids{id};
  auto removed = co_await self->lists.remove_keywords(std::move(ids));
  if (!removed) co_return std::unexpected(removed.error());
  std::erase_if(self->keywords, [&](const Keyword& other) { return other.id == id; });
  auto built = co_await rebuild_matcher(self);
  if (!built) co_return std::unexpected(built.error());
  co_return keyword;
}

Awaitable<Result<Ignored>> Monitor::Impl::add_ignored(Self self, std::int64_t peer,
                                                      std::string name) {
  if (peer == 0) co_return fail(Errc::invalid, words::nobody_to_ignore);
  Ignored entry{.id = 0, .peer_id = peer, .name = std::move(name), .added = self->clock.now()};
  storage::IgnoredRow row{
      .id = 0, .peer_id = peer, .name = entry.name, .added_ms = to_unix_ms(entry.added)};
  auto id = co_await self->lists.add_ignored(std::move(row));
  if (!id) co_return std::unexpected(id.error());
  entry.id = *id;
  self->ignored_peers.insert(peer);
  self->ignored.push_back(entry);
  std::ranges::sort(self->ignored, {}, &Ignored::id);
  co_return entry;
}

Awaitable<Result<Ignored>> Monitor::Impl::remove_ignored(Self self, std::int64_t row) {
  const auto it = std::ranges::find(self->ignored, row, &Ignored::id);
  if (it == self->ignored.end()) {
    co_return fail(Errc::not_found, words::ignored_entry_gone);
  }
  auto entry = *it;
  auto removed = co_await self->lists.remove_ignored(row);
  if (!removed) co_return std::unexpected(removed.error());
  std::erase_if(self->ignored, [&](const Ignored& other) { return other.id == row; });
  self->ignored_peers.erase(entry.peer_id);
  co_return entry;
}

Awaitable<Result<Ignored>> Monitor::Impl::ignore_sender_of(Self self, AlertId alert) {
  auto row = co_await self->outbox_rows.find(alert);
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return fail(Errc::not_found, words::alert_not_known);
  auto& found = **row;
  // An anonymous admin writes as the group itself: ignoring that would ignore the whole group.
  const bool wrote_as_chat = found.sender_chat_id != 0 && found.sender_chat_id != found.chat_id;
  const auto peer = found.sender_id != 0 ? found.sender_id
                    : wrote_as_chat      ? found.sender_chat_id
                                         : 0;
  if (peer == 0) co_return fail(Errc::invalid, words::message_no_sender);
  auto name = std::move(found.sender_name);
  co_return co_await add_ignored(self, peer, std::move(name));
}

Awaitable<Result<Alert>> Monitor::Impl::alert(Self self, AlertId id) {
  auto row = co_await self->outbox_rows.find(id);
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return fail(Errc::not_found, words::alert_not_known);
  auto& found = **row;
  auto alert = alert_from_json(id, found.body);
  alert.chat_id = found.chat_id;
  alert.sender_id = found.sender_id;
  alert.sender_chat_id = found.sender_chat_id;
  alert.sender_name = std::move(found.sender_name);
  co_return alert;
}

}  // namespace tgpanel::monitor
