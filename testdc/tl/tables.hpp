#pragma once
// The schema compiled into flat tables: what the encoder and the decoder walk along.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace testdc::tl {

/// Objects within objects; the deepest that TDLib sends is a page of nested blocks, below 20.
inline constexpr int max_depth = 64;

enum class Kind : std::uint8_t {
  flags,      // a "#" field: computed, never in a Value
  true_flag,  // no bytes, only its bit
  boolean,
  int32,
  int64,
  float64,
  int128,
  int256,
  bytes,
  string,
  object,  // boxed, of type `type`
  bare,    // without its id: always the constructor `constructor`
  any,     // !X and X: a boxed object or method
};

enum class Repeat : std::uint8_t { once, vector, bare_vector };

/// Type of a field or of a method's result.
struct TypeRef {
  Kind kind = Kind::any;
  Repeat repeat = Repeat::once;
  std::uint32_t type = 0;         // Kind::object: index of the type's name
  std::uint32_t constructor = 0;  // Kind::bare: index in `constructors`
};

inline constexpr std::uint16_t no_slot = 0xffff;
inline constexpr std::uint16_t max_flags_slot = 64;  // "#" fields come before it

struct Field {
  std::string name;
  TypeRef type;
  std::uint16_t flags = no_slot;  // index of the "#" field that holds this field's bit
  std::uint8_t bit = 0;

  [[nodiscard]] bool optional() const { return flags != no_slot; }
};

/// A constructor or a method.
struct Combinator {
  std::uint32_t id = 0;
  std::string name;
  bool method = false;
  std::uint32_t type = 0;  // a constructor's type
  TypeRef result;          // a method's
  std::vector<Field> fields;
  /// Indices of the fields that appear in a Value, sorted by name: the order of a JSON object's
  /// keys.
  std::vector<std::uint16_t> by_name;
};

struct Tables {
  /// Throws std::runtime_error when a file is missing or not as expected.
  static Tables load(const std::filesystem::path& folder);

  [[nodiscard]] const Combinator* find(std::uint32_t id) const;
  [[nodiscard]] const Combinator* find(std::string_view name) const;

  int layer = 0;
  std::vector<std::string> types;
  std::vector<Combinator> combinators;
  std::unordered_map<std::uint32_t, std::uint32_t> index_by_id;
  std::unordered_map<std::string_view, std::uint32_t> index_by_name;  // views into `combinators`
};

}  // namespace testdc::tl
