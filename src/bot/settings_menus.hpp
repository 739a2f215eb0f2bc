#pragma once
// Settings: every value with its meaning, and the buttons that change one.

#include "base/sentence.hpp"
#include "bot/callback.hpp"
#include "bot/menus.hpp"
#include "panel/preferences.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tgpanel::bot {

// Actions on the page of a setting.
inline constexpr std::string_view kSetValue = "v.";          // v.<number>
inline constexpr std::string_view kSetDefault = "vd";        // back to it
inline constexpr std::string_view kTypeSetting = "setting";  // a conversation

/// All of them as one admin has them, by panel::Preference.
[[nodiscard]] std::vector<SettingValue> settings_of(const panel::Preferences& preferences,
                                                    UserId admin);

[[nodiscard]] Screen settings_menu(MenuRef menu, const View& view);
[[nodiscard]] Screen setting_page(MenuRef menu, const View& view);

/// The setting whose page this is; nothing when there is none of that number.
[[nodiscard]] std::optional<panel::Preference> setting_of(MenuRef menu);
[[nodiscard]] const Phrase& name_of(panel::Preference key);
[[nodiscard]] const Phrase& meaning_of(panel::Preference key);
/// "3", "24 h", "3 s", "on", "never", "English".
[[nodiscard]] Sentence shown(panel::Preference key, std::int64_t value);

/// What a press on the page of a setting asks for; nothing: no such press.
struct SettingWish {
  panel::Preference key{};
  std::optional<std::int64_t> value;  // nothing: back to the default
};

[[nodiscard]] std::optional<SettingWish> parse_setting(MenuRef menu, std::string_view action);

}  // namespace tgpanel::bot
