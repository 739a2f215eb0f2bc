#include "bot/account_menus.hpp"

#include "draw.hpp"

#include <gtest/gtest.h>

namespace tgpanel::bot {
namespace {

using accounts::AccountState;

accounts::Account ann(AccountState state = AccountState::active) {
  accounts::Account account;
  account.id = 7;
  account.user_id = 1007;
  account.name = "Ann";
  account.username = "ann";
  account.masked_phone = "+1 ••• ••67";
  account.state = state;
  account.since = from_unix_ms(1'795'520'700'000);
  return account;
}

View with(accounts::Account account) {
  View view;
  view.accounts = {std::move(account)};
  view.zone = "Asia/Tehran";
  return view;
}

std::string page(const View& view) {
  return draw(menu_screen({Menu::account, 7}, view));
}

constexpr const char* kHead = "\u2068Ann\u2069 (@ann) · +1 ••• ••67\n\nNumber: 7\nUser id: 1007\n";

TEST(AccountMenus, TheActiveAccountOnItsPage) {
  auto view = with(ann());
  view.groups = {{-1001, "Market", "market"}, {-1002, "News", ""}};
  view.accounts[0].labels = {"desk", "vip"};
  EXPECT_EQ(page(view), std::string(kHead) +
                            "State: active, since 2026-11-24 15:15\nGroups and channels: 2\n"
                            "Labels: \u2068desk\u2069, \u2068vip\u2069\n"
                            "[Switch off]\n[Labels]\n[Exclude from operations]\n[Show groups]\n"
                            "[Delete account]\n[Refresh]\n[‹ Back]\n");
  view.accounts[0].excluded = true;
  view.accounts[0].limit = {true, from_unix_ms(1'795'520'700'000)};
  EXPECT_EQ(page(view),
            std::string(kHead) +
                "State: active, since 2026-11-24 15:15\nLimited by Telegram until 2026-11-24 "
                "15:15\nGroups and channels: 2\nLabels: \u2068desk\u2069, \u2068vip\u2069\n"
                "Excluded from operations: it acts only where it is picked by hand.\n"
                "[Switch off]\n[Labels]\n[Let it take part in operations]\n[Show groups]\n"
                "[Delete account]\n[Refresh]\n[‹ Back]\n");
}

TEST(AccountMenus, EachStateHasItsButtons) {
  struct Row {
    AccountState state;
    const char* word;
    const char* buttons;
  };

  const char* const again =
      "[Log in again]\n[Labels]\n[Exclude from operations]\n[Delete account]\n";
  for (const Row& row : {
           Row{AccountState::connecting, "connecting",
               "[Switch off]\n[Labels]\n[Exclude from operations]\n[Delete account]\n"},
           Row{AccountState::disabled, "switched off",
               "[Switch on]\n[Labels]\n[Exclude from operations]\n[Delete account]\n"},
           Row{AccountState::login_needed, "login needed", again},
           Row{AccountState::banned, "banned by Telegram", again},
           Row{AccountState::duplicated_key, "session used in two places", again},
           Row{AccountState::wrong_key, "session does not open with this master key", again},
           Row{AccountState::deleting, "being deleted", ""},
       }) {
    auto account = ann(row.state);
    account.reason = Sentence::plain("A reason.");
    ASSERT_NE(next_step(row.state), nullptr);
    EXPECT_EQ(page(with(account)),
              std::string(kHead) + "State: " + row.word +
                  ", since 2026-11-24 15:15\nA reason.\n"
                  "Groups and channels: not known while it is not active\nLabels: none\n\n"
                  "What to do: " +
                  next_step(row.state)->en + "\n" + row.buttons + "[Refresh]\n[‹ Back]\n");
  }
  EXPECT_EQ(next_step(AccountState::active), nullptr);
}

TEST(AccountMenus, GroupsOfAnInactiveOneAreThoseThatWereLastKnown) {
  auto view = with(ann(AccountState::disabled));
  const auto list = [&] { return draw(menu_screen({Menu::account_list, 0}, view)); };
  EXPECT_EQ(list().find("groups:"), std::string::npos) << "nobody has ever asked";
  view.accounts[0].known_groups = {12, from_unix_ms(1'795'434'300'000)};
  EXPECT_NE(list().find("\n    groups: 12, as of 2026-11-23 15:15\n"), std::string::npos) << list();
  EXPECT_NE(page(view).find("Groups and channels: 12, as of 2026-11-23 15:15\n"),
            std::string::npos);
  view.accounts[0].state = AccountState::active;
  view.group_counts[7] = 13;
  EXPECT_NE(list().find("\n    groups: 13\n"), std::string::npos) << "what is live needs no date";
}

TEST(AccountMenus, WhatTelegramHoldsBackIsShown) {
  auto view = with(ann());
  auto& account = view.accounts[0];
  const auto line = [&] { return state_line(Language::en, account, view.zone, 100); };
  EXPECT_EQ(line(), "active, since 2026-11-24 15:15");
  account.waiting_until = from_unix_ms(1'795'521'000'000);
  EXPECT_EQ(line(), "waiting until 2026-11-24 15:20, since 2026-11-24 15:15");
  EXPECT_NE(page(view).find("Telegram asks it to wait with some actions until 2026-11-24 15:20."),
            std::string::npos);
  account.limit = {true, Instant{}};
  EXPECT_EQ(state_words(Language::en, account, view.zone),
            "limited, waiting until 2026-11-24 15:20");
  account.waiting_until = Instant{};
  account.limit.until = from_unix_ms(1'795'521'000'000);
  EXPECT_EQ(state_words(Language::en, account, view.zone), "limited until 2026-11-24 15:20");
  account.limit = {};
  account.freeze = {true, from_unix_ms(1'795'434'300'000), from_unix_ms(1'798'026'300'000),
                    "https://t.me/spambot"};
  EXPECT_EQ(line(), "frozen by Telegram, since 2026-11-23 15:15");
  const auto shown = page(view);
  for (const char* text : {"State: active, since 2026-11-24 15:15\n",
                           "Telegram has frozen this account since 2026-11-23 15:15",
                           "Telegram deletes it on 2026-12-23 15:15 unless the freeze is lifted.",
                           "Appeal in a Telegram app: https://t.me/spambot",
                           "What to do: It can read and nothing else"}) {
    EXPECT_NE(shown.find(text), std::string::npos) << text << "\n" << shown;
  }
  EXPECT_NE(draw(menu_screen({Menu::inactive, 0}, view)).find("frozen by Telegram"),
            std::string::npos);
  account.state = AccountState::disabled;
  EXPECT_EQ(state_words(Language::en, account, view.zone), "switched off");
}

TEST(AccountMenus, DeletionAsksFirst) {
  EXPECT_EQ(draw(menu_screen({Menu::account_delete, 7}, with(ann()))),
            "\u2068Ann\u2069 (@ann) · +1 ••• ••67\n\nDelete this account from the panel? Its "
            "session is logged out at Telegram and removed from this machine; the Telegram account "
            "itself stays. To use it here again you have to log it in.\n"
            "[Yes, delete]\n[‹ Back]\n");
  EXPECT_EQ(draw(menu_screen({Menu::account_delete, 8}, with(ann()))),
            "That account is not there any more.\n[‹ Back]\n");
}

TEST(AccountMenus, LabelsAndGroups) {
  auto view = with(ann());
  view.accounts[0].labels = {"desk"};
  EXPECT_EQ(draw(menu_screen({Menu::account_labels, 7}, view)),
            "\u2068Ann\u2069 (@ann) · +1 ••• ••67\n\nLabels: \u2068desk\u2069\n"
            "Press a label to remove it.\n[✕ desk]\n[Add label]\n[‹ Back]\n");
  view.accounts[0].labels.resize(accounts::kMostLabels, "x");
  EXPECT_EQ(draw(menu_screen({Menu::account_labels, 7}, view)).find("[Add label]"),
            std::string::npos);

  for (int i = 0; i < 45; ++i) view.groups.push_back({-1000 - i, "G" + std::to_string(i), ""});
  view.groups[44] = {-2000, "Last", "last"};
  EXPECT_EQ(draw(menu_screen({Menu::account_groups, groups_parameter(7, 2)}, view)),
            "\u2068Ann\u2069 (@ann) · +1 ••• ••67\n\n• \u2068G40\u2069\n• \u2068G41\u2069\n• "
            "\u2068G42\u2069\n• \u2068G43\u2069\n• \u2068Last\u2069 (@last)\n\nPage 3 of 3\n"
            "[‹ Previous]\n[‹ Back]\n");
}

TEST(AccountMenus, InactiveOnesWithTheirNextStep) {
  auto view = with(ann());
  EXPECT_EQ(draw(menu_screen({Menu::inactive, 0}, view)),
            "Inactive accounts\n\nEvery account is active.\n[‹ Back]\n");
  view.accounts.push_back(ann(AccountState::disabled));
  view.accounts[1].id = 8;
  EXPECT_EQ(
      draw(menu_screen({Menu::inactive, 0}, view)),
      "Inactive accounts\n\n8. \u2068Ann\u2069 (@ann) · +1 ••• ••67\n    switched off, since "
      "2026-11-24 15:15\n    Open it and press Switch on.\n\n[8. \u2068Ann\u2069]\n[‹ Back]\n");
}

}  // namespace
}  // namespace tgpanel::bot
