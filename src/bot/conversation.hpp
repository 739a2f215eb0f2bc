#pragma once
// A conversation: one admin's walk through the steps of one wish. A state object; what it shows is
// a pure function of its state, and its end releases everything it holds.

#include "base/async.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/sentence.hpp"
#include "bot/callback.hpp"
#include "bot/screen.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tgpanel::panel {
class Panel;
enum class Preference : std::uint8_t;
}  // namespace tgpanel::panel

namespace tgpanel::bot {

struct ActionForm;

/// Where the next screen appears: in the message whose button was pressed, or below all.
enum class Place : std::uint8_t { here, below };

/// A file of Telegram's that came with a message.
struct Attachment {
  std::int64_t file = 0;  // TDLib's id, of this process
  std::int64_t size = 0;  // bytes
};

/// What a conversation may ask of the chat it runs in. Executor: the domain's.
class Stage {
 public:
  Stage() = default;
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  virtual ~Stage() = default;

  virtual panel::Panel& panel() = 0;
  [[nodiscard]] virtual UserId admin() const = 0;
  /// The admin's, as it is now.
  [[nodiscard]] virtual Language language() const = 0;
  /// Shows the conversation's screen() as it is now.
  virtual void redraw(Place place) = 0;
  /// Ends the conversation; `menu` is shown with `notice` above it.
  virtual void finish(Sentence notice, MenuRef menu, Place place) = 0;
  /// Ends the conversation; `screen` is the last word.
  virtual void finish(Screen screen, Place place) = 0;
  /// Deletes a message of the chat for both sides, at once.
  virtual void erase(MessageId message) = 0;
  /// The content of a file, which is not kept; look at its size before. Errors: as read_document.
  virtual Awaitable<Result<std::string>> download(Attachment file, std::size_t limit) = 0;
  /// Sends the card of a job, kept up to date while the job runs.
  virtual void show_job(JobId job) = 0;
  /// Runs a coroutine beside; it must own what it uses.
  virtual void spawn(Awaitable<> work) = 0;
  /// A random number, for names of conversations and the keypad.
  virtual std::uint32_t random() = 0;
};

/// A message of the admin.
struct Incoming {
  MessageId id = 0;
  std::optional<std::string> text;          // nothing: a sticker, a picture, ...
  std::optional<Attachment> document = {};  // a file that was sent as one
};

class Conversation : public std::enable_shared_from_this<Conversation> {
 public:
  explicit Conversation(Stage& stage);
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  /// Logs how many are left: what is never released would show there.
  virtual ~Conversation();

  /// How many there are in this process: beyond one for each chat, some were not let go of.
  [[nodiscard]] static int alive();

  /// What the chat shows now.
  [[nodiscard]] virtual Screen screen() const = 0;

  /// Called once, after screen() was shown first.
  virtual void begin() {}

  /// A press of a button of the current step ("cancel" never comes here). Returns a short toast.
  virtual Sentence on_press(std::string_view action) = 0;
  /// A message; /start and /cancel never come here.
  virtual void on_message(const Incoming& message) = 0;

  /// Ends it: nothing of the stage is used afterwards. Idempotent.
  void end();

  [[nodiscard]] bool ended() const { return stage_ == nullptr; }

  /// Its name in button data; random, so that buttons of an earlier process never fit.
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Buttons of earlier steps are stale.
  [[nodiscard]] std::int64_t step() const { return step_; }

 protected:
  /// Lets go of what the conversation holds. `stage()` still works here.
  virtual void release() {}

  /// Only while !ended().
  [[nodiscard]] Stage& stage() const { return *stage_; }

  [[nodiscard]] Language language() const { return stage_->language(); }

  void next_step() { ++step_; }

  [[nodiscard]] Button button(std::string_view label, std::string_view action) const;
  /// The row every step ends with.
  [[nodiscard]] Row back_and_cancel() const;
  [[nodiscard]] Row cancel_only() const;
  /// What was wrong with the last answer, above what is asked; nothing: no such line.
  void add_problem(Screen& screen, const Sentence& problem) const;

 private:
  Stage* stage_;
  std::string name_;
  std::int64_t step_ = 1;
};

inline constexpr std::string_view kBack = "back";
inline constexpr std::string_view kCancel = "cancel";

std::shared_ptr<Conversation> add_keyword_conversation(Stage& stage);
std::shared_ptr<Conversation> trial_conversation(Stage& stage);
std::shared_ptr<Conversation> ignore_conversation(Stage& stage);
/// `form` is a row of action_forms(); `account`: who acts, 0 to ask who; `zone`: of the times
/// shown.
std::shared_ptr<Conversation> action_conversation(Stage& stage, const ActionForm& form,
                                                  AccountId account, std::string zone);
/// With `again`, a login that replaces the session of that account.
std::shared_ptr<Conversation> login_conversation(Stage& stage, AccountId again = 0);
/// `zone`: of the times shown.
std::shared_ptr<Conversation> search_conversation(Stage& stage, std::string zone);
std::shared_ptr<Conversation> label_conversation(Stage& stage, AccountId account);
/// Asks the report check bot from every account; `zone`: of the times shown.
std::shared_ptr<Conversation> report_conversation(Stage& stage, std::string zone);
/// Looks at the groups of every account; what is new, what is gone.
std::shared_ptr<Conversation> groups_conversation(Stage& stage);
std::shared_ptr<Conversation> do_not_contact_conversation(Stage& stage);
/// Asks for a number.
std::shared_ptr<Conversation> setting_conversation(Stage& stage, panel::Preference key);

}  // namespace tgpanel::bot
