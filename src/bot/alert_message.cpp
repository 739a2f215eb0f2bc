#include "bot/alert_message.hpp"

#include "base/direction.hpp"
#include "bot/bytes.hpp"
#include "bot/callback.hpp"
#include "bot/match_excerpt.hpp"
#include "telegram/td_types.hpp"
#include "words/alerts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tgpanel::bot {
namespace {

constexpr std::int32_t kFieldUnits = 128;
constexpr std::int32_t kKeywordUnits = 200;

void field(Language language, RichText& out, const Phrase& label, std::string_view value) {
  if (value.empty()) return;
  out.bold(say(language, label))
      .add(" ")
      .add(apart(language, shorten(value, kFieldUnits)))
      .add("\n");
}

/// The alert button in a td_api `inlineKeyboardButton`, if it is one.
std::optional<AlertPress> alert_press(const Json& button) {
  const auto& type = telegram::object_field(button, "type");
  const auto data = from_bytes(telegram::string_field(type, "data"));
  if (!data) return std::nullopt;
  const auto press = parse_press(*data);
  if (!press) return std::nullopt;
  const auto* alert = std::get_if<AlertPress>(&*press);
  return alert == nullptr ? std::nullopt : std::optional(*alert);
}

/// The alerts behind the buttons of a td_api `message`, in order.
std::vector<AlertId> alerts_of(const Json& message) {
  std::vector<AlertId> alerts;
  const auto& markup = telegram::object_field(message, "reply_markup");
  if (!markup.is_object() || !markup.contains("rows")) return alerts;
  for (const auto& row : markup["rows"]) {
    for (const auto& button : row) {
      if (const auto press = alert_press(button)) alerts.push_back(press->alert);
    }
  }
  return alerts;
}

std::size_t alerts_in(const Json& markup) {
  std::size_t count = 0;
  for (const auto& row : markup["rows"]) {
    count += static_cast<std::size_t>(
        std::ranges::count_if(row, [](const Json& b) { return alert_press(b).has_value(); }));
  }
  return count;
}

}  // namespace

Screen alert_message(Language language, const monitor::Alert& alert) {
  Screen screen;
  auto& out = screen.text;
  out.add("🔔 ").bold(say(language, words::alert_keyword)).add(" ");
  out.code(language, shorten(alert.keyword, kKeywordUnits)).add("\n");
  field(language, out, words::alert_account, shown_account(language, alert));
  field(language, out, words::alert_sender, shown_sender(language, alert));
  if (alert.sender_id != 0) {
    out.bold(say(language, words::alert_sender_id))
        .add(" ")
        .code(language, std::to_string(alert.sender_id))
        .add("\n");
  }
  field(language, out, words::alert_chat, shown_chat(language, alert));
  out.add("\n");
  out.add(match_part(alert.text, alert.marks, kMaxText - out.length()));

  Row row;
  if (!alert.link.empty()) row.push_back({say(language, words::view_message), "", alert.link});
  row.push_back(has_sender(alert) ? Button{say(language, words::ignore_user),
                                           encode(AlertPress{alert.id, std::string(kIgnoreSender)})}
                                  : Button{say(language, words::no_sender_button, alert.id),
                                           encode(AlertPress{alert.id, std::string(kNoSender)})});
  screen.rows.push_back(std::move(row));
  return screen;
}

std::string shown_account(Language language, const monitor::Alert& alert) {
  return alert.account_name.empty() ? say(language, words::unknown_account) : alert.account_name;
}

std::string shown_chat(Language language, const monitor::Alert& alert) {
  return alert.chat_title.empty()
             ? say(language, words::unknown_chat, std::to_string(alert.chat_id))
             : alert.chat_title;
}

std::string shown_sender(Language language, const monitor::Alert& alert) {
  if (!alert.sender_name.empty()) return alert.sender_name;
  if (alert.sender_id != 0) {
    return say(language, words::unknown_user, std::to_string(alert.sender_id));
  }
  if (alert.sender_chat_id == 0) return {};
  return say(language, words::unknown_chat, std::to_string(alert.sender_chat_id));
}

bool has_sender(const monitor::Alert& alert) {
  const bool wrote_as_chat = alert.sender_chat_id != 0 && alert.sender_chat_id != alert.chat_id;
  return alert.sender_id != 0 || wrote_as_chat;
}

AlertId alert_id_of(const Json& message) {
  const auto alerts = alerts_of(message);
  return alerts.empty() ? 0 : alerts.front();
}

bool has_alert(const Json& message, AlertId alert) {
  const auto alerts = alerts_of(message);
  return std::ranges::find(alerts, alert) != alerts.end();
}

Json mark_ignored(Language language, const Json& markup, AlertId alert) {
  if (!markup.is_object() || !markup.contains("rows")) return nullptr;
  Json result = markup;
  bool changed = false;
  std::int64_t number = 0;  // in a digest
  for (auto& row : result["rows"]) {
    for (auto& button : row) {
      const auto press = alert_press(button);
      if (press) ++number;
      if (!press || press->alert != alert || press->action != kIgnoreSender) continue;
      button["text"] = alerts_in(markup) > 1 ? fmt::format("✓ {}", digits(language, number))
                                             : say(language, words::ignored_mark);
      button["type"]["data"] = to_bytes(encode(AlertPress{alert, std::string(kIgnoredAlready)}));
      changed = true;
    }
  }
  return changed ? result : Json(nullptr);
}

}  // namespace tgpanel::bot
