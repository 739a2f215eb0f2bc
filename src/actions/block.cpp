#include "actions/block.hpp"

#include "base/json.hpp"
#include "telegram/td_types.hpp"
#include "words/errors_actions.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>

namespace tgpanel::actions {

namespace {

constexpr int kPage = 100;  // td_api's most for getBlockedMessageSenders
constexpr int kMostPages = 50;

}  // namespace

Awaitable<Result<SeenUser>> find_user(std::shared_ptr<telegram::Client> client, UserLink link) {
  auto id = link.user_id;
  if (!link.username.empty()) {
    Json search{{"@type", "searchPublicChat"}, {"username", std::move(link.username)}};
    const auto chat = co_await client->request(std::move(search));
    if (!chat) co_return std::unexpected(chat.error().to_error());
    const auto parsed = telegram::parse_chat(*chat);
    if (parsed.kind != telegram::ChatKind::private_chat) {
      co_return fail(Errc::invalid, words::chat_no_person);
    }
    id = parsed.peer_id;
  }
  Json get{{"@type", "getUser"}, {"user_id", id}};
  const auto user = co_await client->request(std::move(get));
  if (!user) {
    auto why = user.error().to_error();
    // TDLib says "User not found" in one version and "Not Found" in another: only the id is ours.
    const bool unmet = why.code == Errc::telegram && link.user_id != 0;
    if (unmet) {
      co_return fail(Errc::not_found, words::person_not_met);
    }
    co_return std::unexpected(std::move(why));
  }
  co_return SeenUser{.id = id, .name = telegram::parse_user(*user).name};
}

Awaitable<Result<bool>> is_blocked(std::shared_ptr<telegram::Client> client, UserId user) {
  int offset = 0;
  for (int page = 0; page < kMostPages; ++page) {
    Json list{{"@type", "blockListMain"}};
    Json ask{{"@type", "getBlockedMessageSenders"},
             {"block_list", std::move(list)},
             {"offset", offset},
             {"limit", kPage}};
    const auto answer = co_await client->request(std::move(ask));
    if (!answer) co_return std::unexpected(answer.error().to_error());
    const auto senders = answer->find("senders");
    if (senders == answer->end() || !senders->is_array() || senders->empty()) co_return false;
    for (const Json& sender : *senders) {
      if (telegram::int_field(sender, "user_id") == user) co_return true;
    }
    offset += static_cast<int>(senders->size());
    if (offset >= telegram::int_field(*answer, "total_count")) co_return false;
  }
  co_return false;
}

Awaitable<Result<void>> set_blocked(std::shared_ptr<telegram::Client> client, UserId user,
                                    bool blocked) {
  const auto before = co_await is_blocked(client, user);
  if (!before) co_return std::unexpected(before.error());
  if (*before == blocked) co_return Result<void>{};
  // TDLib calls nobody when it believes that the person is on the list, or off it, already; and
  // before it has read about the person it believes that nobody is.
  Json learn{{"@type", "getUserFullInfo"}, {"user_id", user}};
  const auto learnt = co_await client->request(std::move(learn));
  if (!learnt) co_return std::unexpected(learnt.error().to_error());

  Json sender{{"@type", "messageSenderUser"}, {"user_id", user}};
  Json list;
  if (blocked) list = {{"@type", "blockListMain"}};
  Json deed{{"@type", "setMessageSenderBlockList"},
            {"sender_id", std::move(sender)},
            {"block_list", std::move(list)}};
  const auto answer = co_await client->request(std::move(deed));
  if (!answer) co_return std::unexpected(answer.error().to_error());

  asio::steady_timer pause(co_await asio::this_coro::executor);
  for (std::size_t look = 0;; ++look) {
    const auto now = co_await is_blocked(client, user);
    if (!now) co_return std::unexpected(now.error());
    if (*now == blocked) co_return Result<void>{};
    if (look == kReadBackPauses.size()) break;
    pause.expires_after(kReadBackPauses.at(look));
    co_await pause.async_wait(asio::use_awaitable);
  }
  co_return fail(Errc::timeout, words::block_list_unchanged);
}

}  // namespace tgpanel::actions
