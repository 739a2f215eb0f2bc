#include "words/catalogue.hpp"

#include "words/accounts.hpp"
#include "words/menus.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tgpanel::words {
namespace {

/// The numbers of the gaps in a pattern.
std::set<char> numbers(std::string_view pattern) {
  std::set<char> found;
  for (std::size_t i = 0; i + 2 < pattern.size(); ++i) {
    if (pattern[i] == '{' && pattern[i + 2] == '}') found.insert(pattern[i + 1]);
  }
  return found;
}

TEST(Catalogue, EveryPhraseHasEveryLanguageWithTheSameGaps) {
  ASSERT_FALSE(all().empty());
  for (const auto* phrase : all()) {
    EXPECT_STRNE(phrase->en, "") << phrase->name;
    EXPECT_STRNE(phrase->fa, "") << phrase->name;
    EXPECT_EQ(numbers(phrase->en), numbers(phrase->fa)) << phrase->name;
  }
}

TEST(Catalogue, EveryPatternCanBeFilled) {
  for (const auto* phrase : all()) {
    std::vector<Sentence::Gap> gaps(gaps_in(phrase->en), Sentence::Gap(std::string("x")));
    const Sentence sentence(*phrase, gaps);
    EXPECT_NO_THROW((void)sentence.in(Language::en)) << phrase->name;
    EXPECT_NO_THROW((void)sentence.in(Language::fa)) << phrase->name;
  }
}

TEST(Catalogue, PersianUsesPersianLettersAndDigits) {
  for (const auto* phrase : all()) {
    const std::string_view fa = phrase->fa;
    for (const auto* arabic : {"ي", "ك", "ى", "٠", "١", "٢"}) {
      EXPECT_EQ(fa.find(arabic), std::string_view::npos) << phrase->name << ": " << arabic;
    }
  }
}

TEST(Catalogue, NamesAreUniqueAndFound) {
  const auto phrases = all();
  for (std::size_t i = 1; i < phrases.size(); ++i) {
    EXPECT_LT(std::string_view(phrases[i - 1]->name), std::string_view(phrases[i]->name));
  }
  EXPECT_EQ(find("page_of"), &page_of);
  EXPECT_EQ(find("no such phrase"), nullptr);
}

TEST(Catalogue, ASentenceComesBackFromDisk) {
  const Sentence sentence(what_to_do, Sentence(page_of, 2, "“5”\n"));
  EXPECT_EQ(encode(sentence), R"(["what_to_do",["page_of",2,"“5”\n"]])");
  EXPECT_EQ(decode(encode(sentence)), sentence);
  EXPECT_EQ(decode(encode(sentence)).english(), sentence.english());
}

TEST(Catalogue, WordsWithoutAPhraseAreKeptAsTheyAre) {
  EXPECT_EQ(encode(Sentence::plain("It failed.")), "It failed.");
  EXPECT_EQ(decode("It failed."), Sentence::plain("It failed."));
  EXPECT_EQ(decode("[\"broken"), Sentence::plain("[\"broken"));
  EXPECT_TRUE(decode("").empty());
}

TEST(Catalogue, OfAPhraseThatIsGoneTheGapsRemain) {
  EXPECT_EQ(decode(R"(["gone","Ali",3,"Team"])").english(), "Ali Team");
  EXPECT_NO_THROW((void)decode(R"(["page_of"])").english());
}

}  // namespace
}  // namespace tgpanel::words
