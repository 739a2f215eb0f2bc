#pragma once
// Show stats: the numbers as a text and as a picture. Pure.

#include "base/language.hpp"
#include "bot/screen.hpp"
#include "chart/chart.hpp"
#include "panel/statistics.hpp"

#include <string>

namespace tgpanel::bot {

/// `zone`: TGPANEL_TZ.
[[nodiscard]] Screen statistics_screen(Language language, const panel::Statistics& statistics,
                                       const std::string& zone);
[[nodiscard]] chart::Chart statistics_chart(Language language, const panel::Statistics& statistics,
                                            const std::string& zone);

}  // namespace tgpanel::bot
