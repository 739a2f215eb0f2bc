#pragma once
// A chat that an account is in, as people are shown it.

#include "base/ids.hpp"

#include <string>

namespace tgpanel::monitor {

struct Group {
  ChatId id = 0;
  std::string title;
  std::string username;  // without @; empty when it has none
};

}  // namespace tgpanel::monitor
