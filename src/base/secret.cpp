#include "base/secret.hpp"

#include <sodium.h>

namespace tgpanel {

void Secret::wipe() noexcept {
  // The capacity, not the size: a shortened value leaves its tail behind.
  value_.resize(value_.capacity());
  sodium_memzero(value_.data(), value_.size());
  value_.clear();
}

}  // namespace tgpanel
