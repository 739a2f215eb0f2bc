#include "tour/transcript.hpp"

#include <fmt/color.h>
#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <sstream>

namespace tour {
namespace {

constexpr std::size_t kBubble = 62;  // columns

/// Cells that a line takes in a terminal; wide East Asian and emoji characters take two.
std::size_t width(std::string_view text) {
  std::size_t cells = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t next = 1; next < length && at + next < text.size(); ++next) {
      code = (code << 6) | (static_cast<unsigned char>(text[at + next]) & 0x3FU);
    }
    const auto point = static_cast<UChar32>(code);
    const auto kind = u_charType(point);
    const auto east = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    if (kind != U_NON_SPACING_MARK && kind != U_FORMAT_CHAR && kind != U_ENCLOSING_MARK) {
      cells += east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
    }
    at += length;
  }
  return cells;
}

std::vector<std::string> wrap(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream paragraphs{std::string(text)};
  for (std::string paragraph; std::getline(paragraphs, paragraph);) {
    std::string line;
    std::istringstream words(paragraph);
    for (std::string word; std::getline(words, word, ' ');) {
      if (!line.empty() && width(line) + 1 + width(word) > kBubble) {
        lines.push_back(std::exchange(line, {}));
      }
      line += line.empty() ? word : " " + word;
    }
    lines.push_back(line);
  }
  return lines;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// What a person types for each button, in their order: its own number, or one that no other has.
std::vector<std::string> numbers(const testdc::SeenMessage& message) {
  std::set<std::string> taken;
  for (const auto& row : message.keyboard) {
    for (const auto& button : row) {
      if (is_number(button.text)) taken.insert(button.text);
    }
  }
  std::vector<std::string> all;
  int last = 0;
  for (const auto& row : message.keyboard) {
    for (const auto& button : row) {
      if (is_number(button.text)) {
        all.push_back(button.text);
        continue;
      }
      while (taken.contains(std::to_string(++last))) {
      }
      all.push_back(std::to_string(last));
    }
  }
  return all;
}

std::string keyboard_text(const testdc::SeenMessage& message) {
  std::string text;
  for (const auto& row : message.keyboard) {
    for (const auto& button : row) text += button.text + '\x1f' + button.url + '\x1f';
    text += '\x1e';
  }
  return text;
}

}  // namespace

Transcript::Transcript(testdc::Driver driver, std::vector<Window> windows, bool colour)
    : driver_(std::move(driver)),
      windows_(std::move(windows)),
      seen_(windows_.size()),
      colour_(colour) {}

void Transcript::heading(std::string_view text) {
  last_window_ = SIZE_MAX;
  fmt::print("\n{}\n", colour_ ? fmt::format(fmt::emphasis::bold, "━━━ {} ━━━", text)
                               : fmt::format("━━━ {} ━━━", text));
  std::fflush(stdout);
}

void Transcript::note(std::string_view text) {
  last_window_ = SIZE_MAX;
  fmt::print("  {}\n",
             colour_ ? fmt::format(fmt::emphasis::italic, "{}", text) : std::string(text));
  std::fflush(stdout);
}

void Transcript::catch_up() {
  for (std::size_t index = 0; index < windows_.size(); ++index) {
    const Window& window = windows_[index];
    for (const auto& message : driver_.messages(window.chat, window.viewer)) {
      const Seen now{message.edit_count, keyboard_text(message), message.deleted};
      const auto known = seen_[index].find(message.id);
      std::string_view what;
      if (known == seen_[index].end()) {
        if (!message.deleted) what = "new";
      } else if (!known->second.deleted && message.deleted) {
        what = "deleted";
      } else if (known->second.edits != now.edits || known->second.keyboard != now.keyboard) {
        what = "edited";
      }
      seen_[index][message.id] = now;
      if (what.empty()) continue;
      if (last_window_ != index) {
        fmt::print("\n  ┄┄ {} ┄┄\n", window.title);
        last_window_ = index;
      }
      print(window, message, what);
    }
  }
  std::fflush(stdout);
}

void Transcript::print(const Window& window, const testdc::SeenMessage& message,
                       std::string_view what) {
  const bool mine = message.sender_id == window.me && window.me != 0;
  const std::string indent = mine ? std::string(14, ' ') : "  ";
  std::string name = mine                          ? "you"
                     : message.sender_name.empty() ? window.title
                                                   : message.sender_name;
  if (what == "deleted") {
    fmt::print("{}✗ a message of {} was deleted\n", indent, name);
    return;
  }
  if (what == "edited") name += " (edited)";
  if (!message.media.empty()) name += fmt::format(" [{}]", message.media);
  std::vector<std::string> lines = wrap(message.text);
  std::size_t columns = width(name) + 2;
  for (const auto& line : lines) columns = std::max(columns, width(line));
  std::string rule;
  for (std::size_t cell = width(name) + 1; cell < columns + 1; ++cell) rule += "─";
  fmt::print("{}╭ {} {}╮\n", indent, name, rule);
  for (const auto& line : lines) {
    fmt::print("{}│ {}{} │\n", indent, line, std::string(columns - width(line), ' '));
  }
  std::string bottom;
  for (std::size_t cell = 0; cell < columns + 2; ++cell) bottom += "─";
  fmt::print("{}╰{}╯\n", indent, bottom);
  const auto names = numbers(message);
  std::size_t index = 0;
  for (const auto& row : message.keyboard) {
    std::string line;
    for (const auto& button : row) {
      const std::string& number = names[index++];
      const std::string label = numbered_ && number != button.text
                                    ? fmt::format("{}: {}", number, button.text)
                                    : button.text;
      line += colour_ ? fmt::format(fmt::fg(fmt::terminal_color::cyan), "[ {} ]", label)
                      : fmt::format("[ {} ]", label);
      line += ' ';
    }
    fmt::print("{}{}\n", indent, line);
  }
}

std::vector<Transcript::NumberedButton> Transcript::buttons() {
  auto messages = driver_.messages(windows_.front().chat, windows_.front().viewer);
  for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
    if (message->deleted || message->keyboard.empty()) continue;
    std::vector<NumberedButton> buttons;
    const auto names = numbers(*message);
    for (const auto& row : message->keyboard) {
      for (const auto& button : row) {
        buttons.push_back({message->id, button.text, names[buttons.size()]});
      }
    }
    return buttons;
  }
  return {};
}

}  // namespace tour
