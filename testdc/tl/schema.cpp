#include "testdc/tl/schema.hpp"

#include "testdc/tl/decoder.hpp"
#include "testdc/tl/encoder.hpp"
#include "testdc/tl/tables.hpp"

#include <stdexcept>

namespace testdc::tl {

struct Schema::Impl {
  Tables tables;
};

Schema::Schema(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Schema::~Schema() = default;

std::shared_ptr<const Schema> Schema::load(const std::filesystem::path& folder) {
  auto impl = std::make_unique<Impl>();
  impl->tables = Tables::load(folder);
  return std::shared_ptr<const Schema>(new Schema(std::move(impl)));  // NOLINT: private constructor
}

int Schema::layer() const {
  return impl_->tables.layer;
}

bool Schema::is_method(std::string_view name) const {
  const Combinator* combinator = impl_->tables.find(name);
  return combinator != nullptr && combinator->method;
}

Bytes Schema::encode(const Value& object) const {
  return Encoder(impl_->tables).object(object);
}

Bytes Schema::encode_result(std::string_view method, const Value& result) const {
  const Combinator* combinator = impl_->tables.find(method);
  if (combinator == nullptr || !combinator->method) {
    throw std::logic_error("no method " + std::string(method) + " in the schema");
  }
  return Encoder(impl_->tables).result(combinator->result, result, method);
}

std::expected<Schema::Decoded, std::string> Schema::decode(
    std::span<const std::uint8_t> data) const {
  return Decoder(impl_->tables, data).object();
}

}  // namespace testdc::tl
