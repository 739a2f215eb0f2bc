#pragma once
// Values to bytes.

#include "testdc/tl/schema.hpp"
#include "testdc/tl/tables.hpp"

#include <vector>

namespace testdc::tl {

/// Encodes one Value; throws std::logic_error for one that does not fit the schema. Use once.
class Encoder {
 public:
  explicit Encoder(const Tables& tables) : tables_(tables) {}

  /// The boxed object or method.
  Bytes object(const Value& value) &&;
  /// A value of the given type, as a method's answer.
  Bytes result(const TypeRef& type, const Value& value, std::string_view method) &&;

 private:
  void write_type(const TypeRef& type, const Value& value);
  void write_single(const TypeRef& type, const Value& value);
  void write_boxed(const TypeRef& type, const Value& value);
  void write_fields(const Combinator& combinator, const Value& value);
  void collect(const Combinator& combinator, const Value& value);
  void write_flags(const Combinator& combinator, std::size_t slot, std::size_t base);
  const Combinator& combinator_of(const Value& value) const;

  void u32(std::uint32_t value);
  void u64(std::uint64_t value);
  void bytes(std::span<const std::uint8_t> data);
  void fixed(const Value& value, std::size_t size);
  [[noreturn]] void fail(std::string_view what) const;

  const Tables& tables_;
  Bytes out_;
  std::vector<const Value*> slots_;     // the fields of the objects being written, innermost last
  std::vector<std::string_view> path_;  // where we are, for messages
};

}  // namespace testdc::tl
