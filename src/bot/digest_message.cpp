#include "bot/digest_message.hpp"

#include "bot/alert_message.hpp"
#include "bot/callback.hpp"
#include "bot/catalogue.hpp"
#include "bot/match_excerpt.hpp"

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

RichText head(const monitor::Alert& alert, std::size_t number) {
  RichText out;
  out.add(fmt::format("{}. ", number)).code(shorten(alert.keyword, kKeywordUnits));
  out.add("\n👤 ").add(shorten(alert.sender_name, kNameUnits));
  if (alert.sender_id != 0) out.add(" ").code(std::to_string(alert.sender_id));
  out.add(" 💬 ").add(shorten(alert.chat_title, kNameUnits));
  out.add(" 📱 ").add(shorten(alert.account_name, kNameUnits));
  return out;
}

Button ignore_button(const monitor::Alert& alert, std::size_t number) {
  const bool has_sender = alert.sender_id != 0 || alert.sender_chat_id != 0;
  const auto label = fmt::format("{} {}", has_sender ? "🚫" : "·", number);
  return {label, encode(AlertPress{alert.id, std::string(has_sender ? kIgnoreSender : kNoSender)})};
}

}  // namespace

Screen digest_message(const std::vector<monitor::Alert>& alerts) {
  Screen screen;
  auto& out = screen.text;
  out.add("🔔 ").bold(text(Text::digest_title, alerts.size()));
  std::vector<RichText> heads;
  std::int32_t taken = out.length();
  for (const auto& alert : alerts) {
    heads.push_back(head(alert, heads.size() + 1));
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
    row.push_back(ignore_button(alert, i + 1));
  }
  out.fit(kMaxText);
  screen.rows.push_back(std::move(row));
  return screen;
}

}  // namespace tgpanel::bot
