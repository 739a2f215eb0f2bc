#pragma once
// A notice as a message. Pure.

#include "accounts/notice.hpp"
#include "base/json.hpp"
#include "bot/screen.hpp"

#include <cstdint>

namespace tgpanel::bot {

[[nodiscard]] Screen notice_message(Language language, const accounts::Notice& notice);

/// The notice that a message of ours carries, by the data of its button; 0: none. `message`: td_api
/// `message`.
[[nodiscard]] std::int64_t notice_id_of(const Json& message);

}  // namespace tgpanel::bot
