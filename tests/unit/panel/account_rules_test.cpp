#include "panel/account_search.hpp"
#include "panel/eligible.hpp"
#include "panel/label.hpp"

#include <gtest/gtest.h>

namespace tgpanel::panel {
namespace {

using accounts::Account;
using accounts::AccountState;

Account account(AccountId id, std::string name, std::string username, std::string phone,
                std::vector<std::string> labels = {}) {
  Account account;
  account.id = id;
  account.name = std::move(name);
  account.username = std::move(username);
  account.masked_phone = std::move(phone);
  account.labels = std::move(labels);
  account.state = AccountState::active;
  return account;
}

std::string found(std::string_view typed) {
  const std::vector<Account> all{
      account(1, "Zoë Adams", "zoe_a", "+1 ••• ••67", {"Front Desk"}),
      account(12, "علي", "", "+98 ••• ••12"),
      account(3, "Bob", "bob1", "", {"desk", "پشتیبانی"}),
  };
  std::string ids;
  for (const auto& one : find_accounts(all, typed)) ids += std::to_string(one.id) + " ";
  return ids;
}

TEST(AccountSearch, NamesNumbersAndLabelsFolded) {
  EXPECT_EQ(found("zoe"), "1 ");
  EXPECT_EQ(found("@ZOE_A"), "1 ");
  EXPECT_EQ(found("علی"), "12 ") << "another spelling";
  EXPECT_EQ(found("desk"), "1 3 ");
  EXPECT_EQ(found("پشتيباني"), "3 ");
  EXPECT_EQ(found("#12"), "12 ");
  EXPECT_EQ(found("۱۲"), "12 ") << "its own number, and the end of its phone's";
  EXPECT_EQ(found("67"), "1 ");
  EXPECT_EQ(found("+98 912 345 6712"), "12 ");
  EXPECT_EQ(found("98"), "12 ");
  EXPECT_EQ(found("+98 912 345 6799"), "");
  EXPECT_EQ(found("2"), "") << "no part of a number";
}

TEST(AccountSearch, NothingReadableFindsNothing) {
  for (const std::string_view typed : {"", "   ", "👍", "…", "\xff\xfe", "@", "#"}) {
    EXPECT_EQ(found(typed), "") << typed;
  }
  EXPECT_EQ(found(std::string(4096, 'x')), "");
}

TEST(Label, IsCleanedAndFolded) {
  const auto label = read_label("  Front\n  Desk ");
  ASSERT_TRUE(label);
  EXPECT_EQ(label->text, "Front Desk");
  EXPECT_EQ(label->folded, read_label("front DESK")->folded);
  EXPECT_TRUE(read_label(std::string(32, 'x')));
  EXPECT_TRUE(read_label("👍 vip"));
}

TEST(Label, IsRefusedWithASentence) {
  for (const std::string& typed :
       {std::string(), std::string("  "), std::string("👍"), std::string(33, 'x'),
        std::string(4096, 'x'), std::string("\xff")}) {
    const auto label = read_label(typed);
    ASSERT_FALSE(label) << typed.substr(0, 40);
    EXPECT_EQ(label.error().code, Errc::invalid);
    EXPECT_TRUE(label.error().message.ends_with("."));
  }
}

TEST(Eligible, ActiveAndNotExcluded) {
  auto one = account(1, "Ann", "", "");
  EXPECT_TRUE(eligible(one));
  EXPECT_TRUE(why_not_chosen(one).empty());
  one.excluded = true;
  EXPECT_FALSE(eligible(one));
  EXPECT_EQ(why_not_chosen(one).english(), "It is excluded from operations.");
  one.state = AccountState::disabled;
  EXPECT_EQ(why_not_chosen(one).english(), "It is switched off.");
  one.excluded = false;
  EXPECT_FALSE(eligible(one));
  one.state = AccountState::active;
  one.freeze.on = true;
  EXPECT_FALSE(eligible(one)) << "Telegram would refuse whatever it does";
  EXPECT_EQ(why_not_chosen(one).english(), "Telegram has frozen it: it can read and nothing else.");
}

}  // namespace
}  // namespace tgpanel::panel
