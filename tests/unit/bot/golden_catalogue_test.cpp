// Every phrase of the bot is in a transcript, and there is no transcript without a test.

#include "golden.hpp"
#include "words/catalogue.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace tgpanel::bot {
namespace {

/// What admins read, of the bot itself and of the modules below it.
const std::set<std::string_view>& phrases() {
  static const std::set<std::string_view> names{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) #name,
#include "words/accounts.def"
#include "words/actions.def"
#include "words/alerts.def"
#include "words/errors_accounts.def"
#include "words/errors_actions.def"
#include "words/errors_common.def"
#include "words/errors_jobs.def"
#include "words/errors_links.def"
#include "words/errors_monitor.def"
#include "words/errors_panel.def"
#include "words/job_control.def"
#include "words/jobs.def"
#include "words/login.def"
#include "words/menus.def"
#include "words/monitor.def"
#include "words/people.def"
#include "words/settings.def"
#include "words/start.def"
#include "words/statistics.def"
#undef PHRASE
  };
  return names;
}

struct Left {
  std::string_view name;
  std::string_view why;
};

/// Phrases that no transcript has.
constexpr std::array kLeft{
    Left{"stats_picture_title", "on the picture: chart_test, statistics_test"},
    Left{"stats_picture_when", "on the picture"},
    Left{"stats_per_hour", "on the picture"},
    Left{"stats_by_outcome", "on the picture"},
    Left{"stats_nothing", "on the picture"},
    Left{"stats_picture_failed", "the picture is made beside, in a thread of its own"},
    Left{"column_reason", "in the file: job_results_test"},
    Left{"column_acts_again", "in the file"},
    Left{"none_picked", "its button is out of date once nobody who was picked can act"},
    Left{"session_lost_twice", "the fake Telegram keeps a session that the token opened"},
    Left{"start_timeout", "the fake Telegram answers at once"},
};

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::filesystem::path> files(const char* language) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(golden_folder() / language)) {
    found.push_back(entry.path());
  }
  return found;
}

/// Without <b>, <i>, <c> and their ends.
std::string without_marks(std::string text) {
  for (const auto* mark : {"<b>", "</b>", "<i>", "</i>", "<c>", "</c>"}) {
    const std::string_view what = mark;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
      text.erase(at, what.size());
    }
  }
  return text;
}

/// The parts of a pattern between its gaps; doubled braces are the braces themselves.
std::vector<std::string> parts_of(std::string_view pattern) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool brace = pattern[i] == '{' || pattern[i] == '}';
    if (brace && i + 1 < pattern.size() && pattern[i + 1] == pattern[i]) {
      parts.back() += pattern[i++];
    } else if (pattern[i] == '{') {
      parts.emplace_back();
      i += 2;
    } else {
      parts.back() += pattern[i];
    }
  }
  return parts;
}

/// The parts one after the other, with what fills the gaps in one line.
bool has(std::string_view text, std::string_view pattern) {
  const auto parts = parts_of(pattern);
  const std::size_t first = parts.front().empty() ? 1 : 0;
  if (first == parts.size()) return true;
  for (auto at = text.find(parts[first]); at != std::string_view::npos;
       at = text.find(parts[first], at + 1)) {
    auto end = at + parts[first].size();
    bool whole = true;
    for (std::size_t i = first + 1; whole && i < parts.size(); ++i) {
      const auto line_end = std::min(text.find('\n', end), text.size());
      const auto next = text.substr(0, line_end + parts[i].size()).find(parts[i], end + 1);
      whole = next != std::string_view::npos;
      end = next + parts[i].size();
    }
    if (whole) return true;
  }
  return false;
}

TEST(GoldenCatalogue, EveryPhraseOfTheBotIsInATranscript) {
  for (const bool english : {true, false}) {
    std::string all;
    for (const auto& path : files(english ? "en" : "fa")) all += without_marks(read(path));
    for (const auto name : phrases()) {
      const auto* phrase = words::find(name);
      ASSERT_NE(phrase, nullptr) << name;
      const bool left =
          std::ranges::any_of(kLeft, [&](const Left& one) { return one.name == name; });
      if (left && !english) continue;  // one word of Persian may be a part of any sentence
      EXPECT_NE(has(all, english ? phrase->en : phrase->fa), left)
          << name << (left ? " is in a transcript after all" : " is in no transcript") << ", "
          << (english ? "en" : "fa");
    }
  }
}

TEST(GoldenCatalogue, EveryTranscriptHasItsTest) {
  const auto names = golden_names();
  ASSERT_FALSE(names.empty());
  for (const char* language : {"en", "fa"}) {
    for (const auto& path : files(language)) {
      EXPECT_TRUE(path.extension() == ".txt" && names.contains(path.stem().string())) << path;
    }
  }
}

/// A line without what people and Telegram bring: its isolated parts.
std::string own_words(std::string_view line) {
  std::string own;
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto part = line.substr(i, 3);
    if (part == "\u2068") ++depth;
    if (depth == 0) own += line[i];
    if (part == "\u2069" && depth > 0) {
      --depth;
      i += 2;
    }
  }
  return own;
}

/// Sentences of the fakes.
constexpr std::array<std::string_view, 8> kOthers{"That is no",
                                                  "That names nobody",
                                                  "Dora: login",
                                                  "This account needs no login",
                                                  "@durov",
                                                  "There is no text to send",
                                                  "Telegram did not answer",
                                                  ": English"};

/// What buttons begin with that is not Persian: names in the tests, and what is written so.
constexpr std::array<std::string_view, 8> kOnButtons{"abc",  "English", "Market",   "Blue",
                                                     "bike", "support", "-lottery", "/help"};

bool of_others(std::string_view line) {
  return std::ranges::any_of(kOthers, [&](std::string_view part) { return line.contains(part); });
}

/// The texts of the buttons in a row, without the addresses behind them.
std::vector<std::string> buttons_of(std::string_view row) {
  std::vector<std::string> buttons;
  for (std::size_t at = 1; at < row.size();) {
    const auto end = std::min(row.find("] [", at), row.size() - 1);
    const auto button = row.substr(at, end - at);
    buttons.emplace_back(button.substr(0, button.find(" → https://")));
    at = end + 3;
  }
  return buttons;
}

/// The button of a value, with its mark or behind "…: ", is excused with it.
bool excused(std::string_view button) {
  for (const std::string_view mark : {"✕ ", "✓ "}) {
    if (button.starts_with(mark)) button.remove_prefix(mark.size());
  }
  if (const auto colon = button.find(": "); colon != std::string_view::npos) {
    button.remove_prefix(colon + 2);
  }
  return std::ranges::any_of(kOnButtons,
                             [&](std::string_view word) { return button.starts_with(word); });
}

bool holds_english(std::string_view text) {
  return std::ranges::any_of(own_words(text), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

TEST(GoldenCatalogue, PersianTranscriptsHoldNoEnglish) {
  for (const auto& path : files("fa")) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("\u200Fhttps://") || line.starts_with("https://")) continue;
      if (line.starts_with("#") || line.starts_with(">")) continue;
      if (line.starts_with("[")) {
        for (const auto& button : buttons_of(line)) {
          EXPECT_TRUE(excused(button) || !holds_english(button))
              << path.filename() << ": " << button;
        }
      } else if (!of_others(line)) {
        EXPECT_FALSE(holds_english(without_marks(line))) << path.filename() << ": " << line;
      }
    }
  }
}

}  // namespace
}  // namespace tgpanel::bot
