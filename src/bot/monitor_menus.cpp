#include "bot/monitor_menus.hpp"

#include "base/direction.hpp"
#include "base/text.hpp"
#include "bot/menu_builder.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kRowsPerPage = 8;

std::string ignored_name(Language language, const monitor::Ignored& ignored) {
  auto id = apart(language, std::to_string(ignored.peer_id));
  if (ignored.name.empty()) return id;
  return fmt::format("{} ({})", isolate(shorten(ignored.name, kNameUnits)), id);
}

}  // namespace

Screen monitor_menu(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::monitor_mode);
  b.text().add(b.say(words::monitor_hint)).add("\n\n");
  b.text().add(b.counted(words::one_keyword, words::n_keywords, view.keywords.size())).add("\n");
  b.text().add(b.counted(words::one_ignored, words::n_ignored, view.ignored.size()));
  b.row({{b.say(words::add_keyword), Builder::begin(kAddKeyword)}});
  b.row({{b.say(words::try_keyword), Builder::begin(kTryKeyword)}});
  b.row({{b.say(words::list_keywords), Builder::go(Menu::keyword_list)}});
  b.row({{b.say(words::ignored_users), Builder::go(Menu::ignored_list)}});
  b.back(Menu::main);
  return b.finish();
}

Screen keyword_list(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::list_keywords);
  const Page page = page_of(view.keywords.size(), kRowsPerPage, parameter(menu));
  b.text().add(b.say(view.keywords.empty() ? words::no_keywords : words::press_to_remove));
  b.page_line(page);
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& keyword = view.keywords[i];
    b.row({{fmt::format("✕ {}", keyword.text), Builder::go(Menu::keyword_remove, keyword.id)}});
  }
  b.pages(page);
  b.row({{b.say(words::add_keyword), Builder::begin(kAddKeyword)}});
  b.row({{b.say(words::export_keywords), std::string(kExportKeywords)}});
  b.back(Menu::monitor);
  return b.finish();
}

Screen keyword_remove(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const auto found = std::ranges::find(view.keywords, menu.parameter, &monitor::Keyword::id);
  if (found == view.keywords.end()) {
    b.text().add(b.say(words::keyword_gone));
  } else {
    b.text()
        .add(b.say(words::remove_keyword_question))
        .add("\n\n")
        .code(view.language, found->text);
    b.row({{b.say(words::yes_remove), std::string(kRemove)}});
  }
  b.back(Menu::keyword_list);
  return b.finish();
}

Screen ignored_list(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::ignored_users);
  const Page page = page_of(view.ignored.size(), kRowsPerPage, parameter(menu));
  b.text().add(b.say(view.ignored.empty() ? words::no_ignored : words::press_to_hear_again));
  b.page_line(page);
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& ignored = view.ignored[i];
    b.row({{fmt::format("✕ {}", ignored_name(view.language, ignored)),
            Builder::go(Menu::ignored_remove, ignored.id)}});
  }
  b.pages(page);
  b.row({{b.say(words::ignore_somebody), Builder::begin(kIgnore)}});
  b.back(Menu::monitor);
  return b.finish();
}

Screen ignored_remove(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const auto found = std::ranges::find(view.ignored, menu.parameter, &monitor::Ignored::id);
  if (found == view.ignored.end()) {
    b.text().add(b.say(words::ignored_gone));
  } else {
    b.text()
        .add(b.say(words::remove_ignored_question))
        .add("\n\n")
        .bold(ignored_name(view.language, *found));
    b.row({{b.say(words::yes_remove), std::string(kRemove)}});
  }
  b.back(Menu::ignored_list);
  return b.finish();
}

}  // namespace tgpanel::bot
