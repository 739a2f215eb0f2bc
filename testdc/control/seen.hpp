#pragma once
// Messages as the control operations show them: the JSON behind SeenMessage (driver.hpp).

#include "base/json.hpp"
#include "testdc/world/world.hpp"

namespace testdc {

/// {id, sender_id, sender_name, text, media, deleted, edit_count, past_texts, edits: [{time_ms,
/// text, keyboard}], keyboard, entities, reactions, date, reply_to}. Button data in hexadecimal.
[[nodiscard]] tgpanel::Json seen_message(const World& world, const Message& message,
                                         std::int64_t viewer);

}  // namespace testdc
