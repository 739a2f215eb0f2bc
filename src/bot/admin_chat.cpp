#include "bot/admin_chat.hpp"

#include "base/text.hpp"
#include "bot/action_form.hpp"
#include "bot/contact_menus.hpp"
#include "bot/document.hpp"
#include "bot/job_orders.hpp"
#include "bot/menus.hpp"
#include "bot/settings_menus.hpp"
#include "words/login.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"

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
    (*self)->surface_->show(
        in_direction((*self)->language(),
                     with_notice(screen, say((*self)->language(), words::qr_failed))),
        false);
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
  once->show(in_direction(language(), std::move(screen)), true);
}

void AdminChat::on_late_message(const Incoming& message) {
  if (message.text && tools_.panel.had_unfinished_login()) return erase_answer(message);
  if (std::exchange(late_said_, true)) return;
  show_menu({}, words::was_away, Place::below);
}

void AdminChat::erase_answer(const Incoming& message) {
  erase(message.id);
  late_said_ = true;
  if (std::exchange(erased_said_, true)) return;
  show_menu({}, words::text_deleted, Place::below);
}

void AdminChat::on_message(const Incoming& message) {
  if (message.text && names_command(*message.text, "/start")) {
    came_back_ = true;
    const bool ended = end_conversation() != nullptr;
    show_menu({}, ended ? Sentence(words::cancelled) : Sentence(), Place::below);
  } else if (message.text && names_command(*message.text, "/cancel")) {
    came_back_ = true;
    const bool ended = end_conversation() != nullptr;
    show_menu({}, ended ? words::cancelled : words::nothing_to_cancel, Place::below);
  } else if (const auto conversation = conversation_) {
    conversation->on_message(message);
  } else if (message.text && !came_back_ && tools_.panel.had_unfinished_login()) {
    erase_answer(message);  // the question of before the restart is still on show
  } else {
    show_menu({}, words::not_asked, Place::below);
  }
}

void AdminChat::on_press(const std::string& query, MessageId message, std::string_view data) {
  came_back_ = true;
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
    *toast = say(language(), tools_.cards.redraw(*job, admin_, message));
    return;
  }
  surface_->adopt(message);
  if (const auto* menu_press = parsed ? std::get_if<MenuPress>(&*parsed) : nullptr) {
    *toast = say(language(), press(*menu_press));
  } else if (const auto* step = parsed ? std::get_if<ConversationPress>(&*parsed) : nullptr) {
    *toast = say(language(), press(*step));
  } else {
    *toast = say(language(), press_garbled());
  }
}

void AdminChat::order_job(std::string query, MessageId message, const JobPress& press,
                          const JobOrder& order) {
  JobPressed pressed{.job = press.job,
                     .order = order,
                     .query = std::move(query),
                     .chat = admin_,
                     .language = language(),
                     .zone = tools_.zone,
                     .folder = tools_.folder};
  auto say_later = [weak = std::weak_ptr(me_)](const std::string& sentence) {
    if (const auto self = weak.lock()) (*self)->tell(sentence);
  };
  tools_.works.start(
      carry_out_order(tools_.sender, &tools_.panel, std::move(pressed), std::move(say_later)));
  if (std::holds_alternative<SendResults>(order)) return;  // the card stays as it is
  tools_.cards.redraw(press, admin_, message);
}

Sentence AdminChat::press_garbled() {
  if (conversation_) {
    redraw(Place::here);
  } else {
    show_menu({}, {}, Place::here);
  }
  return words::unknown_button;
}

Sentence AdminChat::press(const ConversationPress& press) {
  const auto conversation = conversation_;
  if (!conversation) {
    show_menu({}, {}, Place::here);
    return words::conversation_over;
  }
  if (press.conversation != conversation->name() ||
      !has_button(conversation->screen(), encode(press))) {
    redraw(Place::here);
    return words::outdated;
  }
  if (press.action == kCancel) {
    end_conversation();
    show_menu({}, words::cancelled, Place::here);
    return {};
  }
  return conversation->on_press(press.action);
}

