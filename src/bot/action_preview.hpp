#pragma once
// The last step before the start: what, where, who, how long.

#include "bot/rich_text.hpp"
#include "panel/panel.hpp"

namespace tgpanel::bot {

void draw_preview(Language language, RichText& out, const panel::ActionPreview& preview);

}  // namespace tgpanel::bot
