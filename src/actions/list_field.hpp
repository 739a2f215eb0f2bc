#pragma once
// An array of a td_api object.

#include "base/json.hpp"

namespace tgpanel::actions {

/// The member array; an empty one when it is missing or of another kind.
[[nodiscard]] inline const Json& list_field(const Json& object, const char* name) {
  static const Json kNone = Json::array();
  if (!object.is_object()) return kNone;
  const auto found = object.find(name);
  return found != object.end() && found->is_array() ? *found : kNone;
}

}  // namespace tgpanel::actions
