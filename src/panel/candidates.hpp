#pragma once
// Which accounts may be asked to act, before anybody looks at Telegram.

#include "accounts/account.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "panel/panel.hpp"

#include <cstddef>
#include <vector>

namespace tgpanel::panel {

struct Candidates {
  std::vector<accounts::Account> accounts;  // that may act, in the order in which they are asked
  std::size_t wanted = 0;                   // how many of them shall act
  std::vector<Sentence> left_out;           // "name: reason" of the others
};

/// `last`: the account that acted last in this rotation; 0: none. invalid: a count that is not
/// possible, or nobody picked. login_needed: none is active.
[[nodiscard]] Result<Candidates> candidates(std::vector<accounts::Account> all, const Choice& who,
                                            AccountId last);

/// "name: reason".
[[nodiscard]] Sentence left_out_line(const accounts::Account& account, Sentence reason);

}  // namespace tgpanel::panel
