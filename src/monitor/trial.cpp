// Trying a rule before it is added: nothing is stored, nothing alerts.
#include "monitor/trial.hpp"

#include "base/text.hpp"
#include "monitor/history.hpp"
#include "monitor/intake.hpp"
#include "monitor/monitor_impl.hpp"
#include "monitor/peer_name.hpp"
#include "monitor/rule_store.hpp"
#include "words/monitor.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <span>
#include <utility>

namespace tgpanel::monitor {

namespace {

/// May be one that is for all rules: others begin otherwise.
bool may_be_exclusion(const Keyword& keyword) {
  return !keyword.plain && trim(keyword.text).starts_with('-');
}

}  // namespace

Awaitable<Result<Keyword>> Monitor::Impl::read_trial_rule(Self self, std::string line) {
  const std::vector<std::string> lines{std::move(line)};
  auto plan = plan_rules(lines, self->clock.now());
  if (auto filters = filters_of(plan); !filters.empty()) {
    co_await builder_free(self);
    self->building = true;
    const auto errors = co_await self->builder.check(std::move(filters));
    self->free_builder();
    if (!errors) co_return std::unexpected(errors.error());
    refuse_filters(plan, *errors);
  }
  auto& outcome = plan.entries.front().outcome;
  if (outcome.fate == RuleOutcome::Fate::refused) {
    co_return fail(Errc::invalid, std::move(outcome.reason));
  }
  if (outcome.kind == RuleKind::exclusion) {
    co_return fail(Errc::invalid, Sentence(words::trial_of_exclusion));
  }
  auto keyword = std::move(outcome.keyword);
  keyword.id = std::numeric_limits<KeywordId>::max();  // behind all others
  co_return keyword;
}

Awaitable<Result<Monitor::Impl::TrialChat>> Monitor::Impl::find_trial_chat(Self self,
                                                                           std::string where) {
  const auto named = parse_peer_name(where);
  if (!named) co_return std::unexpected(named.error());
  TrialChat found{.chat = named->id, .title = self->book.title(named->id), .readers = {}};
  AccountId knows_it = 0;
  if (named->id == 0) {
    auto peer = co_await find_public_peer(self, named->username);
    if (!peer) co_return std::unexpected(peer.error());
    found.chat = peer->chat.id;
    found.title = peer->chat.title;
    knows_it = peer->account;
  }
  if (!is_group(found.chat)) co_return fail(Errc::invalid, Sentence(words::trial_no_group));
  found.readers = self->book.members(found.chat);
  if (knows_it != 0) found.readers.push_back(knows_it);
  co_return found;
}

Awaitable<Result<History>> Monitor::Impl::read_trial(Self self, std::vector<AccountId> readers,
                                                     HistoryRequest request) {
  auto reader = co_await self->catch_up->turns().next_of(std::move(readers));
  if (!reader && reader.error().code == Errc::not_found) {
    co_return fail(Errc::not_found, Sentence(words::trial_no_member));
  }
  if (!reader) co_return std::unexpected(reader.error());
  Result<History> history = fail(Errc::not_found, Sentence(words::trial_no_member));
  auto client = self->accounts.client(*reader);
  if (client != nullptr) history = co_await read_history(client, request);
  self->catch_up->end_call(*reader, request.chat, history ? nullptr : &history.error());
  co_return history;
}

Awaitable<Result<Trial>> Monitor::Impl::try_rule(Self self, std::string line, std::string where,
                                                 std::size_t count) {
  auto rule = co_await read_trial_rule(self, std::move(line));
  if (!rule) co_return std::unexpected(rule.error());
  auto found = co_await find_trial_chat(self, std::move(where));
  if (!found) co_return std::unexpected(found.error());
  const HistoryRequest request{.chat = found->chat,
                               .mark = 0,
                               .look_back = std::clamp<std::size_t>(count, 1, kMostTrialMessages),
                               .deadline = self->limits.call_deadline};
  auto readers = std::move(found->readers);
  auto history = co_await read_trial(self, std::move(readers), request);
  if (!history) co_return std::unexpected(history.error());
  self->stats.history_calls += history->calls;

  std::vector<Keyword> keywords;
  std::ranges::copy_if(self->keywords, std::back_inserter(keywords), may_be_exclusion);
  std::erase_if(keywords, [](const Keyword& keyword) {
    const auto parsed = plan_rules(std::span(&keyword.text, 1), keyword.added);
    const auto& outcome = parsed.entries.front().outcome;
    return outcome.fate == RuleOutcome::Fate::refused || outcome.kind != RuleKind::exclusion;
  });
  keywords.push_back(std::move(*rule));
  co_await builder_free(self);
  self->building = true;
  auto built = co_await self->builder.build(std::move(keywords), nullptr);
  self->free_builder();
  if (!built) co_return std::unexpected(built.error());

  Trial trial{.chat = found->chat, .title = std::move(found->title)};
  auto& messages = history->messages;
  std::ranges::reverse(messages);
  if (messages.size() > request.look_back) messages.resize(request.look_back);
  for (const auto& message : messages) {
    if (judge(message, self->rules_for(message)) != Verdict::look) continue;
    ++trial.looked_at;
    auto match = (*built)->match(message.text);
    if (!match) continue;
    trial.matches.push_back({.text = message.text,
                             .marks = std::move(match->marks),
                             .link = self->book.link(message.chat_id, message.id),
                             .date = message.date});
  }
  co_return trial;
}

}  // namespace tgpanel::monitor
