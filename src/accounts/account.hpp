#pragma once
// What the panel knows of one account.

#include "base/ids.hpp"
#include "base/sentence.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tgpanel::accounts {

enum class AccountState : std::uint8_t {
  connecting,      // its client is opening, or its connection is gone for longer than kPatience
  active,          // ready
  disabled,        // switched off by an admin
  login_needed,    // Telegram ended the session; `reason` says why where Telegram gave a reason
  banned,          // USER_DEACTIVATED, USER_DEACTIVATED_BAN
  duplicated_key,  // AUTH_KEY_DUPLICATED
  wrong_key,       // the session folder does not open with our key
  deleting,        // log out asked for, not yet confirmed
};

/// How long Telegram may be out of reach before people see it: a start waits no longer for it, and
/// an active account whose connection is gone for longer is `connecting` until it is back.
inline constexpr Millis kPatience{10'000};

/// What the report check bot said last: Telegram limits what the account may do.
struct Limit {
  bool on = false;
  Instant until{};  // the epoch: no date was named
  friend bool operator==(const Limit&, const Limit&) = default;
};

/// TDLib's updateFreezeState: the account may read and nothing else.
struct Freeze {
  bool on = false;
  Instant since{};
  Instant until{};     // Telegram deletes the account then; the epoch: not named
  std::string appeal;  // a link; may be empty
  friend bool operator==(const Freeze&, const Freeze&) = default;
};

inline constexpr std::size_t kMostLabels = 10;  // of one account

/// How many groups and channels an account was in when an admin last asked (Update groups).
struct KnownGroups {
  std::size_t count = 0;
  Instant at{};  // the epoch: nobody has asked
};

struct Account {
  AccountId id = 0;
  UserId user_id = 0;
  std::string name;          // first and last name; never empty
  std::string username;      // without @; may be empty
  std::string masked_phone;  // "+1 ••• ••67"; the full number is never stored in clear
  AccountState state = AccountState::connecting;
  Sentence reason;  // empty for active
  Instant since{};  // of `state`
  std::vector<std::string> labels = {};
  bool excluded = false;  // never chosen for an operation by itself
  Limit limit{};
  Freeze freeze{};
  KnownGroups known_groups{};
  Instant waiting_until{};  // the last of Telegram's flood waits; the epoch: none
};

/// The stable word of a state, used in tables, logs and JSON ("active", "login_needed", ...).
[[nodiscard]] const char* to_string(AccountState state);

/// True when nothing changes before a person does something: the session has ended or does not
/// open.
[[nodiscard]] bool needs_person(AccountState state);

}  // namespace tgpanel::accounts
