#include "bot/match_excerpt.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <string>

namespace tgpanel::bot {
namespace {

constexpr std::int32_t kLead = 20;  // units shown before a mark that is far from the begin

}  // namespace

RichText match_excerpt(std::string_view text, std::span<const monitor::Alert::Span> marks,
                       std::int32_t units) {
  std::string line(text);
  std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  std::string_view rest = line;
  std::int32_t begin = 0;
  RichText out;
  const bool fits = static_cast<std::int32_t>(utf16_length(line)) <= units;
  if (!fits && !marks.empty() && marks.front().offset + marks.front().length >= units) {
    const auto lead = std::max(0, marks.front().offset - kLead);
    const auto dropped = cut_utf16(line, static_cast<std::size_t>(lead));
    begin = static_cast<std::int32_t>(utf16_length(dropped));
    rest.remove_prefix(dropped.size());
    out.add("…");
  }
  RichText part(rest);
  for (const auto& mark : marks) {
    if (mark.offset >= begin) part.mark(mark.offset - begin, mark.length, "textEntityTypeBold");
  }
  return out.add(part.fit(std::max(0, units - out.length())));
}

}  // namespace tgpanel::bot
