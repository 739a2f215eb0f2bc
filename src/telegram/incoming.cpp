#include "telegram/incoming.hpp"

#include "telegram/wanted_updates.hpp"

#include <simdjson.h>

#include <optional>
#include <string>
#include <utility>

namespace tgpanel::telegram {

namespace {

namespace dom = simdjson::dom;

Json to_json(dom::element element);

Json to_json(dom::object object) {
  Json::object_t fields;
  for (const auto field : object) {
    fields.insert_or_assign(std::string(field.key), to_json(field.value));
  }
  return fields;
}

Json to_json(dom::array array) {
  Json::array_t items;
  items.reserve(array.size());
  for (const auto item : array) items.push_back(to_json(item));
  return items;
}

// simdjson allows 1,024 levels, so that there is an end to the recursion.
Json to_json(dom::element element) {
  switch (element.type()) {
    case dom::element_type::OBJECT:
      return to_json(dom::object(element));
    case dom::element_type::ARRAY:
      return to_json(dom::array(element));
    case dom::element_type::STRING:
      return std::string_view(element);
    case dom::element_type::INT64: {
      // nlohmann's parser calls what is not negative unsigned.
      const std::int64_t number(element);
      return number < 0 ? Json(number) : Json(static_cast<std::uint64_t>(number));
    }
    case dom::element_type::UINT64:
      return std::uint64_t(element);
    case dom::element_type::DOUBLE:
      return double(element);
    case dom::element_type::BOOL:
      return bool(element);
    case dom::element_type::NULL_VALUE:
      break;
  }
  return nullptr;
}

}  // namespace

// Not the reader on demand, which saves the look at the rest: it does not bear malformed objects.
struct IncomingReader::Parser {
  dom::parser parser;
  std::string padded;
  std::optional<dom::object> object;  // in the parser's memory
};

IncomingReader::IncomingReader() : parser_(std::make_unique<Parser>()) {}

IncomingReader::~IncomingReader() = default;

Incoming IncomingReader::look(std::string_view json) {
  auto& padded = parser_->padded;
  padded.reserve(json.size() + simdjson::SIMDJSON_PADDING);
  padded.assign(json);
  parser_->object.reset();
  dom::object object;
  if (parser_->parser.parse(padded.data(), padded.size(), false).get(object) != simdjson::SUCCESS) {
    return {};
  }
  parser_->object = object;

  std::string_view type;
  if (object["@type"].get(type) != simdjson::SUCCESS) return {};
  const bool is_update = type.starts_with("update") && type != "updates";
  if (is_update && !is_wanted_update(type)) return {};

  Incoming incoming;
  incoming.kind = is_update ? Incoming::Kind::update : Incoming::Kind::answer;
  if (type == "updateAuthorizationState") {
    std::string_view state;
    if (object["authorization_state"]["@type"].get(state) == simdjson::SUCCESS &&
        state == "authorizationStateClosed") {
      incoming.kind = Incoming::Kind::closed;
    }
  }
  std::int64_t client = 0;
  if (object["@client_id"].get(client) != simdjson::SUCCESS || !std::in_range<int>(client)) {
    return {};
  }
  incoming.client_id = static_cast<int>(client);
  if (!is_update && object["@extra"].get(incoming.request) != simdjson::SUCCESS) return {};
  return incoming;
}

Json IncomingReader::build() const {
  return parser_->object ? to_json(*parser_->object) : Json();
}

}  // namespace tgpanel::telegram