Sentence AdminChat::press(const MenuPress& press) {
  if (conversation_) {
    redraw(Place::here);
    return words::finish_first;
  }
  const std::string_view action = press.action;
  if (action.starts_with(kGo)) {  // shows things as they are now, so it cannot be outdated
    const auto target = parse_menu(action.substr(kGo.size()));
    if (target && target->menu == Menu::statistics) {
      spawn(show_statistics(me_, &tools_.panel, Place::here));
      return {};
    }
    if (target && target->menu == Menu::statistics_picture) {
      spawn(send_statistics(me_, &tools_.panel));
      return {};
    }
    show_menu(target.value_or(MenuRef{}), {}, Place::here);
    return target ? Sentence() : Sentence(words::unknown_button);
  }
  // A card too shows its job as it is now; the list itself is outdated by every deed of a job.
  if (action.starts_with(kShowJob)) {
    const auto number = action.substr(kShowJob.size());
    JobId job = 0;
    std::from_chars(number.data(), number.data() + number.size(), job);
    if (tools_.panel.job(job)) {
      show_job(job);
      return {};
    }
  }
  if (!has_button(menu(press.menu), encode(press))) {
    show_menu(press.menu, {}, Place::here);
    return words::outdated;
  }
  return act(press);
}

Sentence AdminChat::act(const MenuPress& press) {
  const std::string_view action = press.action;
  if (action.starts_with(kBegin)) {
    const auto what = action.substr(kBegin.size());
    if (what == kAddAccount) begin(login_conversation(*this), Place::here);
    if (what == kAddKeyword) begin(add_keyword_conversation(*this), Place::here);
    if (what == kTryKeyword) begin(trial_conversation(*this), Place::here);
    if (what == kIgnore) begin(ignore_conversation(*this), Place::here);
    if (what == kAddDoNotContact) begin(do_not_contact_conversation(*this), Place::here);
    if (const auto* form = action_form(what)) {
      const bool alone = press.menu.menu == Menu::individual_account;
      const AccountId account = alone ? press.menu.parameter : 0;
      begin(action_conversation(*this, *form, account, tools_.zone), Place::here);
    }
    if (const auto key = setting_of(press.menu); key && what == kTypeSetting) {
      begin(setting_conversation(*this, *key), Place::here);
    }
    begin_for_account(what, press.menu);
  } else if (action == kExportKeywords) {
    return export_keywords();
  } else if (action == kExportAudit) {
    spawn(send_audit(me_, &tools_.panel));
  } else if (action == kRemove && press.menu.menu != Menu::account_delete) {
    remove(press.menu);
  } else if (!change_setting(press)) {
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
    auto notice = remove_do_not_contact(language(), &tools_.panel, menu.parameter);
    spawn(act_and_show(me_, std::move(notice), {Menu::do_not_contact, 0}));
  } else if (menu.menu == Menu::stop_end) {
    auto notice = end_stop(&tools_.panel, menu.parameter);
    spawn(act_and_show(me_, std::move(notice), {Menu::stopped_accounts, 0}));
  }
}

Awaitable<> AdminChat::act_and_show(std::weak_ptr<AdminChat*> self, Awaitable<Sentence> act,
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
  (*chat)->show_menu({Menu::keyword_list, 0},
                     removed ? Sentence(words::keyword_removed, shorten(removed->text, 200))
                             : sentence_of(removed.error()),
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
  (*chat)->show_menu(
      {Menu::ignored_list, 0},
      removed ? Sentence(words::ignored_removed, name) : sentence_of(removed.error()), Place::here);
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

void AdminChat::finish(Sentence notice, MenuRef menu, Place place) {
  end_conversation();
  show_menu(menu, notice, place);
}

Awaitable<Result<std::string>> AdminChat::download(Attachment file, std::size_t limit) {
  return read_document(tools_.sender->shared_client(), file, limit);
}

void AdminChat::finish(Screen screen, Place place) {
  end_conversation();
  show(screen, place);
}

void AdminChat::erase(MessageId message) {
  spawn(erase_message(tools_.sender, admin_, message));
}

void AdminChat::show(const Screen& screen, Place place) {
  surface_->show(in_direction(language(), screen), place == Place::below);
  picture_->show(screen.qr);
}

Screen AdminChat::menu(MenuRef menu) const {
  auto view = look(tools_.panel, menu.menu, menu.parameter);
  view.zone = tools_.zone;
  view.language = language();
  if (menu.menu == Menu::settings || menu.menu == Menu::setting) {
    view.settings = settings_of(tools_.panel.preferences(), admin_);
  }
  return menu_screen(menu, view);
}

void AdminChat::show_menu(MenuRef ref, const Sentence& notice, Place place) {
  show(with_notice(menu(ref), say(language(), notice)), place);
}

}  // namespace tgpanel::bot
