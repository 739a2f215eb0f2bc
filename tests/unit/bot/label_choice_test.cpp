#include "bot/label_choice.hpp"

#include "bot/account_choice.hpp"
#include "draw.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

accounts::Account account(AccountId id, std::vector<std::string> labels) {
  accounts::Account one;
  one.id = id;
  one.name = fmt::format("Account {}", id);
  one.state = accounts::AccountState::active;
  one.labels = std::move(labels);
  return one;
}

Button button(std::string_view label, std::string_view action) {
  return {std::string(label), std::string(action)};
}

TEST(LabelChoice, CountsWhatPeopleReadAsTheSame) {
  auto excluded = account(4, {"sales"});
  excluded.excluded = true;
  const auto labels = labels_of(
      {account(1, {"Support", "sales"}), account(2, {"SUPPORT"}), account(3, {}), excluded});
  ASSERT_EQ(labels.size(), 2U);
  EXPECT_EQ(labels[0].text, "sales");
  EXPECT_EQ(labels[0].accounts, 1U) << "an excluded account is not chosen by a label";
  EXPECT_EQ(labels[1].text, "Support");
  EXPECT_EQ(labels[1].accounts, 2U);
}

TEST(LabelChoice, IsOfferedWhereThereAreLabels) {
  AccountChoice who;
  Screen without{};
  who.draw(Language::en, without, {account(1, {})}, button, true);
  EXPECT_EQ(draw(without).find("By label"), std::string::npos);
  Screen with{};
  who.draw(Language::en, with, {account(1, {"sales"})}, button, true);
  EXPECT_NE(draw(with).find("[By label]"), std::string::npos);
}

TEST(LabelChoice, ByButtonOrByText) {
  const AccountChoice::Accounts all{account(1, {"sales"}), account(2, {"Support"}),
                                    account(3, {"support"})};
  AccountChoice who;
  EXPECT_EQ(who.press("labels", all).kind, Verdict::Kind::stay);
  Screen shown{};
  who.draw(Language::en, shown, all, button, true);
  EXPECT_EQ(draw(shown), "Accounts with which label shall act?\n[sales (1)][Support (2)]\n");
  EXPECT_EQ(who.press("l1", all).kind, Verdict::Kind::done);
  EXPECT_EQ(std::get<panel::Labelled>(who.choice()).label, "Support");
  EXPECT_EQ(who.answer("  SALES ", all).kind, Verdict::Kind::done);
  EXPECT_EQ(std::get<panel::Labelled>(who.choice()).label, "sales");
  EXPECT_EQ(who.answer("nobody", all).kind, Verdict::Kind::refused);
  EXPECT_EQ(who.answer(std::nullopt, all).kind, Verdict::Kind::refused);
  EXPECT_EQ(who.press("l9", all).kind, Verdict::Kind::stay);
  EXPECT_TRUE(who.back());
  EXPECT_FALSE(who.back()) << "the number is what is asked again";
}

TEST(LabelChoice, AThousandLabelsStayWithinTheLimits) {
  AccountChoice::Accounts all;
  for (int i = 0; i < 1'000; ++i) {
    all.push_back(account(i + 1, {fmt::format("label {:04} {}", i, std::string(20, 'x'))}));
  }
  AccountChoice who;
  static_cast<void>(who.press("labels", all));
  std::string seen;
  for (std::size_t page = 0; page < 50; ++page) {
    static_cast<void>(who.press(fmt::format("p{}", page), all));
    Screen shown{};
    who.draw(Language::en, shown, all, button, true);
    EXPECT_TRUE(within_limits(shown));
    seen += draw(shown);
  }
  for (int i = 0; i < 1'000; ++i) {
    EXPECT_NE(seen.find(fmt::format("[label {:04} ", i)), std::string::npos) << i;
  }
}

}  // namespace
}  // namespace tgpanel::bot
