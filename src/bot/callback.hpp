#pragma once
// The data behind buttons: what a press means. At most 64 bytes each.
//
//   m:<menu><parameter>:<fingerprint>:<action>   a menu; acts only while the fingerprint fits
//   c:<conversation>:<step>:<action>             a step of a conversation of this process
//   j:<job>:<action>                             a job card; durable
//   a:<alert>:<action>                           an alert; durable

#include "base/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tgpanel::bot {

/// The menus; the value is the letter in the data.
enum class Menu : char {
  main = 'm',
  accounts = 'a',
  account_list = 'l',  // parameter: page
  monitor = 'n',
  keyword_list = 'k',    // page
  keyword_remove = 'r',  // keyword id
  ignored_list = 'i',    // page
  ignored_remove = 'u',  // row id
  bulk = 'b',
  job_list = 'j',  // page
  report = 's',
  individual = 'I',             // page
  individual_account = 'A',     // account id
  account = 'c',                // account id
  account_delete = 'd',         // account id
  account_labels = 't',         // account id
  account_groups = 'g',         // account id and page (account_menus.hpp)
  inactive = 'x',               // page
  do_not_contact = 'D',         // page
  do_not_contact_remove = 'R',  // row id
  stopped_accounts = 'S',       // page
  stop_end = 'E',               // account id
  settings = 'O',
  setting = 'o',             // panel::Preference
  statistics = 'Z',          // read from the disk, see AdminChat
  statistics_picture = 'z',  // sends it; no screen of its own
};

struct MenuRef {
  Menu menu = Menu::main;
  std::int64_t parameter = 0;  // 0 ... 2^63-1
  friend bool operator==(const MenuRef&, const MenuRef&) = default;
};

struct MenuPress {
  MenuRef menu;
  std::string fingerprint;
  std::string action;
  friend bool operator==(const MenuPress&, const MenuPress&) = default;
};

struct ConversationPress {
  std::string conversation;
  std::int64_t step = 0;
  std::string action;
  friend bool operator==(const ConversationPress&, const ConversationPress&) = default;
};

struct JobPress {
  JobId job = 0;
  std::string action;
  friend bool operator==(const JobPress&, const JobPress&) = default;
};

struct AlertPress {
  AlertId alert = 0;
  std::string action;
  friend bool operator==(const AlertPress&, const AlertPress&) = default;
};

using Press = std::variant<MenuPress, ConversationPress, JobPress, AlertPress>;

[[nodiscard]] std::string encode(const Press& press);
/// Nothing for anything that encode() does not make.
[[nodiscard]] std::optional<Press> parse_press(std::string_view data);

/// Reads a menu letter and parameter ("k2"); nothing when it is none.
[[nodiscard]] std::optional<MenuRef> parse_menu(std::string_view text);
[[nodiscard]] std::string encode(MenuRef menu);

}  // namespace tgpanel::bot
