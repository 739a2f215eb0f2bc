#include "bot/admin_chat.hpp"

#include "base/text.hpp"
#include "bot/action_form.hpp"
#include "bot/catalogue.hpp"
#include "bot/contact_menus.hpp"
#include "bot/job_orders.hpp"
#include "bot/menus.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tgpanel::bot {
namespace {

/// "/start", "/start payload", "/start@name".
bool names_command(std::string_view text, std::string_view command) {
  if (!text.starts_with(command)) return false;
  const auto rest = text.substr(command.size());
  return rest.empty() || rest.front() == ' ' || rest.front() == '@' || rest.front() == '\n';
}

bool has_button(const Screen& screen, std::string_view data) {
  return std::ranges::any_of(screen.rows, [&](const Row& row) {
    return std::ranges::any_of(row, [&](const Button& button) { return button.data == data; });
  });
}

Awaitable<> answer(std::shared_ptr<Sender> sender, std::string query,
                   std::shared_ptr<std::string> toast) {
  co_await sender->answer(std::move(query), std::move(toast));
}

Awaitable<> erase_message(std::shared_ptr<Sender> sender, ChatId chat, MessageId message) {
  co_await sender->erase(chat, message);
}

}  // namespace

AdminChat::AdminChat(Tools tools, UserId admin)
    : tools_(std::move(tools)),
      admin_(admin),
      me_(std::make_shared<AdminChat*>(this)),
      surface_(std::make_shared<Surface>(tools_.sender, tools_.works, tools_.clock, admin,
                                         Priority::reply, Millis{0})) {
  auto failed = [weak = std::weak_ptr(me_)] {
    const auto self = weak.lock();
    if (!self || !(*self)->conversation_) return;
    const auto screen = (*self)->conversation_->screen();
    (*self)->surface_->show(with_notice(screen, text(Text::qr_failed)), false);
  };
  picture_ = std::make_shared<Picture>(tools_.sender, tools_.works, admin, tools_.folder, failed);
}

AdminChat::~AdminChat() {
  close();
}

void AdminChat::close() {
  if (end_conversation()) picture_->show({});
}

void AdminChat::tell(std::string_view sentence) {
  auto once = std::make_shared<Surface>(tools_.sender, tools_.works, tools_.clock, admin_,
                                        Priority::reply, Millis{0});
  Screen screen{RichText(sentence)};
  screen.text.fit(kMaxText);
  once->show(screen, true);
}

void AdminChat::on_late_message() {
  if (std::exchange(late_said_, true)) return;
  show_menu({}, text(Text::was_away), Place::below);
}

void AdminChat::on_message(const Incoming& message) {
  if (message.text && names_command(*message.text, "/start")) {
    const bool ended = end_conversation() != nullptr;
    show_menu({}, ended ? text(Text::cancelled) : std::string(), Place::below);
  } else if (message.text && names_command(*message.text, "/cancel")) {
    const bool ended = end_conversation() != nullptr;
    show_menu({}, text(ended ? Text::cancelled : Text::nothing_to_cancel), Place::below);
  } else if (const auto conversation = conversation_) {
    conversation->on_message(message);
  } else {
    show_menu({}, text(Text::not_asked), Place::below);
  }
}

void AdminChat::on_press(const std::string& query, MessageId message, std::string_view data) {
  const auto parsed = parse_press(data);
  if (const auto* job = parsed ? std::get_if<JobPress>(&*parsed) : nullptr) {
    if (const auto order = parse_order(job->action)) {
      return order_job(query, message, *job, *order);
    }
  }
  // The answer is started first, so that it reaches Telegram before what the press changes; its
  // words are known by the time it leaves.
  auto toast = std::make_shared<std::string>();
  tools_.works.start(answer(tools_.sender, query, toast));
  if (const auto* job = parsed ? std::get_if<JobPress>(&*parsed) : nullptr) {
    *toast = tools_.cards.redraw(*job, admin_, message);
    return;
  }
  surface_->adopt(message);
  if (const auto* menu_press = parsed ? std::get_if<MenuPress>(&*parsed) : nullptr) {
    *toast = press(*menu_press);
  } else if (const auto* step = parsed ? std::get_if<ConversationPress>(&*parsed) : nullptr) {
    *toast = press(*step);
  } else {
    *toast = press_garbled();
  }
}

void AdminChat::order_job(std::string query, MessageId message, const JobPress& press,
                          const JobOrder& order) {
  JobPressed pressed{.job = press.job,
                     .order = order,
                     .query = std::move(query),
                     .chat = admin_,
                     .language = Language::en,
                     .zone = tools_.zone,
                     .folder = tools_.folder};
  auto say_later = [weak = std::weak_ptr(me_)](const std::string& sentence) {
    if (const auto self = weak.lock()) (*self)->tell(sentence);
  };
  tools_.works.start(
      carry_out_order(tools_.sender, &tools_.panel, std::move(pressed), std::move(say_later)));
  tools_.cards.redraw(press, admin_, message);
}

std::string AdminChat::press_garbled() {
  if (conversation_) {
    redraw(Place::here);
  } else {
    show_menu({}, {}, Place::here);
  }
  return text(Text::unknown_button);
}

std::string AdminChat::press(const ConversationPress& press) {
  const auto conversation = conversation_;
  if (!conversation) {
    show_menu({}, {}, Place::here);
    return text(Text::conversation_over);
  }
  if (press.conversation != conversation->name() ||
      !has_button(conversation->screen(), encode(press))) {
    redraw(Place::here);
    return text(Text::outdated);
  }
  if (press.action == kCancel) {
    end_conversation();
    show_menu({}, text(Text::cancelled), Place::here);
    return {};
  }
  return conversation->on_press(press.action);
}

