// Any text is either read as a message link, whose canonical form reads back to the same, or
// refused with a sentence.

#include "actions/message_link.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto link = tgpanel::actions::parse_message_link(text);
  if (!link) {
    if (link.error().message.empty()) std::abort();
    return 0;
  }
  const auto again = tgpanel::actions::parse_message_link(tgpanel::actions::canonical(*link));
  if (!again || *again != *link) std::abort();
  return 0;
}
