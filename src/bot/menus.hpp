#pragma once
// The menus: what an admin sees outside a conversation. Pure functions of a snapshot of the panel.

#include "accounts/account.hpp"
#include "base/sentence.hpp"
#include "bot/callback.hpp"
#include "bot/screen.hpp"
#include "jobs/job.hpp"
#include "monitor/group.hpp"
#include "monitor/rule.hpp"
#include "panel/panel.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

/// A setting as the reader has it.
struct SettingValue {
  std::int64_t value = 0;
  std::int64_t fallback = 0;
};

/// What the menus show.
struct View {
  std::vector<accounts::Account> accounts;
  std::vector<monitor::Keyword> keywords;
  std::vector<monitor::Ignored> ignored;
  std::vector<jobs::Job> jobs;                         // the newest first
  std::vector<monitor::Group> groups = {};             // of the account on show
  std::map<AccountId, std::size_t> group_counts = {};  // of active accounts on the page on show
  std::string zone = {};                               // TGPANEL_TZ, for times
  std::vector<jobs::DoNotContact> do_not_contact{};
  std::vector<panel::StoppedAccount> stopped{};
  Language language = Language::en;      // of the reader
  std::vector<SettingValue> settings{};  // by panel::Preference
};

/// Reads from the panel what `menu` shows, and no more.
[[nodiscard]] View look(const panel::Panel& panel, Menu menu, std::int64_t parameter = 0);

[[nodiscard]] Screen menu_screen(MenuRef menu, const View& view);

// Actions in the data of menu buttons.
inline constexpr std::string_view kGo = "g.";       // g.<menu><parameter>: show that menu
inline constexpr std::string_view kBegin = "b.";    // b.<conversation>: begin it; the
                                                    // word of an action begins that action
inline constexpr std::string_view kShowJob = "j.";  // j.<job>: send its card
inline constexpr std::string_view kRemove = "yes";  // on the screens that ask again

inline constexpr std::string_view kExportKeywords = "file";  // on Menu::keyword_list
inline constexpr std::string_view kExportAudit = "audit";    // on Menu::report

inline constexpr std::string_view kAddAccount = "account";
inline constexpr std::string_view kAddKeyword = "keyword";
inline constexpr std::string_view kTryKeyword = "try";
inline constexpr std::string_view kIgnore = "ignore";

// On the page of an account (Menu::account) and of its labels.
inline constexpr std::string_view kSwitchOff = "off";
inline constexpr std::string_view kSwitchOn = "on";
inline constexpr std::string_view kExclude = "x1";
inline constexpr std::string_view kInclude = "x0";
inline constexpr std::string_view kDropLabel = "l.";  // l.<index>
inline constexpr std::string_view kLogInAgain = "again";
inline constexpr std::string_view kAddLabel = "label";
inline constexpr std::string_view kSearch = "search";
inline constexpr std::string_view kCheckReport = "report";
inline constexpr std::string_view kUpdateGroups = "groups";
inline constexpr std::string_view kAddDoNotContact = "donotcontact";

/// "Ali (@ali) · +1 ••• ••67"; names are cut to stay legible.
[[nodiscard]] std::string describe(Language language, const accounts::Account& account);
/// The state of an account in words for people.
[[nodiscard]] const Phrase& describe(accounts::AccountState state);

}  // namespace tgpanel::bot
