// The data centre's decoder on any bytes: what a broken client could send.

#include "testdc/tl/schema.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto schema = testdc::tl::Schema::load(TGPANEL_SCHEMA_DIR);
  const auto decoded = schema->decode(std::span(data, size));
  if (!decoded) return 0;
  if (decoded->used > size) std::abort();
  // What was read can be written, and is then read as the same.
  const auto bytes = schema->encode(decoded->value);
  const auto again = schema->decode(bytes);
  if (!again || again->used != bytes.size() || schema->encode(again->value) != bytes) std::abort();
  return 0;
}
