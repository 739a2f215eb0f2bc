#include "base/sentence.hpp"

#include "base/direction.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

namespace tgpanel {
namespace {

struct Fill {
  Language language;

  std::string operator()(std::int64_t number) const { return digits(language, number); }

  std::string operator()(const std::string& text) const { return apart(language, text); }

  std::string operator()(const std::shared_ptr<const Sentence>& sentence) const {
    return sentence->in(language);
  }
};

}  // namespace

Sentence Sentence::plain(std::string text) {
  Sentence sentence;
  sentence.plain_ = std::move(text);
  return sentence;
}

std::string Sentence::in(Language language) const {
  if (phrase_ == nullptr) return plain_;
  fmt::dynamic_format_arg_store<fmt::format_context> filled;
  for (const auto& gap : gaps_) filled.push_back(std::visit(Fill{language}, gap));
  return fmt::vformat(language == Language::fa ? phrase_->fa : phrase_->en, filled);
}

bool operator==(const Sentence& a, const Sentence& b) {
  return a.phrase_ == b.phrase_ && a.in(Language::en) == b.in(Language::en);
}

std::string counted(Language language, const Phrase& one, const Phrase& many, std::size_t n) {
  return n == 1 ? say(language, one) : say(language, many, n);
}

std::string digits(Language language, std::int64_t number) {
  std::string ascii = std::to_string(number);
  if (language == Language::en) return ascii;
  std::string persian;
  for (const char c : ascii) {
    if (c == '-') {
      persian += "\u200E-";  // left-to-right mark: the sign stays before its number
    } else {
      persian += "\xDB";  // U+06F0 ... U+06F9
      persian += static_cast<char>(0xB0 + (c - '0'));
    }
  }
  return persian;
}

}  // namespace tgpanel
