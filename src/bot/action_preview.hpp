#pragma once
// The last step before the start: what, where, who, how long.

#include "bot/job_controls.hpp"
#include "bot/rich_text.hpp"
#include "panel/panel.hpp"

namespace tgpanel::bot {

/// `view`: for whom, and for times.
void draw_preview(RichText& out, const CardView& view, const panel::ActionPreview& preview);

}  // namespace tgpanel::bot
