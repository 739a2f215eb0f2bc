#pragma once
// The TL codec, driven by the schema files of @mtcute/tl (api-schema.json, mtp-schema.json).
//
// A TL object is a Value: {"_": "<constructor>", <field>: ...}. Constructors and methods carry the
// schema's names ("message", "messages.sendMessage"; service ones "mt_resPQ").
//   int, long        integer          int128, int256, bytes   Json::binary (byte vector)
//   double           number           string                  string (UTF-8 not checked)
//   Bool             true / false     true (flag)             true, or absent
//   Vector<T>        array            !X, X                   an object
// Optional fields are absent when not set; the flags fields themselves are computed and never
// appear.

#include "base/json.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace testdc::tl {

using Value = tgpanel::Json;
using Bytes = std::vector<std::uint8_t>;

class Schema {
 public:
  /// Reads both schema files. Throws std::runtime_error when one is missing or not as expected.
  static std::shared_ptr<const Schema> load(const std::filesystem::path& folder);
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  ~Schema();

  /// Layer of the API schema (223).
  [[nodiscard]] int layer() const;
  /// True for a function of the schema (not a type's constructor).
  [[nodiscard]] bool is_method(std::string_view name) const;

  /// Boxed bytes of an object or method. Throws std::logic_error for an unknown name, a missing
  /// required field or one of a wrong kind: our own bug.
  [[nodiscard]] Bytes encode(const Value& object) const;
  /// Boxed bytes of a method's answer: a bare Bool, Vector<...> or object, by the method's type.
  [[nodiscard]] Bytes encode_result(std::string_view method, const Value& result) const;

  struct Decoded {
    Value value;
    std::size_t used = 0;  // bytes consumed
  };

  /// One boxed object from the front of `data`; the error says what is malformed. Never reads
  /// outside `data`, never recurses without bound. A gzip_packed object is unpacked on the way
  /// (zlib or gzip).
  [[nodiscard]] std::expected<Decoded, std::string> decode(
      std::span<const std::uint8_t> data) const;

 private:
  struct Impl;
  explicit Schema(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace testdc::tl
