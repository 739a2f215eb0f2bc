#include "support/complaint.hpp"

#include <algorithm>
#include <initializer_list>

namespace support {

namespace {

bool has_any(std::string_view line, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts,
                             [&](auto part) { return line.find(part) != std::string_view::npos; });
}

// Where TDLib looks for the data centres' addresses when it has had no connection for some seconds,
// which a slow machine brings about; no option keeps it from that (the names are in the library).
constexpr auto kRecovery = {
    "refused the name dns.google:",
    "refused the name mozilla.cloudflare-dns.com:",
    "refused the name software-download.microsoft.com:",
    "refused the name firebaseremoteconfig.googleapis.com:",
    "refused the name firestore.googleapis.com:",
    "refused the name reserve-5a846.firebaseio.com:",
};

}  // namespace

bool is_complaint(std::string_view line) {
  if (std::ranges::any_of(kRecovery, [&](std::string_view name) { return line.contains(name); })) {
    return false;
  }
  if (has_any(line, {"loopback_only: refused"})) return true;
  // Of white space alone, which no client can send: a person of ours may.
  if (has_any(line, {"Receive empty message text"})) return false;
  if (has_any(line, {"Your account was banned"})) return false;  // a fault that a test asks for
  // TDLib asked for a chat and a change came right after the answer: within TDLib they go different
  // ways, so that the change may be seen first. It keeps the later PTS.
  if (line.contains("Receive wrong PTS ") && line.contains(" from get chat")) return false;
  // A client that was just opened: the chat list, which it asks for while it finds out where it is,
  // held a message whose update came meanwhile and is applied after it. TDLib adds it all the same.
  if (line.contains(" from updateNewMessage has identifier less than last_new_message_id")) {
    return false;
  }
  if (has_any(line, {"TDLib: [ 0]", "TDLib: [ 1]"})) return true;
  // The other warnings tell of connections.
  return has_any(line, {"TDLib: [ 2]"}) &&
         has_any(line, {"Receive", "have changed", "has changed", "Failed to fetch",
                        "Failed to parse", "Wrong"});
}

}  // namespace support
