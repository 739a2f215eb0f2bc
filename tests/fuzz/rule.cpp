// Any line is either read as a rule, which finds only what is in a text and reads back from its own
// line, where that is UTF-8, to the same; or refused with a sentence.

#include "base/text.hpp"
#include "monitor/fold.hpp"
#include "monitor/rule_syntax.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace m = tgpanel::monitor;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  for (const bool plain : {false, true}) {
    const m::Keyword keyword{.id = 1, .text = std::string(line), .plain = plain};
    const auto rule = m::rule_of(keyword);
    if (!rule) {
      if (rule.error().message.empty()) std::abort();
      continue;
    }
    const auto again = m::parse_rule(m::line_of(keyword));
    if (tgpanel::valid_utf8(line)) {
      // One character more for the backslash may be one too many.
      if (!again && m::count_characters(line) + 1 <= m::kKeywordLimit) std::abort();
      if (again && m::key_of(*again) != m::key_of(*rule)) std::abort();
    }
    const auto text = m::fold(line);
    if (rule->regex) {
      std::size_t last = 0;
      for (const auto& place : rule->regex->find(text, 4)) {
        if (place.begin < last || place.end <= place.begin || place.end > text.size()) std::abort();
        last = place.end;
      }
    }
    for (const auto& term : rule->all) {
      for (const auto& place : m::find_term(term, text, 4)) {
        if (text.substr(place.begin, place.end - place.begin) != term.folded) std::abort();
      }
    }
  }
  return 0;
}
