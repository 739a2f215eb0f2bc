#include "testdc/tl/encoder.hpp"

#include "testdc/tl/fixed_ids.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <limits>
#include <stdexcept>

namespace testdc::tl {

Bytes Encoder::object(const Value& value) && {
  write_boxed({}, value);
  return std::move(out_);
}

Bytes Encoder::result(const TypeRef& type, const Value& value, std::string_view method) && {
  path_.push_back(method);
  write_type(type, value);
  return std::move(out_);
}

void Encoder::fail(std::string_view what) const {
  throw std::logic_error(fmt::format("TL value at {}: {}", fmt::join(path_, "."), what));
}

const Combinator& Encoder::combinator_of(const Value& value) const {
  if (!value.is_object()) fail(fmt::format("an object is wanted, this is a {}", value.type_name()));
  const auto name = value.find("_");
  if (name == value.end() || !name->is_string())
    fail("an object without its constructor's name in \"_\"");
  const Combinator* combinator =
      tables_.find(std::string_view(name->get_ref<const std::string&>()));
  if (combinator == nullptr) fail(fmt::format("no constructor {} in the schema", name->dump()));
  return *combinator;
}

void Encoder::write_type(const TypeRef& type, const Value& value) {
  if (type.repeat == Repeat::once) {
    write_single(type, value);
    return;
  }
  if (!value.is_array()) fail(fmt::format("an array is wanted, this is a {}", value.type_name()));
  if (type.repeat == Repeat::vector) u32(vector_id);
  u32(static_cast<std::uint32_t>(value.size()));
  for (const Value& element : value) write_single(type, element);
}

void Encoder::write_single(const TypeRef& type, const Value& value) {
  switch (type.kind) {
    case Kind::flags:
    case Kind::true_flag:
      break;
    case Kind::boolean:
      if (!value.is_boolean())
        fail(fmt::format("a Bool is wanted, this is a {}", value.type_name()));
      u32(value.get<bool>() ? bool_true_id : bool_false_id);
      break;
    case Kind::int32: {
      if (!value.is_number_integer())
        fail(fmt::format("an int is wanted, this is a {}", value.type_name()));
      const auto number = value.get<std::int64_t>();
      if (number < std::numeric_limits<std::int32_t>::min() ||
          number > std::numeric_limits<std::uint32_t>::max()) {
        fail(fmt::format("{} is no int", number));
      }
      u32(static_cast<std::uint32_t>(number));
      break;
    }
    case Kind::int64:
      if (!value.is_number_integer())
        fail(fmt::format("a long is wanted, this is a {}", value.type_name()));
      u64(value.is_number_unsigned() ? value.get<std::uint64_t>()
                                     : static_cast<std::uint64_t>(value.get<std::int64_t>()));
      break;
    case Kind::float64:
      if (!value.is_number())
        fail(fmt::format("a double is wanted, this is a {}", value.type_name()));
      u64(std::bit_cast<std::uint64_t>(value.get<double>()));
      break;
    case Kind::int128:
      fixed(value, 16);
      break;
    case Kind::int256:
      fixed(value, 32);
      break;
    case Kind::bytes:
      if (!value.is_binary())
        fail(fmt::format("bytes are wanted, this is a {}", value.type_name()));
      bytes(value.get_binary());
      break;
    case Kind::string: {
      if (!value.is_string())
        fail(fmt::format("a string is wanted, this is a {}", value.type_name()));
      const auto& text = value.get_ref<const std::string&>();
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
      bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
      break;
    }
    case Kind::object:
    case Kind::any:
      write_boxed(type, value);
      break;
    case Kind::bare: {
      const Combinator& combinator = combinator_of(value);
      if (&combinator != &tables_.combinators[type.constructor]) {
        fail(fmt::format("{} is not the constructor wanted here", combinator.name));
      }
      write_fields(combinator, value);
      break;
    }
  }
}

void Encoder::write_boxed(const TypeRef& type, const Value& value) {
  const Combinator& combinator = combinator_of(value);
  if (type.kind == Kind::object && (combinator.method || combinator.type != type.type)) {
    fail(fmt::format("{} is no {}", combinator.name, tables_.types[type.type]));
  }
  u32(combinator.id);
  write_fields(combinator, value);
}

void Encoder::write_fields(const Combinator& combinator, const Value& value) {
  path_.emplace_back(combinator.name);
  const std::size_t base = slots_.size();
  collect(combinator, value);
  for (std::size_t slot = 0; slot < combinator.fields.size(); ++slot) {
    const Field& field = combinator.fields[slot];
    if (field.type.kind == Kind::flags) {
      write_flags(combinator, slot, base);
      continue;
    }
    if (field.type.kind == Kind::true_flag) continue;
    const Value* const content = slots_[base + slot];
    if (content == nullptr) {
      if (field.optional()) continue;
      fail(fmt::format("the field \"{}\" is missing", field.name));
    }
    path_.emplace_back(field.name);
    write_type(field.type, *content);
    path_.pop_back();
  }
  slots_.resize(base);
  path_.pop_back();
}

/// Puts pointers to the object's fields on `slots_`, in the order of the wire. Keys and `by_name`
/// are both sorted, so one pass over the two finds every field and every key that is no field.
void Encoder::collect(const Combinator& combinator, const Value& value) {
  const std::size_t base = slots_.size();
  slots_.resize(base + combinator.fields.size(), nullptr);
  auto next = combinator.by_name.begin();
  for (const auto& [key, content] : value.get_ref<const Value::object_t&>()) {
    if (key == "_") continue;
    while (next != combinator.by_name.end() && combinator.fields[*next].name < key) ++next;
    if (next == combinator.by_name.end() || combinator.fields[*next].name != key) {
      fail(fmt::format("no field \"{}\" in the schema", key));
    }
    slots_[base + *next] = &content;
    ++next;
  }
}

void Encoder::write_flags(const Combinator& combinator, std::size_t slot, std::size_t base) {
  std::uint32_t flags = 0;
  for (std::size_t other = 0; other < combinator.fields.size(); ++other) {
    const Field& field = combinator.fields[other];
    const Value* const content = slots_[base + other];
    if (field.flags != slot || content == nullptr) continue;
    if (field.type.kind == Kind::true_flag) {
      if (!content->is_boolean())
        fail(fmt::format("the flag \"{}\" is a {}", field.name, content->type_name()));
      if (!content->get<bool>()) continue;
    }
    flags |= 1U << field.bit;
  }
  // Fields that share a bit come together or not at all.
  for (std::size_t other = 0; other < combinator.fields.size(); ++other) {
    const Field& field = combinator.fields[other];
    if (field.flags == slot && (flags >> field.bit & 1U) != 0 && slots_[base + other] == nullptr &&
        field.type.kind != Kind::true_flag) {
      fail(
          fmt::format("the field \"{}\" is missing beside another with the same flag", field.name));
    }
  }
  u32(flags);
}

void Encoder::u32(std::uint32_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8)
    out_.push_back(static_cast<std::uint8_t>(value >> shift));
}

void Encoder::u64(std::uint64_t value) {
  u32(static_cast<std::uint32_t>(value));
  u32(static_cast<std::uint32_t>(value >> 32U));
}

void Encoder::bytes(std::span<const std::uint8_t> data) {
  const std::size_t size = data.size();
  if (size >= 1U << 24U) fail("a string of 16 MiB or more");
  if (size < 254) {
    out_.push_back(static_cast<std::uint8_t>(size));
  } else {
    u32(static_cast<std::uint32_t>(size << 8U) | 254U);
  }
  out_.insert(out_.end(), data.begin(), data.end());
  while (out_.size() % 4 != 0) out_.push_back(0);
}

void Encoder::fixed(const Value& value, std::size_t size) {
  if (!value.is_binary() || value.get_binary().size() != size)
    fail(fmt::format("{} bytes are wanted", size));
  const auto& data = value.get_binary();
  out_.insert(out_.end(), data.begin(), data.end());
}

}  // namespace testdc::tl
