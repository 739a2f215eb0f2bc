#pragma once
// Pages of messages, shared by the calls that answer with them.

#include "testdc/world/view.hpp"

#include <vector>

namespace testdc {

/// The page that a query asks for with offset_id, offset_date, add_offset, limit, max_id and min_id
/// (core.telegram.org/api/offsets); `all` is oldest first, the page newest first.
[[nodiscard]] std::vector<MessagePtr> history_page(const std::vector<MessagePtr>& all,
                                                   std::int64_t viewer, const Value& query);
/// messages.channelMessages, messages.messages or messages.messagesSlice; `count`: of all pages.
[[nodiscard]] Value messages_answer(View& view, Peer dialog, const std::vector<MessagePtr>& page,
                                    std::size_t count);

}  // namespace testdc
