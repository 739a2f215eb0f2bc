#pragma once
// Actions as the words and JSON of table job, and back.

#include "jobs/action_spec.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::jobs {

/// The JSON of column spec; its kind is to_string(kind_of(spec)).
[[nodiscard]] std::string spec_text(const ActionSpec& spec);

/// Nothing for a kind that this program does not know, or JSON that is none of that kind.
[[nodiscard]] std::optional<ActionSpec> read_spec(std::string_view kind, std::string_view json);

}  // namespace tgpanel::jobs
