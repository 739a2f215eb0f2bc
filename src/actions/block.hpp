#pragma once
// Block and unblock a person, by one account. Both idempotent.

#include "actions/peer_link.hpp"
#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "telegram/client.hpp"

#include <array>
#include <memory>
#include <string>

namespace tgpanel::actions {

/// A person or bot as one account sees it.
struct SeenUser {
  UserId id = 0;
  std::string name;
};

/// Looks the person up by this account; ids work where the account has met them. invalid: it is a
/// group or channel; not_found: this account has not met that id; a sentence.
Awaitable<Result<SeenUser>> find_user(std::shared_ptr<telegram::Client> client, UserLink link);

/// Whether the person is on the account's list of blocked ones at Telegram.
Awaitable<Result<bool>> is_blocked(std::shared_ptr<telegram::Client> client, UserId user);

/// TDLib says ok before Telegram has answered: so the list is read back, again after each of these
/// pauses.
inline constexpr std::array<Millis, 3> kReadBackPauses{Millis{100}, Millis{500}, Millis{2'000}};

/// Blocks or unblocks and reads back; as it is already: success without a change. timeout:
/// Telegram's list did not change in time; whether it will is not known.
Awaitable<Result<void>> set_blocked(std::shared_ptr<telegram::Client> client, UserId user,
                                    bool blocked);

}  // namespace tgpanel::actions
