#include "bot/digest_message.hpp"

#include "base/direction.hpp"
#include "bot/alert_message.hpp"
#include "bot/callback.hpp"
#include "bot/match_excerpt.hpp"
#include "words/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace tgpanel::bot {
namespace {

constexpr std::int32_t kKeywordUnits = 48;
constexpr std::int32_t kNameUnits = 40;
constexpr std::int32_t kLongestExcerpt = 300;
constexpr std::int32_t kLinkUnits = 80;  // the longest there is has fewer
constexpr std::int32_t kBreaks = 3;      // line breaks of one alert

RichText head(Language language, const monitor::Alert& alert, std::size_t number) {
  RichText out;
  const auto mark = line_mark(language);
  const auto name = [language](std::string_view text) {
    return apart(language, shorten(text, kNameUnits));
  };
  out.add(mark).add(digits(language, static_cast<std::int64_t>(number))).add(". ");
  out.code(language, shorten(alert.keyword, kKeywordUnits));
  out.add("\n").add(mark);
  if (const auto sender = shown_sender(language, alert); !sender.empty()) {
    out.add("👤 ").add(name(sender)).add(" ");
    if (alert.sender_id != 0) out.code(language, std::to_string(alert.sender_id)).add(" ");
  }
  out.add("💬 ").add(name(shown_chat(language, alert)));
  out.add(" 📱 ").add(name(shown_account(language, alert)));
  return out;
}

Button ignore_button(Language language, const monitor::Alert& alert, std::size_t number) {
  const bool ignorable = has_sender(alert);
  const auto label = fmt::format("{} {}", ignorable ? "🚫" : "·",
                                 digits(language, static_cast<std::int64_t>(number)));
  return {label, encode(AlertPress{alert.id, std::string(ignorable ? kIgnoreSender : kNoSender)})};
}

}  // namespace

Screen digest_message(Language language, const std::vector<monitor::Alert>& alerts) {
  Screen screen;
  auto& out = screen.text;
  out.add("🔔 ").bold(say(language, words::digest_title, alerts.size()));
  std::vector<RichText> heads;
  std::int32_t taken = out.length();
  for (const auto& alert : alerts) {
    heads.push_back(head(language, alert, heads.size() + 1));
    taken += heads.back().length() + kBreaks + 1;
    if (!alert.link.empty()) taken += kLinkUnits;
  }
  const auto count = std::max<std::int32_t>(1, static_cast<std::int32_t>(alerts.size()));
  const auto room = std::clamp((kMaxText - taken) / count, 0, kLongestExcerpt);
  Row row;
  for (std::size_t i = 0; i < alerts.size(); ++i) {
    const auto& alert = alerts[i];
    out.add("\n\n").add(heads[i]).add("\n").add(match_excerpt(alert.text, alert.marks, room));
    if (!alert.link.empty()) out.add("\n").add(shorten(alert.link, kLinkUnits));
    row.push_back(ignore_button(language, alert, i + 1));
  }
  out.fit(kMaxText);
  screen.rows.push_back(std::move(row));
  return screen;
}

}  // namespace tgpanel::bot
