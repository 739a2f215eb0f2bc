#pragma once
// Bytes to values.

#include "testdc/tl/schema.hpp"
#include "testdc/tl/tables.hpp"

namespace testdc::tl {

/// Decodes from a span that may hold anything. Use once.
class Decoder {
 public:
  Decoder(const Tables& tables, std::span<const std::uint8_t> data)
      : tables_(tables), rest_(data), size_(data.size()) {}

  /// One boxed object or method; `depth` objects are around it already.
  std::expected<Schema::Decoded, std::string> object(int depth = 0) &&;

 private:
  struct Malformed {
    std::string what;
  };

  Value read_boxed(const TypeRef& type, int depth);
  Value read_packed(int depth);
  Value read_fields(const Combinator& combinator, int depth);
  Value read_type(const TypeRef& type, int depth);
  Value read_single(const TypeRef& type, int depth);

  std::span<const std::uint8_t> take(std::size_t count);
  std::uint32_t u32();
  std::uint64_t u64();
  std::span<const std::uint8_t> bytes();

  const Tables& tables_;
  std::span<const std::uint8_t> rest_;
  std::size_t size_;
};

}  // namespace testdc::tl
