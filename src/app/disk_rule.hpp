#pragma once
// What the panel does about the disk of its data folder: decided from what looks found alone.

#include <cstdint>

namespace tgpanel::app {

struct DiskLook {
  std::uint64_t free = 0;  // bytes that the panel's user may still write
  int error = 0;           // errno of a write that was tried; 0: it is on the disk
};

enum class Disk : std::uint8_t {
  good,
  low,  // nothing new is begun
  out,  // nothing can be written: TDLib, which writes for each account, would end the process
};

/// Bytes. The space between two bounds keeps a disk that hovers from being told again and again.
struct DiskLimits {
  std::uint64_t out = std::uint64_t{8} << 20U;
  std::uint64_t back = std::uint64_t{16} << 20U;  // is not out any more
  std::uint64_t low = std::uint64_t{64} << 20U;
  std::uint64_t enough = std::uint64_t{96} << 20U;  // is not low any more
};

class DiskRule {
 public:
  explicit DiskRule(const DiskLimits& limits = {}) : limits_(limits) {}

  Disk look(const DiskLook& look);

  [[nodiscard]] Disk state() const { return state_; }

 private:
  DiskLimits limits_;
  Disk state_ = Disk::good;
};

}  // namespace tgpanel::app
