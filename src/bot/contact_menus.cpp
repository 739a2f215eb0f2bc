#include "bot/contact_menus.hpp"

#include "base/direction.hpp"
#include "base/text.hpp"
#include "bot/job_card.hpp"
#include "bot/menu_builder.hpp"
#include "words/menus.hpp"
#include "words/people.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kRowsPerPage = 8;

}  // namespace

std::string describe(Language language, const jobs::DoNotContact& person) {
  auto other = !person.username.empty() ? "@" + person.username
               : person.user_id != 0    ? std::to_string(person.user_id)
                                        : std::string();
  other = apart(language, other);
  if (person.name.empty()) return other;
  return fmt::format("{} · {}", isolate(shorten(person.name, kNameUnits)), other);
}

Screen do_not_contact_list(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::do_not_contact);
  const Page page = page_of(view.do_not_contact.size(), kRowsPerPage, parameter(menu));
  b.text().add(b.say(words::do_not_contact_hint)).add("\n\n");
  b.text().add(
      b.say(view.do_not_contact.empty() ? words::do_not_contact_empty : words::press_to_take_off));
  b.page_line(page);
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& person = view.do_not_contact[i];
    b.row({{fmt::format("✕ {}", describe(view.language, person)),
            Builder::go(Menu::do_not_contact_remove, person.id)}});
  }
  b.pages(page);
  b.row({{b.say(words::add_do_not_contact), Builder::begin(kAddDoNotContact)}});
  if (!view.stopped.empty()) {
    b.row({{b.say(words::stopped_accounts_n, view.stopped.size()),
            Builder::go(Menu::stopped_accounts)}});
  }
  b.back(Menu::bulk);
  return b.finish();
}

Screen do_not_contact_remove(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const auto found =
      std::ranges::find(view.do_not_contact, menu.parameter, &jobs::DoNotContact::id);
  if (found == view.do_not_contact.end()) {
    b.text().add(b.say(words::do_not_contact_gone));
  } else {
    b.text().add(b.say(words::take_off_question)).add("\n\n").bold(describe(view.language, *found));
    b.row({{b.say(words::yes_remove), std::string(kRemove)}});
  }
  b.back(Menu::do_not_contact);
  return b.finish();
}

Screen stopped_accounts(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  b.title(words::stopped_accounts);
  const Page page = page_of(view.stopped.size(), kRowsPerPage, parameter(menu));
  b.text().add(b.say(view.stopped.empty() ? words::no_stopped_account : words::stopped_hint));
  b.page_line(page);
  for (std::size_t i = page.begin; i < page.end; ++i) {
    const auto& one = view.stopped[i];
    b.text().add("\n• ").add(
        b.say(words::stopped_row, isolate(shorten(one.name, kNameUnits)), duration(one.left)));
    b.row({{b.say(words::end_stop_of, isolate(shorten(one.name, kNameUnits))),
            Builder::go(Menu::stop_end, one.id)}});
  }
  b.pages(page);
  b.back(Menu::do_not_contact);
  return b.finish();
}

Screen stop_end(MenuRef menu, const View& view) {
  Builder b(menu, view.language);
  const auto found = std::ranges::find(view.stopped, menu.parameter, &panel::StoppedAccount::id);
  if (found == view.stopped.end()) {
    b.text().add(b.say(words::stop_over));
  } else {
    b.text()
        .bold(b.apart(shorten(found->name, kNameUnits)))
        .add("\n\n")
        .add(b.say(words::end_stop_question));
    b.row({{b.say(words::yes_end_stop), std::string(kRemove)}});
  }
  b.back(Menu::stopped_accounts);
  return b.finish();
}

Awaitable<Sentence> remove_do_not_contact(Language language, panel::Panel* panel,
                                          std::int64_t row) {
  const auto removed = co_await panel->remove_do_not_contact(row);
  co_return removed ? Sentence(words::taken_off, describe(language, *removed))
                    : sentence_of(removed.error());
}

Awaitable<Sentence> end_stop(panel::Panel* panel, AccountId account) {
  const auto ended = co_await panel->end_stop(account);
  co_return ended ? Sentence(words::stop_ended) : sentence_of(ended.error());
}

}  // namespace tgpanel::bot
