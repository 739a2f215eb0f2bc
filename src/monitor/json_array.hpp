#pragma once
#include "base/json.hpp"

namespace tgpanel::monitor {

/// The array member `name`; an empty array when it is missing or of another kind.
[[nodiscard]] inline const Json& array_field(const Json& object, const char* name) {
  static const Json kNone = Json::array();
  if (!object.is_object()) return kNone;
  const auto it = object.find(name);
  return it != object.end() && it->is_array() ? *it : kNone;
}

}  // namespace tgpanel::monitor
