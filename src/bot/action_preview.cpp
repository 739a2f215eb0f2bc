#include "bot/action_preview.hpp"

#include "base/text.hpp"
#include "bot/action_words.hpp"
#include "bot/catalogue.hpp"
#include "bot/job_card.hpp"
#include "words/job_control.hpp"

#include <algorithm>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kNamesShown = 15;

template <class List, class Line>
void bullets(RichText& out, const List& list, const Line& line) {
  const std::size_t shown = std::min(list.size(), kNamesShown);
  for (std::size_t i = 0; i < shown; ++i) out.add("• ").add(line(list[i])).add("\n");
  if (list.size() > shown) out.add(text(Text::and_more, list.size() - shown)).add("\n");
}

}  // namespace

void draw_preview(RichText& out, const CardView& view, const panel::ActionPreview& preview) {
  out.add(text(Text::preview_what, describe(preview.spec), preview.accounts.size())).add("\n");
  if (!preview.title.empty()) out.bold(shorten(preview.title, 100)).add("\n");
  if (!preview.excerpt.empty()) out.italic(shorten(preview.excerpt, 120)).add("\n");
  if (const auto target = target_line(preview.spec); !target.empty()) out.add(target).add("\n");
  for (const auto& remark : preview.remarks) out.add("⚠ ").add(shorten(remark, 200)).add("\n");
  out.add("\n");
  bullets(out, preview.accounts,
          [](const accounts::Account& account) { return isolate(shorten(account.name, 48)); });
  if (!preview.left_out.empty()) {
    out.add("\n").add(text(Text::left_out)).add("\n");
    bullets(out, preview.left_out, [](const std::string& line) { return shorten(line, 150); });
  }
  if (!preview.waits.empty()) {
    out.add("\n").add(say(view.language, words::waits_first)).add("\n");
    bullets(out, preview.waits, [&](const panel::Waiting& wait) {
      return say(view.language, words::may_act_again, isolate(shorten(wait.name, 48)),
                 time_of_day(view, wait.until));
    });
  }
  out.add("\n").add(text(Text::takes_about, duration(preview.expected_duration)));
}

}  // namespace tgpanel::bot
