#pragma once
// Turning the pages of a list within a conversation.

#include "base/language.hpp"
#include "bot/action_form.hpp"
#include "bot/screen.hpp"

namespace tgpanel::bot {

/// The row that leads to the page before and after, by the actions "p<page>"; none where there is
/// one page.
void add_page_row(Language language, Screen& screen, const Page& page, const ButtonMaker& button);

}  // namespace tgpanel::bot
