#include "panel/label.hpp"

#include "base/text.hpp"
#include "monitor/fold.hpp"

#include <fmt/format.h>

namespace tgpanel::panel {

namespace {

// Line breaks, tabs and runs of spaces become one space.
std::string single_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space) {
      out += c;
    } else if (!out.ends_with(' ')) {
      out += ' ';
    }
  }
  return out;
}

}  // namespace

Result<Label> read_label(std::string_view typed) {
  if (!valid_utf8(typed)) return fail(Errc::invalid, "That is no text. Send the label as words.");
  Label label;
  label.text = single_spaces(trim(typed));
  if (monitor::count_characters(label.text) > kLongestLabel) {
    return fail(Errc::invalid, fmt::format("A label has at most {} characters; this one is longer.",
                                           kLongestLabel));
  }
  label.folded = monitor::fold(label.text);
  if (!monitor::has_letter_or_digit(label.text)) {
    return fail(Errc::invalid, "A label needs a letter or a digit, for example: support.");
  }
  return label;
}

}  // namespace tgpanel::panel
