#pragma once
// The faults that were asked for, in that order. Executor: the data centre's one thread.

#include "testdc/rpc/dispatcher.hpp"

#include <cstdint>
#include <list>
#include <optional>
#include <string_view>

namespace testdc {

class Faults {
 public:
  void add(Fault fault);

  void clear() { faults_.clear(); }

  /// The first fault that fits and is not passed over counts one hit. A pass (`skip`) of one fault
  /// leaves the call to those after it.
  std::optional<Fault> take(std::string_view method, std::int64_t user);

 private:
  std::list<Fault> faults_;
};

}  // namespace testdc
