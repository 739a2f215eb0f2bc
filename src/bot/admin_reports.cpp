// What an admin's presses do with statistics and settings.

#include "bot/admin_chat.hpp"
#include "bot/photo.hpp"
#include "bot/settings_menus.hpp"
#include "bot/statistics_screen.hpp"
#include "words/settings.hpp"
#include "words/statistics.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

namespace tgpanel::bot {

Awaitable<> AdminChat::show_statistics(std::weak_ptr<AdminChat*> self, panel::Panel* panel,
                                       Place place) {
  const auto read = co_await panel->statistics();
  const auto chat = self.lock();
  if (!chat || (*chat)->conversation_) co_return;
  auto& me = **chat;
  if (!read) {
    me.show_menu({Menu::report, 0}, sentence_of(read.error()), place);
    co_return;
  }
  me.show(statistics_screen(me.language(), *read, me.tools_.zone), place);
}

Awaitable<> AdminChat::send_statistics(std::weak_ptr<AdminChat*> self, panel::Panel* panel) {
  const auto read = co_await panel->statistics();
  auto chat = self.lock();
  if (!chat) co_return;
  Result<std::string> drawn = fail(Errc::failed, std::string());
  if (read) {
    auto chart = statistics_chart((*chat)->language(), *read, (*chat)->tools_.zone);
    auto* drawer = &(*chat)->tools_.drawer;
    chat.reset();
    drawn = co_await drawer->draw(std::move(chart));
    chat = self.lock();
    if (!chat) co_return;
  }
  Result<MessageId> sent = fail(Errc::failed, drawn ? std::string() : drawn.error().message);
  if (drawn) {
    auto& me = **chat;
    auto file = me.tools_.folder / fmt::format("stats-{}-{}.png", me.admin_, me.random());
    auto sender = me.tools_.sender;
    const UserId admin = me.admin_;
    Photo photo{std::move(*drawn), chart::kWidth, chart::kHeight};
    chat.reset();
    sent = co_await send_photo(std::move(sender), admin, std::move(photo), std::move(file));
  }
  if (sent) co_return;
  spdlog::warn("bot: the picture of the statistics was not sent: {}", sent.error().message);
  chat = self.lock();
  if (chat) (*chat)->tell(say((*chat)->language(), words::stats_picture_failed));
}

bool AdminChat::change_setting(const MenuPress& press) {
  const auto wish = parse_setting(press.menu, press.action);
  if (!wish) return false;
  auto& preferences = tools_.panel.preferences();
  const auto value = wish->value.value_or(preferences.fallback(wish->key));
  Sentence notice(words::setting_saved, name_of(wish->key), shown(wish->key, value));
  spawn(carry_out(me_, preferences.set(wish->key, wish->value, admin_), std::move(notice),
                  {Menu::settings, 0}));
  return true;
}

}  // namespace tgpanel::bot
