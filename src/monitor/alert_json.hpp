#pragma once
// An alert as it is kept in the outbox.

#include "monitor/alert_sink.hpp"

#include <string>
#include <string_view>

namespace tgpanel::monitor {

[[nodiscard]] std::string alert_to_json(const Alert& alert);

/// Fields that are missing keep their defaults; a text that is no JSON (an erased body) gives an
/// alert with nothing but its id.
[[nodiscard]] Alert alert_from_json(AlertId id, std::string_view body);

}  // namespace tgpanel::monitor
