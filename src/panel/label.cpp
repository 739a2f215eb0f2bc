#include "panel/label.hpp"

#include "base/text.hpp"
#include "monitor/fold.hpp"
#include "words/errors_panel.hpp"

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
  if (!valid_utf8(typed)) return fail(Errc::invalid, words::label_no_text);
  Label label;
  label.text = single_spaces(trim(typed));
  if (monitor::count_characters(label.text) > kLongestLabel) {
    return fail(Errc::invalid, Sentence(words::label_too_long, kLongestLabel));
  }
  label.folded = monitor::fold(label.text);
  if (!monitor::has_letter_or_digit(label.text)) {
    return fail(Errc::invalid, words::label_no_letter);
  }
  return label;
}

}  // namespace tgpanel::panel
