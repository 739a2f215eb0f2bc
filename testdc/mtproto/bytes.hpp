#pragma once
// Bytes, and reading and writing them in MTProto's little-endian order.

#include "testdc/tl/schema.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <type_traits>

namespace testdc::mtproto {

static_assert(std::endian::native == std::endian::little);

using tl::Bytes;
using ByteView = std::span<const std::uint8_t>;

inline Bytes to_bytes(ByteView view) {
  return {view.begin(), view.end()};
}

inline void append(Bytes& out, ByteView tail) {
  out.insert(out.end(), tail.begin(), tail.end());
}

inline Bytes join(std::initializer_list<ByteView> parts) {
  Bytes out;
  for (const ByteView part : parts) append(out, part);
  return out;
}

template <class T>
  requires std::is_integral_v<T>
void append_number(Bytes& out, T value) {
  const auto raw = std::bit_cast<std::array<std::uint8_t, sizeof(T)>>(value);
  append(out, raw);
}

/// The first bytes of `view` as a number; `view` must be long enough.
template <class T>
  requires std::is_integral_v<T>
T read_number(ByteView view) {
  T value{};
  std::memcpy(&value, view.first(sizeof(T)).data(), sizeof(T));
  return value;
}

inline bool equal(ByteView left, ByteView right) {
  return std::ranges::equal(left, right);
}

/// Reads from the front of untrusted bytes. Past the end it yields zeros and is not ok().
class Reader {
 public:
  explicit Reader(ByteView data) : data_(data) {}

  template <class T>
  T number() {
    const ByteView raw = take(sizeof(T));
    return raw.empty() ? T{} : read_number<T>(raw);
  }

  /// Empty when there is not as much left.
  ByteView take(std::size_t count) {
    if (!ok_ || count > data_.size()) {
      ok_ = false;
      return {};
    }
    const ByteView head = data_.first(count);
    data_ = data_.subspan(count);
    return head;
  }

  [[nodiscard]] ByteView rest() const { return data_; }

  [[nodiscard]] bool ok() const { return ok_; }

 private:
  ByteView data_;
  bool ok_ = true;
};

}  // namespace testdc::mtproto
