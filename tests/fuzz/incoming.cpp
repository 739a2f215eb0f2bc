// What TDLib's receive hands over: any bytes are looked at without harm, a cut or broken object
// never spoils the next one, what the look says is what the whole object says, and what is built is
// what another parser builds.

#include "telegram/incoming.hpp"

#include "base/json.hpp"
#include "telegram/wanted_updates.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <tuple>

namespace {

using tgpanel::Json;
using tgpanel::telegram::Incoming;
using Kind = Incoming::Kind;

void expect(bool holds) {
  if (!holds) std::abort();
}

/// A name that comes twice is read as its first by the look and as its last by the whole.
bool repeats_names(std::string_view text) {
  int type = 0;
  int inner_type = 0;
  int client = 0;
  int extra = 0;
  int state = 0;
  const auto count = [&](int depth, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::key) {
      if (depth == 1 && value == "@client_id") ++client;
      if (depth == 1 && value == "@extra") ++extra;
      if (depth == 1 && value == "authorization_state") ++state;
      if (depth == 1 && value == "@type") ++type;
      if (depth == 2 && value == "@type") ++inner_type;
    }
    return true;
  };
  std::ignore = Json::parse(text, count, false);
  return type > 1 || inner_type > 1 || client > 1 || extra > 1 || state > 1;
}

void compare(const Incoming& incoming, const Json& whole) {
  const auto type = whole.value("@type", std::string());
  expect(whole.value("@client_id", Json()) == incoming.client_id);
  const bool is_update = type.starts_with("update") && type != "updates";
  expect(is_update == (incoming.kind != Kind::answer));
  if (is_update) {
    expect(tgpanel::telegram::is_wanted_update(type));
  } else {
    expect(whole.value("@extra", Json()) == incoming.request);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static tgpanel::telegram::IncomingReader reader;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto incoming = reader.look(text);
  // The receive thread builds exactly what the look let through.
  if (incoming.kind != Kind::dropped) {
    const auto whole = Json::parse(text, nullptr, false);
    if (whole.is_object()) {
      expect(reader.build() == whole);
      if (!repeats_names(text)) compare(incoming, whole);
    }
  }
  const auto next = reader.look(R"({"@type":"ok","@client_id":1,"@extra":2})");
  expect(next.kind == Kind::answer && next.client_id == 1 && next.request == 2);
  return 0;
}