std::string AdminChat::press(const MenuPress& press) {
  if (conversation_) {
    redraw(Place::here);
    return text(Text::finish_first);
  }
  const std::string_view action = press.action;
  if (action.starts_with(kGo)) {  // shows things as they are now, so it cannot be outdated
    const auto target = parse_menu(action.substr(kGo.size()));
    show_menu(target.value_or(MenuRef{}), {}, Place::here);
    return target ? std::string() : text(Text::unknown_button);
  }
  if (!has_button(menu(press.menu), encode(press))) {
    show_menu(press.menu, {}, Place::here);
    return text(Text::outdated);
  }
  return act(press);
}

std::string AdminChat::act(const MenuPress& press) {
  const std::string_view action = press.action;
  if (action.starts_with(kBegin)) {
    const auto what = action.substr(kBegin.size());
    if (what == kAddAccount) begin(login_conversation(*this), Place::here);
    if (what == kAddKeyword) begin(add_keyword_conversation(*this), Place::here);
    if (what == kIgnore) begin(ignore_conversation(*this), Place::here);
    if (what == kAddDoNotContact) begin(do_not_contact_conversation(*this), Place::here);
    if (const auto* form = action_form(what)) {
      const bool alone = press.menu.menu == Menu::individual_account;
      const AccountId account = alone ? press.menu.parameter : 0;
      begin(action_conversation(*this, *form, account, tools_.zone), Place::here);
    }
    begin_for_account(what, press.menu);
  } else if (action.starts_with(kShowJob)) {
    const auto number = action.substr(kShowJob.size());
    JobId job = 0;
    std::from_chars(number.data(), number.data() + number.size(), job);
    show_job(job);
  } else if (action == kRemove && press.menu.menu != Menu::account_delete) {
    remove(press.menu);
  } else {
    decide(press);
  }
  return {};
}

void AdminChat::remove(MenuRef menu) {
  if (menu.menu == Menu::keyword_remove) {
    spawn(remove_keyword(me_, &tools_.panel, menu.parameter));
  } else if (menu.menu == Menu::ignored_remove) {
    spawn(remove_ignored(me_, &tools_.panel, menu.parameter));
  } else if (menu.menu == Menu::do_not_contact_remove) {
    auto notice = remove_do_not_contact(&tools_.panel, menu.parameter);
    spawn(act_and_show(me_, std::move(notice), {Menu::do_not_contact, 0}));
  } else if (menu.menu == Menu::stop_end) {
    auto notice = end_stop(&tools_.panel, menu.parameter);
    spawn(act_and_show(me_, std::move(notice), {Menu::stopped_accounts, 0}));
  }
}

Awaitable<> AdminChat::act_and_show(std::weak_ptr<AdminChat*> self, Awaitable<std::string> act,
                                    MenuRef menu) {
  const auto notice = co_await std::move(act);
  const auto chat = self.lock();
  if (chat && !(*chat)->conversation_) (*chat)->show_menu(menu, notice, Place::here);
}

Awaitable<> AdminChat::remove_keyword(std::weak_ptr<AdminChat*> self, panel::Panel* panel,
                                      KeywordId id) {
  const auto removed = co_await panel->remove_keyword(id);
  const auto chat = self.lock();
  if (!chat || (*chat)->conversation_) co_return;
  (*chat)->show_menu(
      {Menu::keyword_list, 0},
      removed ? text(Text::keyword_removed, shorten(removed->text, 200)) : removed.error().message,
      Place::here);
}

Awaitable<> AdminChat::remove_ignored(std::weak_ptr<AdminChat*> self, panel::Panel* panel,
                                      std::int64_t row) {
  const auto removed = co_await panel->remove_ignored(row);
  const auto chat = self.lock();
  if (!chat || (*chat)->conversation_) co_return;
  const std::string name = removed && !removed->name.empty() ? isolate(shorten(removed->name, 64))
                           : removed                         ? std::to_string(removed->peer_id)
                                                             : std::string();
  (*chat)->show_menu({Menu::ignored_list, 0},
                     removed ? text(Text::ignored_removed, name) : removed.error().message,
                     Place::here);
}

void AdminChat::begin(std::shared_ptr<Conversation> conversation, Place place) {
  conversation_ = std::move(conversation);
  redraw(place);
  if (conversation_) conversation_->begin();
}

std::shared_ptr<Conversation> AdminChat::end_conversation() {
  auto conversation = std::exchange(conversation_, nullptr);
  if (conversation) conversation->end();
  return conversation;
}

void AdminChat::redraw(Place place) {
  if (conversation_) show(conversation_->screen(), place);
}

void AdminChat::finish(std::string notice, MenuRef menu, Place place) {
  end_conversation();
  show_menu(menu, notice, place);
}

void AdminChat::finish(Screen screen, Place place) {
  end_conversation();
  show(screen, place);
}

void AdminChat::erase(MessageId message) {
  spawn(erase_message(tools_.sender, admin_, message));
}

void AdminChat::show(const Screen& screen, Place place) {
  surface_->show(screen, place == Place::below);
  picture_->show(screen.qr);
}

Screen AdminChat::menu(MenuRef menu) const {
  auto view = look(tools_.panel, menu.menu, menu.parameter);
  view.zone = tools_.zone;
  return menu_screen(menu, view);
}

void AdminChat::show_menu(MenuRef ref, std::string_view notice, Place place) {
  show(with_notice(menu(ref), notice), place);
}

}  // namespace tgpanel::bot
