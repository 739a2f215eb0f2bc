#include "telegram/incoming.hpp"

#include "telegram/wanted_updates.hpp"

#include <simdjson.h>

#include <utility>

namespace tgpanel::telegram {

struct IncomingReader::Parser {
  simdjson::ondemand::parser parser;
  std::string padded;
};

IncomingReader::IncomingReader() : parser_(std::make_unique<Parser>()) {}

IncomingReader::~IncomingReader() = default;

Incoming IncomingReader::look(std::string_view json) {
  auto& padded = parser_->padded;
  padded.reserve(json.size() + simdjson::SIMDJSON_PADDING);
  padded.assign(json);
  simdjson::ondemand::document document;
  const simdjson::padded_string_view view(padded.data(), padded.size(), padded.capacity() + 1);
  if (parser_->parser.iterate(view).get(document) != simdjson::SUCCESS) return {};

  std::string_view type;
  if (document.find_field_unordered("@type").get_string().get(type) != simdjson::SUCCESS) return {};
  const bool is_update = type.starts_with("update") && type != "updates";
  if (is_update && !is_wanted_update(type)) return {};

  Incoming incoming;
  incoming.kind = is_update ? Incoming::Kind::update : Incoming::Kind::answer;
  if (type == "updateAuthorizationState") {
    std::string_view state;
    if (document.find_field_unordered("authorization_state")["@type"].get_string().get(state) ==
            simdjson::SUCCESS &&
        state == "authorizationStateClosed") {
      incoming.kind = Incoming::Kind::closed;
    }
  }
  std::int64_t client = 0;
  if (document.find_field_unordered("@client_id").get_int64().get(client) != simdjson::SUCCESS ||
      !std::in_range<int>(client)) {
    return {};
  }
  incoming.client_id = static_cast<int>(client);
  if (!is_update && document.find_field_unordered("@extra").get_uint64().get(incoming.request) !=
                        simdjson::SUCCESS) {
    return {};
  }
  return incoming;
}

}  // namespace tgpanel::telegram
