#include "jobs/deeds/message_sight.hpp"

#include <utility>

namespace tgpanel::jobs {

Awaitable<Sight> message_sight(std::shared_ptr<telegram::Client> client,
                               actions::FoundMessage found, actions::MessageLink link) {
  Sight sight;
  sight.excerpt = std::move(found.excerpt);
  const auto title = co_await actions::chat_title(std::move(client), found.chat_id);
  if (title && !title->empty()) {
    sight.title = *title;
  } else if (!link.username.empty()) {
    sight.title = "@" + link.username;
  }
  co_return sight;
}

}  // namespace tgpanel::jobs
