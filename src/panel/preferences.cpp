#include "panel/preferences.hpp"

#include "jobs/contact_book.hpp"
#include "jobs/pace.hpp"

#include <algorithm>
#include <array>

namespace tgpanel::panel {

namespace {

constexpr std::int64_t kHour = 3'600;

constexpr std::int64_t seconds(Millis time) {
  return time.count() / 1'000;
}

constexpr jobs::ContactLimits kLimits;
constexpr jobs::Pace kPace;

constexpr std::array kTable{
    PreferenceSpec{Preference::language, "language", true, 0, 1, 0},
    PreferenceSpec{Preference::per_recipient, "messages_per_recipient", false, 0, 100,
                   kLimits.per_recipient},
    PreferenceSpec{Preference::per_account, "messages_per_account", false, 0, 1'000,
                   kLimits.per_account},
    PreferenceSpec{Preference::flood_stop, "stop_after_peer_flood", false,
                   jobs::kShortestStop.count(), jobs::kLongestStop.count(), kLimits.stop.count()},
    PreferenceSpec{Preference::panel_gap, "pause_between_actions", false, 1, kHour,
                   seconds(kPace.panel_gap)},
    PreferenceSpec{Preference::account_gap, "pause_of_an_account", false, 1, kHour,
                   seconds(kPace.account_gap)},
    PreferenceSpec{Preference::digest, "digest", false, 0, 1'000, 20},
    PreferenceSpec{Preference::private_chats, "private_chats", false, 0, 1, 0},
};

}  // namespace

std::span<const PreferenceSpec> preference_table() {
  return kTable;
}

const PreferenceSpec& spec_of(Preference key) {
  return kTable.at(static_cast<std::size_t>(key));
}

const PreferenceSpec* find_preference(std::string_view name) {
  const auto found = std::ranges::find(kTable, name, &PreferenceSpec::name);
  return found == kTable.end() ? nullptr : &*found;
}

}  // namespace tgpanel::panel
