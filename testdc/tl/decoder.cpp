#include "testdc/tl/decoder.hpp"

#include "testdc/tl/fixed_ids.hpp"
#include "testdc/tl/gzip.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>

namespace testdc::tl {

std::expected<Schema::Decoded, std::string> Decoder::object(int depth) && {
  try {
    Schema::Decoded decoded;
    decoded.value = read_boxed({}, depth);
    decoded.used = size_ - rest_.size();
    return decoded;
  } catch (const Malformed& malformed) {
    return std::unexpected(fmt::format("{} at byte {}", malformed.what, size_ - rest_.size()));
  }
}

Value Decoder::read_boxed(const TypeRef& type, int depth) {
  if (depth >= max_depth) throw Malformed{"objects nested too deeply"};
  const std::uint32_t id = u32();
  if (id == gzip_packed_id && type.kind == Kind::any) return read_packed(depth);
  const Combinator* combinator = tables_.find(id);
  if (combinator == nullptr) throw Malformed{fmt::format("unknown constructor {:#010x}", id)};
  if (type.kind == Kind::object && (combinator->method || combinator->type != type.type)) {
    throw Malformed{fmt::format("{} is no {}", combinator->name, tables_.types[type.type])};
  }
  return read_fields(*combinator, depth);
}

Value Decoder::read_packed(int depth) {
  const auto unpacked = gunzip(bytes());
  if (!unpacked) throw Malformed{"gzip_packed: " + unpacked.error()};
  auto inner = Decoder(tables_, *unpacked).object(depth + 1);
  if (!inner) throw Malformed{"in gzip_packed: " + inner.error()};
  return std::move(inner->value);
}

Value Decoder::read_fields(const Combinator& combinator, int depth) {
  Value value = Value::object();
  value.emplace("_", combinator.name);
  std::array<std::uint32_t, max_flags_slot> flags{};
  for (std::size_t slot = 0; slot < combinator.fields.size(); ++slot) {
    const Field& field = combinator.fields[slot];
    if (field.type.kind == Kind::flags) {
      flags[slot] = u32();
      continue;
    }
    if (field.optional() && (flags[field.flags] >> field.bit & 1U) == 0) continue;
    value.emplace(field.name, read_type(field.type, depth));
  }
  return value;
}

Value Decoder::read_type(const TypeRef& type, int depth) {
  if (type.repeat == Repeat::once) return read_single(type, depth);
  if (type.repeat == Repeat::vector && u32() != vector_id) throw Malformed{"a vector is wanted"};
  const std::uint32_t count = u32();
  // No element has less than four bytes, so a longer count cannot be true.
  if (count > rest_.size() / 4)
    throw Malformed{fmt::format("a vector of {} in {} bytes", count, rest_.size())};
  Value array = Value::array();
  for (std::uint32_t i = 0; i < count; ++i) array.push_back(read_single(type, depth));
  return array;
}

Value Decoder::read_single(const TypeRef& type, int depth) {
  switch (type.kind) {
    case Kind::flags:
    case Kind::true_flag:
      return true;
    case Kind::boolean: {
      const std::uint32_t id = u32();
      if (id != bool_true_id && id != bool_false_id) throw Malformed{"a Bool is wanted"};
      return id == bool_true_id;
    }
    case Kind::int32:
      return static_cast<std::int32_t>(u32());
    case Kind::int64:
      return static_cast<std::int64_t>(u64());
    case Kind::float64:
      return std::bit_cast<double>(u64());
    case Kind::int128:
    case Kind::int256: {
      const auto data = take(type.kind == Kind::int128 ? 16 : 32);
      return Value::binary({data.begin(), data.end()});
    }
    case Kind::bytes: {
      const auto data = bytes();
      return Value::binary({data.begin(), data.end()});
    }
    case Kind::string: {
      const auto data = bytes();
      return std::string(data.begin(), data.end());
    }
    case Kind::object:
    case Kind::any:
      return read_boxed(type, depth + 1);
    case Kind::bare:
      if (depth + 1 >= max_depth) throw Malformed{"objects nested too deeply"};
      return read_fields(tables_.combinators[type.constructor], depth + 1);
  }
  throw Malformed{"a kind without a reader"};
}

std::span<const std::uint8_t> Decoder::take(std::size_t count) {
  if (count > rest_.size())
    throw Malformed{fmt::format("{} bytes wanted, {} left", count, rest_.size())};
  const auto data = rest_.first(count);
  rest_ = rest_.subspan(count);
  return data;
}

std::uint32_t Decoder::u32() {
  const auto data = take(4);
  return std::uint32_t{data[0]} | std::uint32_t{data[1]} << 8U | std::uint32_t{data[2]} << 16U |
         std::uint32_t{data[3]} << 24U;
}

std::uint64_t Decoder::u64() {
  const std::uint64_t low = u32();
  return low | std::uint64_t{u32()} << 32U;
}

std::span<const std::uint8_t> Decoder::bytes() {
  std::size_t size = take(1)[0];
  std::size_t used = 1 + size;
  if (size == 255) throw Malformed{"a string of unknown form"};
  if (size == 254) {
    const auto length = take(3);
    size = std::size_t{length[0]} | std::size_t{length[1]} << 8U | std::size_t{length[2]} << 16U;
    used = size;
  }
  const auto data = take(size);
  take((4 - used % 4) % 4);
  return data;
}

}  // namespace testdc::tl
