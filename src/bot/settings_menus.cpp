#include "bot/settings_menus.hpp"

#include "bot/job_card.hpp"
#include "bot/menu_builder.hpp"
#include "words/errors_common.hpp"
#include "words/settings.hpp"

#include <fmt/format.h>

#include <charconv>
#include <span>

namespace tgpanel::bot {
namespace {

using panel::Preference;

enum class Kind : std::uint8_t { number, hours, pause, threshold, toggle, language };

/// How a setting is shown and which values have a button.
struct Form {
  const Phrase& name;
  const Phrase& meaning;
  Kind kind = Kind::number;
  std::vector<std::int64_t> offered;
};

const Form& form_of(Preference key) {
  // In the order of panel::Preference.
  static const std::vector<Form> forms{
      {words::setting_language, words::setting_language_hint, Kind::language, {0, 1}},
      {words::setting_per_recipient,
       words::setting_per_recipient_hint,
       Kind::number,
       {0, 1, 3, 5, 10}},
      {words::setting_per_account,
       words::setting_per_account_hint,
       Kind::number,
       {0, 5, 10, 20, 50}},
      {words::setting_flood_stop,
       words::setting_flood_stop_hint,
       Kind::hours,
       {6, 12, 24, 48, 168}},
      {words::setting_panel_gap, words::setting_panel_gap_hint, Kind::pause, {1, 2, 5, 10}},
      {words::setting_account_gap, words::setting_account_gap_hint, Kind::pause, {1, 3, 10, 30}},
      {words::setting_digest, words::setting_digest_hint, Kind::threshold, {0, 10, 20, 50}},
      {words::setting_private_chats, words::setting_private_chats_hint, Kind::toggle, {0, 1}}};
  return forms.at(static_cast<std::size_t>(key));
}

bool takes_numbers(Kind kind) {
  return kind != Kind::toggle && kind != Kind::language;
}

}  // namespace

std::vector<SettingValue> settings_of(const panel::Preferences& preferences, UserId admin) {
  std::vector<SettingValue> all;
  for (const auto& spec : panel::preference_table()) {
    all.push_back({preferences.value(spec.key, admin), preferences.fallback(spec.key)});
  }
  return all;
}

std::optional<Preference> setting_of(MenuRef menu) {
  const auto count = static_cast<std::int64_t>(panel::preference_table().size());
  if (menu.parameter < 0 || menu.parameter >= count) return std::nullopt;
  return static_cast<Preference>(menu.parameter);
}

const Phrase& name_of(Preference key) {
  return form_of(key).name;
}

const Phrase& meaning_of(Preference key) {
  return form_of(key).meaning;
}

Sentence shown(Preference key, std::int64_t value) {
  switch (form_of(key).kind) {
    case Kind::number:
      break;
    case Kind::hours:
      return {words::for_h, value};  // as the preview of a message says it
    case Kind::pause:
      return duration(Millis{value * 1'000});
    case Kind::threshold:
      if (value == 0) return words::setting_never;
      break;
    case Kind::toggle:
      return value == 0 ? words::setting_off : words::setting_on;
    case Kind::language:
      return value == 0 ? words::language_english : words::language_persian;
  }
  return {words::bare_number, value};
}

Screen settings_menu(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::settings);
  b.text().add(b.say(words::settings_hint));
  for (std::size_t i = 0; i < view.settings.size(); ++i) {
    const auto key = static_cast<Preference>(i);
    b.row({{b.say(words::setting_row, name_of(key), shown(key, view.settings[i].value)),
            Builder::go(Menu::setting, static_cast<std::int64_t>(i))}});
  }
  b.back(Menu::main);
  return b.finish();
}

Screen setting_page(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const auto key = setting_of(menu);
  if (!key || static_cast<std::size_t>(menu.parameter) >= view.settings.size()) {
    b.title(words::settings);
    b.back(Menu::settings);
    return b.finish();
  }
  const auto& form = form_of(*key);
  const auto& spec = panel::spec_of(*key);
  const auto& now = view.settings[static_cast<std::size_t>(menu.parameter)];
  b.title(form.name);
  b.text().add(b.say(form.meaning)).add("\n\n");
  b.text().bold(b.say(words::setting_now, shown(*key, now.value))).add("\n");
  b.text().add(b.say(words::setting_default, shown(*key, now.fallback)));
  if (takes_numbers(form.kind)) {
    b.text().add("\n").add(b.say(words::setting_range, spec.minimum, spec.maximum));
  }
  std::vector<std::pair<std::string, std::string>> row;
  for (const auto value : form.offered) {
    const auto label = b.say(shown(*key, value));
    row.emplace_back(value == now.value ? "✓ " + label : label,
                     fmt::format("{}{}", kSetValue, value));
  }
  b.row(std::move(row));
  if (takes_numbers(form.kind)) {
    b.row({{b.say(words::setting_type), Builder::begin(kTypeSetting)}});
  }
  if (now.value != now.fallback) {
    b.row({{b.say(words::setting_reset, shown(*key, now.fallback)), std::string(kSetDefault)}});
  }
  b.back(Menu::settings);
  return b.finish();
}

std::optional<SettingWish> parse_setting(MenuRef menu, std::string_view action) {
  const auto key = menu.menu == Menu::setting ? setting_of(menu) : std::nullopt;
  if (!key) return std::nullopt;
  if (action == kSetDefault) return SettingWish{*key, std::nullopt};
  if (!action.starts_with(kSetValue)) return std::nullopt;
  const auto digits = action.substr(kSetValue.size());
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return SettingWish{*key, value};
}

}  // namespace tgpanel::bot
