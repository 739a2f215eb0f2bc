#pragma once
// Walks the bot's menus as an admin who presses every button that leads to another menu.

#include "testdc/control/driver.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace support {

class MenuWalk {
 public:
  /// Says whether to go to a menu ("l3": letter and parameter, see bot/callback.hpp).
  using Accept = std::function<bool(std::string_view menu)>;

  MenuWalk(testdc::Driver world, std::int64_t admin, std::int64_t bot)
      : world_(std::move(world)), admin_(admin), bot_(bot) {}

  /// From /start, until every menu that can be reached and is accepted was shown. What each showed,
  /// by its name. Throws std::runtime_error when one does not come.
  std::map<std::string, testdc::SeenMessage> walk(const Accept& accept);

 private:
  testdc::SeenMessage shown(std::string_view menu);

  testdc::Driver world_;
  std::int64_t admin_;
  std::int64_t bot_;
  std::int64_t start_ = 0;  // the message that asked for the menu; notices before it are no menus
};

}  // namespace support
