#pragma once
// What the preview shows of a message.

#include "actions/find_message.hpp"
#include "actions/message_link.hpp"
#include "jobs/deeds.hpp"

#include <memory>

namespace tgpanel::jobs {

/// Title of the message's chat and the message's text.
Awaitable<Sight> message_sight(std::shared_ptr<telegram::Client> client,
                               actions::FoundMessage found, actions::MessageLink link);

}  // namespace tgpanel::jobs
