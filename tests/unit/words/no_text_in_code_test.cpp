// What people read is in the catalogue: the code of the bot holds no sentence of its own.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel {
namespace {

// Read by nobody: causes that end in the log, and Telegram's own error strings.
constexpr std::array<std::string_view, 6> kAllowed{
    "Message can't be edited",       "Message not found",
    "the bot is stopping",           "the message is not in the chat",
    "the picture could not be made", "the text is too long for a QR code",
};

/// The string literals of C++ source, without those of calls that write the log.
std::vector<std::string> literals(std::string_view source) {
  std::vector<std::string> found;
  int log_depth = 0;  // parentheses open since "spdlog::"
  bool log_begins = false;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const auto rest = source.substr(i);
    if (rest.starts_with("//")) {
      i += std::min(rest.find('\n'), rest.size()) - 1;
    } else if (rest.starts_with("/*")) {
      i += std::min(rest.find("*/"), rest.size() - 2) + 1;
    } else if (rest.starts_with("spdlog::")) {
      log_begins = true;
    } else if (rest.front() == '\'' && i > 0 &&
               std::isalnum(static_cast<unsigned char>(source[i - 1])) == 0) {
      i += rest.starts_with("'\\") ? std::size_t{3} : std::size_t{2};
    } else if (rest.front() == '(' && (log_begins || log_depth > 0)) {
      ++log_depth;
      log_begins = false;
    } else if (rest.front() == ')' && log_depth > 0) {
      --log_depth;
    } else if (rest.front() == '"') {
      std::string text;
      for (++i; i < source.size() && source[i] != '"'; ++i) {
        text += source[i];
        if (source[i] == '\\') text += source[++i];
      }
      if (log_depth == 0) found.push_back(std::move(text));
    }
  }
  return found;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Two words beside each other, or a letter of Persian.
bool is_sentence(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xD8 && byte <= 0xDB) return true;  // U+0600 ... U+06FF
    if (text[i] != ' ' || i < 2 || i + 2 >= text.size()) continue;
    const bool before = is_letter(text[i - 1]) && is_letter(text[i - 2]);
    if (before && is_letter(text[i + 1]) && is_letter(text[i + 2])) return true;
  }
  return false;
}

std::vector<std::string> sentences(std::string_view source) {
  auto found = literals(source);
  std::erase_if(found, [](const std::string& text) {
    return !is_sentence(text) || std::ranges::find(kAllowed, text) != kAllowed.end();
  });
  return found;
}

TEST(NoTextInCode, TheBotSaysNothingThatIsNotInTheCatalogue) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TGPANEL_SOURCE_DIR "/src/bot")) {
    const auto suffix = entry.path().extension();
    if (suffix != ".cpp" && suffix != ".hpp") continue;
    ++files;
    std::ifstream in(entry.path());
    const std::string source{std::istreambuf_iterator<char>(in), {}};
    for (const auto& sentence : sentences(source)) {
      ADD_FAILURE() << entry.path().filename() << ": \"" << sentence
                    << "\" belongs into a phrase (src/words)";
    }
  }
  EXPECT_GT(files, 50U);
}

TEST(NoTextInCode, ASentenceIsSeen) {
  using Found = std::vector<std::string>;
  EXPECT_EQ(sentences(R"(add("Press here."); // "not a comment")"), Found{"Press here."});
  EXPECT_EQ(sentences(R"(f('"', "پیام");)"), Found{"پیام"});
  EXPECT_EQ(
      sentences("spdlog::warn(\"bot: it is gone: {}\", f(\"a word\"));\nadd(\"a bad word\");"),
      Found{"a bad word"});
  EXPECT_EQ(sentences(R"(fail("the bot is stopping"); x = "inputMessagePhoto"; y = "{} · {}";)"),
            Found{});
}

}  // namespace
}  // namespace tgpanel
