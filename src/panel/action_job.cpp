// Jobs: who would act on what, and the start.

#include "jobs/deeds.hpp"
#include "jobs/runner.hpp"
#include "panel/candidates.hpp"
#include "panel/panel_impl.hpp"
#include "storage/job_repository.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace tgpanel::panel {

namespace {

// What everybody sees and so many accounts do not find is not there; a flood wait or a lost
// connection of one account must not stop the others.
constexpr std::size_t kCommonTries = 3;

/// Who need not wait comes first, so that of a number of accounts those act that can act now.
void prefer_ready(std::vector<accounts::Account>& accounts, const jobs::ActionSpec& spec,
                  const jobs::Runner& runner) {
  const auto waits = [&](const accounts::Account& account) {
    return runner.wait_of(account.id, spec, 0).has_value();
  };
  // Not std::stable_partition: that of libstdc++ 12 calls what it declares deprecated, and clang
  // refuses it.
  std::vector<accounts::Account> ordered;
  ordered.reserve(accounts.size());
  std::ranges::remove_copy_if(accounts, std::back_inserter(ordered), waits);
  std::ranges::copy_if(accounts, std::back_inserter(ordered), waits);
  accounts = std::move(ordered);
}

/// The waits of those that were chosen all the same; the end of the longest.
Instant add_waits(ActionPreview& preview, const jobs::Runner& runner, ChatId chat) {
  Instant latest{};
  for (const auto& account : preview.accounts) {
    const auto until = runner.wait_of(account.id, preview.spec, chat);
    if (!until) continue;
    preview.waits.push_back({account.name, *until});
    latest = std::max(latest, *until);
  }
  return latest;
}

/// Accounts that write to nobody unasked now stay chosen: the person may have written to them.
void add_stopped(ActionPreview& preview, const jobs::ContactBook& contacts) {
  if (jobs::kind_of(preview.spec) != jobs::ActionKind::message) return;
  for (const auto& account : preview.accounts) {
    if (auto why = contacts.why_not_unasked(account.id); !why.empty()) {
      preview.remarks.push_back(left_out_line(account, std::move(why)));
    }
  }
}

}  // namespace

Result<void> PanelImpl::check_target(jobs::ActionKind kind, std::string_view target) const {
  return runner_.deeds().check_target(kind, target);
}

Awaitable<Result<ActionPreview>> PanelImpl::preview_action(jobs::ActionSpec spec, Choice who) {
  auto& deeds = runner_.deeds();
  auto wish = deeds.check(std::move(spec));
  if (!wish) co_return std::unexpected(std::move(wish.error()));

  ActionPreview preview;
  preview.spec = std::move(*wish);
  preview.takes_turns = std::holds_alternative<Some>(who);
  std::string rotation = jobs::to_string(jobs::kind_of(preview.spec));
  const auto last = co_await repository_.rotation(std::move(rotation));
  if (!last) co_return std::unexpected(last.error());
  auto able = candidates(accounts_.accounts(), who, *last);
  if (!able) co_return std::unexpected(std::move(able.error()));
  preview.left_out = std::move(able->left_out);
  if (preview.takes_turns) prefer_ready(able->accounts, preview.spec, runner_);

  // What is the same for all is looked up once; else every account has to look for itself.
  const bool common = deeds.is_same_for_all(preview.spec);
  bool seen = false;
  ChatId chat = 0;
  std::size_t tries = 0;
  Error last_error;
  for (const auto& account : able->accounts) {
    if (preview.accounts.size() == able->wanted) break;
    if (common && seen) {
      preview.accounts.push_back(account);
      continue;
    }
    if (common && tries == kCommonTries) break;
    ++tries;
    const auto client = co_await runner_.client_soon(account.id);
    if (!client) {
      last_error = client.error();
      preview.left_out.push_back(left_out_line(account, sentence_of(last_error)));
      continue;
    }
    auto hands = *client;
    auto wanted = preview.spec;
    auto sight = co_await deeds.look(std::move(hands), std::move(wanted));
    if (!sight) {
      last_error = sight.error();
      preview.left_out.push_back(left_out_line(account, deeds.explain(last_error)));
      continue;
    }
    if (!std::exchange(seen, true)) {
      auto limits = contact_remarks(preview.spec, *sight);
      if (!limits) co_return std::unexpected(std::move(limits.error()));
      chat = sight->chat;
      preview.title = std::move(sight->title);
      preview.excerpt = std::move(sight->excerpt);
      preview.remarks = std::move(sight->remarks);
      std::ranges::move(*limits, std::back_inserter(preview.remarks));
    }
    preview.accounts.push_back(account);
  }
  if (preview.accounts.empty()) {
    co_return fail(last_error.code, deeds.explain(last_error), last_error.retry_after_s);
  }
  add_stopped(preview, runner_.contacts());
  const Instant latest = add_waits(preview, runner_, chat);
  preview.expected_duration = runner_.expected_time(preview.accounts.size(), latest);
  co_return preview;
}

Awaitable<Result<JobId>> PanelImpl::start_action(ActionPreview preview, UserId admin) {
  auto wish = runner_.deeds().check(std::move(preview.spec));
  if (!wish) co_return std::unexpected(std::move(wish.error()));
  std::string rotation = jobs::to_string(jobs::kind_of(*wish));
  jobs::NewJob job{.action = std::move(*wish), .started_by = admin, .accounts = {}};
  for (const auto& account : preview.accounts) job.accounts.push_back({account.id, account.name});
  const AccountId last = preview.accounts.empty() ? 0 : preview.accounts.back().id;
  const auto id = co_await runner_.start(std::move(job));
  if (!id) co_return std::unexpected(id.error());
  // The job is on disk and runs; a rotation that cannot be stored only repeats the choice.
  if (preview.takes_turns) co_await repository_.save_rotation(std::move(rotation), last);
  co_return *id;
}

}  // namespace tgpanel::panel
