#include "actions/slow_mode.hpp"

#include "base/json.hpp"
#include "telegram/td_types.hpp"

#include <utility>

namespace tgpanel::actions {

Awaitable<bool> is_slow_mode(std::shared_ptr<telegram::Client> client, ChatId chat,
                             std::int64_t wait_s) {
  Json get_chat{{"@type", "getChat"}, {"chat_id", chat}};
  const auto answer = co_await client->request(std::move(get_chat));
  if (!answer) co_return false;
  const auto parsed = telegram::parse_chat(*answer);
  if (parsed.kind != telegram::ChatKind::supergroup) co_return false;
  Json get_full{{"@type", "getSupergroupFullInfo"}, {"supergroup_id", parsed.peer_id}};
  const auto full = co_await client->request(std::move(get_full));
  // Nobody waits longer for it than its whole period.
  co_return full&& wait_s <= telegram::int_field(*full, "slow_mode_delay");
}

}  // namespace tgpanel::actions
