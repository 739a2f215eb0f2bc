#include "random_value.hpp"

#include <algorithm>
#include <limits>

namespace testdc::tl {

namespace {

constexpr int small_depth = 4;

std::vector<std::uint8_t> random_bytes(std::size_t size) {
  return *rc::gen::container<std::vector<std::uint8_t>>(size, rc::gen::arbitrary<std::uint8_t>());
}

std::size_t length() {
  // Around the two forms of a length and its padding.
  return *rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, 12),
                         rc::gen::inRange<std::size_t>(250, 260));
}

}  // namespace

RandomValue::RandomValue(const Tables& tables) : tables_(tables), by_type_(tables.types.size()) {
  constexpr int unknown = std::numeric_limits<int>::max();
  const auto& all = tables.combinators;
  // Height of the smallest value of each constructor, by repeated looking.
  std::vector<int> heights(all.size(), unknown);
  const auto height_of_type = [&](std::uint32_t type) {
    int best = unknown;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!all[i].method && all[i].type == type) best = std::min(best, heights[i]);
    }
    return best;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (heights[i] != unknown || all[i].method) continue;
      int height = 0;
      for (const Field& field : all[i].fields) {
        if (field.optional() || field.type.kind != Kind::object ||
            field.type.repeat != Repeat::once)
          continue;
        const int below = height_of_type(field.type.type);
        height = below == unknown ? unknown : std::max(height, below + 1);
        if (height == unknown) break;
      }
      if (height == unknown) continue;
      heights[i] = height;
      changed = true;
    }
  }
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (!all[i].method) by_type_[all[i].type].push_back(i);
  }
  for (auto& list : by_type_) {
    std::ranges::stable_sort(list, {}, [&](std::uint32_t i) { return heights[i]; });
  }
}

Value RandomValue::any() {
  return of(tables_.combinators[*rc::gen::inRange<std::size_t>(0, tables_.combinators.size())]);
}

const Combinator& RandomValue::constructor(std::uint32_t type, int depth) {
  const auto& list = by_type_[type];
  const auto choice = depth > small_depth ? 0 : *rc::gen::inRange<std::size_t>(0, list.size());
  return tables_.combinators[list[choice]];
}

Value RandomValue::of(const Combinator& combinator, int depth) {
  Value value = Value::object();
  value["_"] = combinator.name;
  std::uint64_t drawn = 0;
  std::map<std::pair<std::uint16_t, std::uint8_t>, bool> present;
  for (const Field& field : combinator.fields) {
    if (field.type.kind == Kind::flags) continue;
    if (field.optional()) {
      // One draw for each bit: fields that share it come together.
      const auto [place, added] = present.try_emplace({field.flags, field.bit}, false);
      if (added) {
        if (drawn == 0)
          drawn = (depth > small_depth ? 0 : *rc::gen::arbitrary<std::uint32_t>()) | 1ULL << 32U;
        place->second = (drawn & 1U) != 0;
        drawn >>= 1U;
      }
      if (!place->second) continue;
    }
    value[field.name] = of(field.type, depth);
  }
  return value;
}

Value RandomValue::of(const TypeRef& type, int depth) {
  if (type.repeat == Repeat::once) return single(type, depth);
  Value array = Value::array();
  const int count = depth > small_depth ? 0 : *rc::gen::inRange(0, 3);
  for (int i = 0; i < count; ++i) array.push_back(single(type, depth));
  return array;
}

Value RandomValue::single(const TypeRef& type, int depth) {
  switch (type.kind) {
    case Kind::flags:
    case Kind::true_flag:
      return true;
    case Kind::boolean:
      return *rc::gen::arbitrary<bool>();
    case Kind::int32:
      return *rc::gen::arbitrary<std::int32_t>();
    case Kind::int64:
      return *rc::gen::arbitrary<std::int64_t>();
    case Kind::float64:
      return *rc::gen::arbitrary<double>();
    case Kind::int128:
      return Value::binary(random_bytes(16));
    case Kind::int256:
      return Value::binary(random_bytes(32));
    case Kind::bytes:
      return Value::binary(random_bytes(length()));
    case Kind::string: {
      const auto bytes = random_bytes(length());
      return std::string(bytes.begin(), bytes.end());
    }
    case Kind::object:
      return of(constructor(type.type, depth + 1), depth + 1);
    case Kind::bare:
      return of(tables_.combinators[type.constructor], depth + 1);
    case Kind::any:
      return Value{{"_", "mt_ping"}, {"ping_id", *rc::gen::arbitrary<std::int64_t>()}};
  }
  return nullptr;
}

}  // namespace testdc::tl
