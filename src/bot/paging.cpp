#include "bot/paging.hpp"

#include "words/menus.hpp"

#include <fmt/format.h>

#include <utility>

namespace tgpanel::bot {

void add_page_row(Language language, Screen& screen, const Page& page, const ButtonMaker& button) {
  Row row;
  if (page.index > 0) {
    row.push_back(button(say(language, words::previous), fmt::format("p{}", page.index - 1)));
  }
  if (page.index + 1 < page.count) {
    row.push_back(button(say(language, words::next), fmt::format("p{}", page.index + 1)));
  }
  if (!row.empty()) screen.rows.push_back(std::move(row));
}

}  // namespace tgpanel::bot
