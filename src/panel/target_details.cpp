// What a front end asks of a target before the preview: a poll's options, the allowed reactions.

#include "actions/message_link.hpp"
#include "actions/poll.hpp"
#include "actions/reaction.hpp"
#include "jobs/deeds.hpp"
#include "jobs/runner.hpp"
#include "panel/candidates.hpp"
#include "panel/panel_impl.hpp"
#include "words/errors_actions.hpp"

#include <utility>

namespace tgpanel::panel {

namespace {

// As for the preview: what so many accounts do not find in a public chat is not there.
constexpr std::size_t kPublicTries = 3;

}  // namespace

Awaitable<Result<std::vector<std::shared_ptr<telegram::Client>>>> PanelImpl::askers(
    Choice who, actions::MessageLink link) const {
  auto able = candidates(accounts_.accounts(), who, 0);
  if (!able) co_return std::unexpected(std::move(able.error()));
  std::vector<std::shared_ptr<telegram::Client>> clients;
  Error last;
  for (const auto& account : able->accounts) {
    if (!link.username.empty() && clients.size() == kPublicTries) break;
    auto client = co_await runner_.client_soon(account.id);
    if (client) {
      clients.push_back(std::move(*client));
    } else {
      last = std::move(client.error());
    }
  }
  if (clients.empty()) co_return std::unexpected(std::move(last));
  co_return clients;
}

Awaitable<Result<actions::Poll>> PanelImpl::read_poll(std::string link, Choice who) {
  const auto parsed = actions::parse_message_link(link);
  if (!parsed) co_return std::unexpected(parsed.error());
  auto asked_about = *parsed;
  const auto clients = co_await askers(std::move(who), std::move(asked_about));
  if (!clients) co_return std::unexpected(clients.error());
  Error last;
  for (const auto& client : *clients) {
    auto hands = client;
    auto where = *parsed;
    auto poll = co_await actions::find_poll(std::move(hands), std::move(where));
    if (poll && poll->closed) {
      co_return fail(Errc::invalid, words::poll_closed);
    }
    if (poll) co_return std::move(*poll);
    last = std::move(poll.error());
    if (last.code == Errc::invalid) break;  // it is no poll, whoever looks
  }
  co_return fail(last.code, runner_.deeds().explain(last), last.retry_after_s);
}

Awaitable<Result<std::vector<std::string>>> PanelImpl::reactions_for(std::string link, Choice who) {
  const auto parsed = actions::parse_message_link(link);
  if (!parsed) co_return std::unexpected(parsed.error());
  auto asked_about = *parsed;
  const auto clients = co_await askers(std::move(who), std::move(asked_about));
  if (!clients) co_return std::unexpected(clients.error());
  Error last;
  for (const auto& client : *clients) {
    auto hands = client;
    auto where = *parsed;
    auto allowed = co_await actions::available_reactions(std::move(hands), std::move(where));
    if (allowed) co_return std::move(*allowed);
    last = std::move(allowed.error());
  }
  if (last.code != Errc::not_found) co_return std::vector<std::string>{};  // the deed will tell
  co_return fail(last.code, runner_.deeds().explain(last), last.retry_after_s);
}

}  // namespace tgpanel::panel
