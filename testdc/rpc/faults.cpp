#include "testdc/rpc/faults.hpp"

#include <stdexcept>

namespace testdc {

void Faults::add(Fault fault) {
  if (fault.method.empty()) throw std::runtime_error("a fault names its method, or \"*\"");
  if (fault.times == 0 || fault.times < -1) {
    throw std::runtime_error("a fault hits at least once, or for ever (times -1)");
  }
  if (fault.skip < 0 || fault.delay_ms < 0) {
    throw std::runtime_error("a fault's skip and delay are not negative");
  }
  faults_.push_back(std::move(fault));
}

std::optional<Fault> Faults::take(std::string_view method, std::int64_t user) {
  for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
    if (fault->method != "*" && fault->method != method) continue;
    if (fault->user_id != 0 && fault->user_id != user) continue;
    if (fault->skip > 0) {
      --fault->skip;
      continue;
    }
    Fault hit = *fault;
    if (fault->times > 0) --fault->times;
    if (fault->times == 0) faults_.erase(fault);
    return hit;
  }
  return std::nullopt;
}

}  // namespace testdc
