#pragma once
// Settings: what admins may change while the panel runs.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tgpanel::panel {

enum class Preference : std::uint8_t {
  language,       // personal: 0 English, 1 Persian
  per_recipient,  // unsolicited messages to one person in 24 h, of all accounts together
  per_account,    // unsolicited messages of one account in 24 h
  flood_stop,     // hours that an account writes to nobody unasked, after PEER_FLOOD
  panel_gap,      // seconds between two actions, whatever the accounts
  account_gap,    // seconds between two actions of one account
  digest,         // so many alerts waiting become one list; 0: never
  private_chats,  // 1: private chats of the accounts are monitored too
};

struct PreferenceSpec {
  Preference key{};
  std::string_view name;  // the stable word on disk and in the audit
  bool personal = false;  // each admin has an own value
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::int64_t fallback = 0;  // the default; of the language it is a start-up setting
};

/// Every preference, in the order of the enumeration.
[[nodiscard]] std::span<const PreferenceSpec> preference_table();
[[nodiscard]] const PreferenceSpec& spec_of(Preference key);
/// The row of this word; nullptr: none.
[[nodiscard]] const PreferenceSpec* find_preference(std::string_view name);

/// Executor: the domain's. What it reports is on disk.
class Preferences {
 public:
  Preferences() = default;
  Preferences(const Preferences&) = delete;
  Preferences& operator=(const Preferences&) = delete;
  virtual ~Preferences() = default;

  /// As this admin has it; for what is not personal, as all have it. Admin 0: of a personal one the
  /// default, which is what the alert channel reads by.
  [[nodiscard]] virtual std::int64_t value(Preference key, UserId admin) const = 0;
  [[nodiscard]] virtual std::int64_t fallback(Preference key) const = 0;
  /// nothing: back to the default. invalid: out of range, the range is in the spec. storage.
  virtual Awaitable<Result<void>> set(Preference key, std::optional<std::int64_t> value,
                                      UserId admin) = 0;
};

}  // namespace tgpanel::panel
