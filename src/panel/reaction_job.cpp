// Reaction jobs: who would act on what, and the start.

#include "actions/error_text.hpp"
#include "actions/message_link.hpp"
#include "actions/reaction.hpp"
#include "jobs/pace.hpp"
#include "jobs/runner.hpp"
#include "panel/eligible.hpp"
#include "panel/panel_impl.hpp"
#include "panel/rotation.hpp"
#include "storage/job_repository.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tgpanel::panel {

namespace {

constexpr const char* kRotation = "reaction";

// A public message that so many accounts do not find is not there; a flood wait or a lost
// connection of one account must not stop the others.
constexpr std::size_t kPublicTries = 3;

struct Wish {
  actions::MessageLink link;
  std::string emoji;
};

Result<Wish> read(const jobs::ReactionSpec& spec) {
  auto link = actions::parse_message_link(spec.link);
  if (!link) return std::unexpected(std::move(link.error()));
  const auto emoji = actions::normalise_reaction(spec.emoji);
  if (!emoji) {
    return fail(Errc::invalid, fmt::format("This is not one of the reactions: choose {}.",
                                           fmt::join(actions::kReactions, " ")));
  }
  return Wish{std::move(*link), std::string(*emoji)};
}

std::string line(const accounts::Account& account, std::string_view reason) {
  return fmt::format("{}: {}", account.name, reason);
}

}  // namespace

Awaitable<Result<ReactionPreview>> PanelImpl::preview_reaction(jobs::ReactionSpec spec, int count) {
  auto wish = read(spec);
  if (!wish) co_return std::unexpected(wish.error());

  ReactionPreview preview;
  preview.spec = {.link = std::move(spec.link), .emoji = wish->emoji};
  std::vector<accounts::Account> active;
  for (auto& account : accounts_.accounts()) {
    if (eligible(account)) {
      active.push_back(std::move(account));
    } else {
      preview.left_out.push_back(line(account, why_not_chosen(account)));
    }
  }
  if (active.empty()) {
    co_return fail(Errc::login_needed,
                   "No account is active: add one, or look under Account "
                   "Management what the others need.");
  }
  if (count < 1 || std::cmp_greater(count, active.size())) {
    co_return fail(Errc::invalid,
                   active.size() == 1
                       ? std::string("One account is active: choose 1.")
                       : fmt::format("Choose a number from 1 to {}: so many accounts are active.",
                                     active.size()));
  }

  const auto last = co_await repository_.rotation(kRotation);
  if (!last) co_return std::unexpected(last.error());
  const auto candidates = rotated(std::move(active), *last);
  const auto wanted = static_cast<std::size_t>(count);
  const bool is_public = !wish->link.username.empty();

  // A public message is looked up once; into a private chat every account has to look for itself.
  bool found_once = false;
  std::size_t tries = 0;
  Error last_error;
  for (const auto& account : candidates) {
    if (preview.accounts.size() == wanted) break;
    if (is_public && found_once) {
      preview.accounts.push_back(account);
      continue;
    }
    if (is_public && tries == kPublicTries) break;
    ++tries;
    const auto client = runner_.client(account.id);
    if (!client) {
      last_error = client.error();
      preview.left_out.push_back(line(account, last_error.message));
      continue;
    }
    auto link = wish->link;
    auto hands = *client;
    const auto message = co_await actions::find_message(std::move(hands), std::move(link));
    if (!message) {
      last_error = message.error();
      preview.left_out.push_back(line(account, actions::explain(last_error)));
      continue;
    }
    if (!std::exchange(found_once, true)) {
      auto asker = *client;
      const auto title = co_await actions::chat_title(std::move(asker), message->chat_id);
      preview.chat_title = title && !title->empty() ? *title
                           : is_public              ? "@" + wish->link.username
                                                    : std::string("a private chat");
      preview.message_excerpt = message->excerpt;
    }
    preview.accounts.push_back(account);
  }
  if (preview.accounts.empty()) {
    co_return fail(last_error.code, actions::explain(last_error), last_error.retry_after_s);
  }
  preview.expected_duration = jobs::expected_duration(runner_.pace(), preview.accounts.size());
  co_return preview;
}

Awaitable<Result<JobId>> PanelImpl::start_reaction(ReactionPreview preview, UserId admin) {
  auto wish = read(preview.spec);
  if (!wish) co_return std::unexpected(wish.error());
  jobs::NewJob job{.reaction = {.link = preview.spec.link, .emoji = wish->emoji},
                   .started_by = admin,
                   .accounts = {}};
  for (const auto& account : preview.accounts) job.accounts.push_back({account.id, account.name});
  const AccountId last = preview.accounts.empty() ? 0 : preview.accounts.back().id;
  const auto id = co_await runner_.start(std::move(job));
  if (!id) co_return std::unexpected(id.error());
  // The job is on disk and runs; a rotation that cannot be stored only repeats the choice.
  co_await repository_.save_rotation(kRotation, last);
  co_return *id;
}

}  // namespace tgpanel::panel
