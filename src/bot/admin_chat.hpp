#pragma once
// The private chat with one admin: menus, at most one conversation, and what presses and texts
// mean.

#include "base/ids.hpp"
#include "base/sentence.hpp"
#include "bot/callback.hpp"
#include "bot/conversation.hpp"
#include "bot/drawer.hpp"
#include "bot/job_cards.hpp"
#include "bot/job_controls.hpp"
#include "bot/picture.hpp"
#include "bot/sender.hpp"
#include "bot/surface.hpp"
#include "bot/works.hpp"
#include "panel/panel.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tgpanel::bot {

/// What the chats share.
struct Tools {
  panel::Panel& panel;
  std::shared_ptr<Sender> sender;
  Works& works;
  const Clock& clock;
  JobCards& cards;
  Drawer& drawer;
  std::function<std::uint32_t()> random;
  std::filesystem::path folder;  // for pictures under way
  std::string zone{};            // TGPANEL_TZ, for times
  std::function<Language(UserId)> language_of = [](UserId) { return Language::en; };
};

/// Executor: the domain's.
class AdminChat final : public Stage {
 public:
  AdminChat(Tools tools, UserId admin);
  ~AdminChat() override;

  void on_message(const Incoming& message);
  /// A press in this chat; `data` as it came.
  void on_press(const std::string& query, MessageId message, std::string_view data);
  /// A message that was written while the bot was away: never an order; said once. A text that may
  /// be the password of a login which the restart has ended is deleted.
  void on_late_message(const Incoming& message);
  /// Says something that nobody asked for, with no buttons.
  void tell(std::string_view sentence);
  /// Ends the conversation, if there is one, without a word.
  void close();

  // Stage
  panel::Panel& panel() override { return tools_.panel; }

  [[nodiscard]] UserId admin() const override { return admin_; }

  [[nodiscard]] Language language() const override { return tools_.language_of(admin_); }

  void redraw(Place place) override;
  void finish(Sentence notice, MenuRef menu, Place place) override;
  void finish(Screen screen, Place place) override;
  void erase(MessageId message) override;
  Awaitable<Result<std::string>> download(Attachment file, std::size_t limit) override;

  void show_job(JobId job) override { tools_.cards.send(job, admin_); }

  void spawn(Awaitable<> work) override { tools_.works.start(std::move(work)); }

  std::uint32_t random() override { return tools_.random(); }

 private:
  void show(const Screen& screen, Place place);
  void show_menu(MenuRef menu, const Sentence& notice, Place place);
  [[nodiscard]] Screen menu(MenuRef menu) const;
  void begin(std::shared_ptr<Conversation> conversation, Place place);
  std::shared_ptr<Conversation> end_conversation();

  /// Deletes a text that was written for a login of before the restart.
  void erase_answer(const Incoming& message);

  // Each returns the toast.
  Sentence press_garbled();
  Sentence press(const MenuPress& press);
  Sentence press(const ConversationPress& press);
  Sentence act(const MenuPress& press);
  void remove(MenuRef menu);
  void order_job(std::string query, MessageId message, const JobPress& press,
                 const JobOrder& order);

  // One account (admin_accounts.cpp).
  void begin_for_account(std::string_view what, MenuRef menu);
  void decide(const MenuPress& press);
  static Awaitable<> carry_out(std::weak_ptr<AdminChat*> self, Awaitable<Result<void>> work,
                               Sentence notice, MenuRef menu);

  // Statistics and settings (admin_reports.cpp).
  static Awaitable<> show_statistics(std::weak_ptr<AdminChat*> self, panel::Panel* panel,
                                     Place place);
  static Awaitable<> send_statistics(std::weak_ptr<AdminChat*> self, panel::Panel* panel);
  /// False: the press is none of a setting.
  bool change_setting(const MenuPress& press);

  // Keywords and the audit as files (admin_exports.cpp).
  Sentence export_keywords();
  static Awaitable<> send_keywords(std::weak_ptr<AdminChat*> self);
  static Awaitable<> send_audit(std::weak_ptr<AdminChat*> self, panel::Panel* panel);

  static Awaitable<> remove_keyword(std::weak_ptr<AdminChat*> self, panel::Panel* panel,
                                    KeywordId id);
  static Awaitable<> remove_ignored(std::weak_ptr<AdminChat*> self, panel::Panel* panel,
                                    std::int64_t row);

  /// Does something of the panel's and shows the menu with what came of it above.
  static Awaitable<> act_and_show(std::weak_ptr<AdminChat*> self, Awaitable<Sentence> act,
                                  MenuRef menu);

  Tools tools_;
  UserId admin_;
  std::shared_ptr<AdminChat*> me_;  // lets coroutines see that this chat is gone
  std::shared_ptr<Surface> surface_;
  std::shared_ptr<Picture> picture_;
  std::shared_ptr<Conversation> conversation_;
  bool late_said_ = false;
  bool erased_said_ = false;
  bool came_back_ = false;  // pressed or ordered something since the start
};

}  // namespace tgpanel::bot
