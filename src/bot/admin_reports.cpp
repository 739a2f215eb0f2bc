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
namespace {

/// A picture of the statistics for one admin.
struct PictureOrder {
  panel::Panel* panel = nullptr;
  Drawer* drawer = nullptr;
  std::shared_ptr<Sender> sender{};
  UserId admin = 0;
  Language language = Language::en;
  std::string zone{};
  std::filesystem::path file{};
};

Awaitable<Result<MessageId>> send_picture(PictureOrder order) {
  const auto read = co_await order.panel->statistics();
  if (!read) co_return std::unexpected(read.error());
  auto chart = statistics_chart(order.language, *read, order.zone);
  auto drawn = co_await order.drawer->draw(std::move(chart));
  if (!drawn) co_return std::unexpected(drawn.error());
  Photo photo{std::move(*drawn), chart::kWidth, chart::kHeight};
  co_return co_await send_photo(order.sender, order.admin, std::move(photo), order.file);
}

}  // namespace

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
  PictureOrder order;
  {
    const auto chat = self.lock();
    if (!chat) co_return;
    auto& me = **chat;
    order = {.panel = panel,
             .drawer = &me.tools_.drawer,
             .sender = me.tools_.sender,
             .admin = me.admin_,
             .language = me.language(),
             .zone = me.tools_.zone,
             .file = me.tools_.folder / fmt::format("stats-{}-{}.png", me.admin_, me.random())};
  }
  const auto sent = co_await send_picture(std::move(order));
  if (sent) co_return;
  spdlog::warn("bot: the picture of the statistics was not sent: {}", sent.error().message);
  const auto chat = self.lock();
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
