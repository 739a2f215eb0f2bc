#include "bot/match_excerpt.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <string>

namespace tgpanel::bot {
namespace {

constexpr std::int32_t kLead = 20;  // units shown before a mark that is far from the begin

}  // namespace

RichText match_part(std::string_view text, std::span<const monitor::Alert::Span> marks,
                    std::int32_t units) {
  const auto length = static_cast<std::int32_t>(utf16_length(text));
  std::int32_t begin = 0;
  RichText out;
  if (length > units && !marks.empty() && marks.front().offset + marks.front().length >= units) {
    // No more is dropped than what comes behind it can fill.
    const auto lead = std::min(marks.front().offset - kLead, length - units + kLead);
    const auto dropped = cut_utf16(text, static_cast<std::size_t>(std::max(0, lead)));
    begin = static_cast<std::int32_t>(utf16_length(dropped));
    text.remove_prefix(dropped.size());
    if (begin > 0) out.add("…");
  }
  RichText part(text);
  for (const auto& mark : marks) {
    if (mark.offset >= begin) part.mark(mark.offset - begin, mark.length, "textEntityTypeBold");
  }
  return out.add(part.fit(std::max(0, units - out.length())));
}

RichText match_excerpt(std::string_view text, std::span<const monitor::Alert::Span> marks,
                       std::int32_t units) {
  std::string line(text);
  std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return match_part(line, marks, units);
}

}  // namespace tgpanel::bot
