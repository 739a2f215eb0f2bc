#include "base/sentence.hpp"

#include "base/result.hpp"

#include <gtest/gtest.h>

namespace tgpanel {
namespace {

constexpr Phrase kFound{"found", "Found {0} in {1}.", "در {1} {0} مورد پیدا شد."};
constexpr Phrase kWhy{"why", "It failed: {0}", "نشد: {0}"};
constexpr Phrase kOne{"one", "1 account", "۱ حساب"};
constexpr Phrase kMany{"many", "{0} accounts", "{0} حساب"};

TEST(Sentence, FillsTheGapsInTheOrderOfTheLanguage) {
  const Sentence sentence(kFound, 12, "Team");
  EXPECT_EQ(sentence.english(), "Found 12 in Team.");
  EXPECT_EQ(sentence.in(Language::fa), "در \u2068Team\u2069 ۱۲ مورد پیدا شد.");
}

TEST(Sentence, ASentenceInAGapIsInTheSameLanguage) {
  const Sentence sentence(kWhy, Sentence(kFound, 1, "x"));
  EXPECT_EQ(sentence.english(), "It failed: Found 1 in x.");
  EXPECT_EQ(sentence.in(Language::fa), "نشد: در \u2068x\u2069 ۱ مورد پیدا شد.");
}

TEST(Sentence, PlainWordsAreTheSameInEveryLanguage) {
  const auto sentence = Sentence::plain("FLOOD {0}");
  EXPECT_EQ(sentence.in(Language::fa), "FLOOD {0}");
  EXPECT_TRUE(Sentence().empty());
  EXPECT_FALSE(sentence.empty());
}

TEST(Sentence, OneAndMany) {
  EXPECT_EQ(counted(Language::en, kOne, kMany, 1), "1 account");
  EXPECT_EQ(counted(Language::en, kOne, kMany, 0), "0 accounts");
  EXPECT_EQ(counted(Language::fa, kOne, kMany, 1'200), "۱۲۰۰ حساب");
}

TEST(Sentence, TheSignStaysBeforeItsNumber) {
  EXPECT_EQ(digits(Language::fa, -15), "\u200E-۱۵");
  EXPECT_EQ(digits(Language::en, -15), "-15");
}

TEST(Sentence, AFailureSaysItInEnglishAndInItsLanguage) {
  const Result<void> failed = fail(Errc::not_found, Sentence(kFound, 0, "x"));
  EXPECT_EQ(failed.error().message, "Found 0 in x.");
  EXPECT_EQ(sentence_of(failed.error()).phrase(), &kFound);
  EXPECT_EQ(sentence_of(Error{Errc::telegram, "PEER_FLOOD"}).english(), "PEER_FLOOD");
}

}  // namespace
}  // namespace tgpanel
