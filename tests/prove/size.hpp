#pragma once
// How large a proof is: as promised with TGPANEL_PROVE=full, else short enough for every day.

#include <cstdlib>
#include <string_view>

namespace prove {

[[nodiscard]] inline bool full() {
  const char* value = std::getenv("TGPANEL_PROVE");
  return value != nullptr && std::string_view(value) == "full";
}

/// One of two sizes.
template <class T>
[[nodiscard]] T sized(T whole, T brief) {
  return full() ? whole : brief;
}

}  // namespace prove
