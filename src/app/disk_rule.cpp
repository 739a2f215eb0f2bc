#include "app/disk_rule.hpp"

namespace tgpanel::app {

Disk DiskRule::look(const DiskLook& look) {
  const auto out_below = state_ == Disk::out ? limits_.back : limits_.out;
  const auto low_below = state_ == Disk::good ? limits_.low : limits_.enough;
  if (look.error != 0 || look.free < out_below) {
    state_ = Disk::out;
  } else {
    state_ = look.free < low_below ? Disk::low : Disk::good;
  }
  return state_;
}

}  // namespace tgpanel::app
