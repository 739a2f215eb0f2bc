#include "telegram/incoming.hpp"

#include "telegram/wanted_updates.hpp"

#include <simdjson.h>

#include <utility>

namespace tgpanel::telegram {

// Not the reader on demand, which saves the look at the rest: it does not bear malformed objects.
struct IncomingReader::Parser {
  simdjson::dom::parser parser;
  std::string padded;
};

IncomingReader::IncomingReader() : parser_(std::make_unique<Parser>()) {}

IncomingReader::~IncomingReader() = default;

Incoming IncomingReader::look(std::string_view json) {
  auto& padded = parser_->padded;
  padded.reserve(json.size() + simdjson::SIMDJSON_PADDING);
  padded.assign(json);
  simdjson::dom::object object;
  if (parser_->parser.parse(padded.data(), padded.size(), false).get(object) != simdjson::SUCCESS) {
    return {};
  }

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

}  // namespace tgpanel::telegram
