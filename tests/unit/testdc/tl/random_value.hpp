#pragma once
// Random values that fit the schema, for round trips.

#include "testdc/tl/schema.hpp"
#include "testdc/tl/tables.hpp"

#include <rapidcheck.h>

namespace testdc::tl {

/// Makes any value of a type, with optional fields there or not. Objects below a depth are the
/// smallest constructor of their type, so that it ends.
class RandomValue {
 public:
  explicit RandomValue(const Tables& tables);

  /// Any of the schema's constructors and methods.
  Value any();
  Value of(const TypeRef& type, int depth = 0);
  Value of(const Combinator& combinator, int depth = 0);

 private:
  Value single(const TypeRef& type, int depth);
  const Combinator& constructor(std::uint32_t type, int depth);

  const Tables& tables_;
  std::vector<std::vector<std::uint32_t>> by_type_;  // the one that ends soonest first
};

}  // namespace testdc::tl
