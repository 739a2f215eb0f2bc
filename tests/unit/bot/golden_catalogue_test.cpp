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

/// What the bot says; the rest is said by the modules below it.
const std::set<std::string_view>& phrases_of_the_bot() {
  static const std::set<std::string_view> names{
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define PHRASE(name, en, fa) #name,
#include "words/accounts.def"
#include "words/actions.def"
#include "words/alerts.def"
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
    Left{"rule_whole_words", "the fake panel reads no rules"},
    Left{"rule_regex", "the fake panel reads no rules"},
    Left{"looking_up", "gone before the transcript looks: the fake panel answers at once"},
    Left{"starting_job", "gone before the transcript looks: the fake panel answers at once"},
    Left{"report_asking", "gone before the transcript looks: the fake desk answers at once"},
    Left{"update_groups_busy", "gone before the transcript looks: the fake desk answers at once"},
    Left{"stats_picture_title", "on the picture: chart_test, statistics_test"},
    Left{"stats_picture_when", "on the picture"},
    Left{"stats_per_hour", "on the picture"},
    Left{"stats_by_outcome", "on the picture"},
    Left{"stats_nothing", "on the picture"},
    Left{"stats_picture_failed", "the picture is made beside, in a thread of its own"},
    Left{"column_reason", "in the file: job_results_test"},
    Left{"column_acts_again", "in the file"},
    Left{"file_not_sent", "the file is made and sent beside"},
    Left{"keyword_file_not_sent", "who is told so cannot be written to in the fake Telegram"},
    Left{"waits_first", "the fake panel's previews let everybody act at once"},
    Left{"report_failed", "the fake desk answers or is silent"},
    Left{"none_picked", "its button goes with the last account that was picked and can act"},
    Left{"channel_no_channel", "the fake Telegram knows channels only"},
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

/// The parts of a pattern between its gaps.
std::vector<std::string> parts_of(std::string_view pattern) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
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
    for (const auto name : phrases_of_the_bot()) {
      const auto* phrase = words::find(name);
      ASSERT_NE(phrase, nullptr) << name;
      const bool left =
          std::ranges::any_of(kLeft, [&](const Left& one) { return one.name == name; });
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

/// A line without what people and Telegram bring: isolated parts and buttons.
std::string own_words(const std::string& line) {
  std::string own;
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto part = std::string_view(line).substr(i, 3);
    if (part == "\u2068") ++depth;
    if (part == "\u2069") --depth;
    if (depth == 0) own += line[i];
  }
  return own;
}

/// Sentences of the fakes and of modules below the bot.
constexpr std::array<std::string_view, 8> kOthers{"That is no",
                                                  "That names nobody",
                                                  "Dora: login",
                                                  "This account needs no login",
                                                  "@durov",
                                                  "There is no text to send",
                                                  "Telegram did not answer",
                                                  ": English"};

bool of_others(std::string_view line) {
  return std::ranges::any_of(kOthers, [&](std::string_view part) { return line.contains(part); });
}

TEST(GoldenCatalogue, PersianTranscriptsHoldNoEnglish) {
  for (const auto& path : files("fa")) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("\u200Fhttps://") || line.starts_with("https://")) continue;
      if (line.starts_with("#") || line.starts_with(">") || line.starts_with("[")) continue;
      if (of_others(line)) continue;
      for (const char c : own_words(without_marks(line))) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        if (!letter && !digit) continue;
        ADD_FAILURE() << path.filename() << ": " << line;
        break;
      }
    }
  }
}

}  // namespace
}  // namespace tgpanel::bot
