#include "bot/action_preview.hpp"

#include "base/direction.hpp"
#include "base/text.hpp"
#include "bot/action_words.hpp"
#include "bot/job_card.hpp"
#include "bot/told.hpp"
#include "words/actions.hpp"
#include "words/job_control.hpp"

#include <algorithm>

namespace tgpanel::bot {
namespace {

constexpr std::size_t kNamesShown = 15;

template <class List, class Line>
void bullets(Language language, RichText& out, const List& list, const Line& line) {
  const std::size_t shown = std::min(list.size(), kNamesShown);
  for (std::size_t i = 0; i < shown; ++i) out.add("• ").add(line(list[i])).add("\n");
  if (list.size() > shown) out.add(say(language, words::and_more, list.size() - shown)).add("\n");
}

}  // namespace

void draw_preview(RichText& out, const CardView& view, const panel::ActionPreview& preview) {
  const auto language = view.language;
  out.add(say(language, words::preview_what, describe(language, preview.spec),
              preview.accounts.size()))
      .add("\n");
  if (!preview.title.empty()) out.bold(apart(language, shorten(preview.title, 100))).add("\n");
  if (!preview.excerpt.empty()) {
    out.italic(apart(language, shorten(preview.excerpt, 120))).add("\n");
  }
  if (const auto target = target_line(language, preview.spec); !target.empty()) {
    out.add(target).add("\n");
  }
  for (const auto& remark : preview.remarks) {
    out.add("⚠ ").add(told(language, remark, 200)).add("\n");
  }
  out.add("\n");
  bullets(language, out, preview.accounts,
          [](const accounts::Account& account) { return isolate(shorten(account.name, 48)); });
  if (!preview.left_out.empty()) {
    out.add("\n").add(say(language, words::left_out)).add("\n");
    bullets(language, out, preview.left_out,
            [language](const Sentence& line) { return told(language, line, 150); });
  }
  if (!preview.waits.empty()) {
    out.add("\n").add(say(language, words::waits_first)).add("\n");
    bullets(language, out, preview.waits, [&](const panel::Waiting& wait) {
      return say(language, words::may_act_again, isolate(shorten(wait.name, 48)),
                 time_of_day(view, wait.until));
    });
  }
  out.add("\n").add(say(language, words::takes_about, duration(preview.expected_duration)));
}

}  // namespace tgpanel::bot
