#include "base/text.hpp"
#include "bot/conversation.hpp"
#include "panel/panel.hpp"
#include "words/login.hpp"
#include "words/menus.hpp"
#include "words/monitor.hpp"

namespace tgpanel::bot {
namespace {

/// Monitor Mode → Ignored users → Ignore somebody: one question.
class IgnoreConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), words::ignore_somebody)).add("\n\n");
    add_problem(screen, problem_);
    screen.text.add(say(language(), busy_ ? words::asking_telegram : words::ask_ignore));
    screen.text.fit(kMaxText);
    screen.rows.push_back(back_and_cancel());
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    if (action == kBack) stage().finish({}, MenuRef{Menu::ignored_list, 0}, Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(words::please_wait);
    if (!message.text) return refuse(words::expected_ignore);
    busy_ = true;
    problem_ = {};
    stage().redraw(Place::below);
    stage().spawn(
        add(std::static_pointer_cast<IgnoreConversation>(shared_from_this()), *message.text));
  }

 private:
  static Awaitable<> add(std::shared_ptr<IgnoreConversation> self, std::string who) {
    if (self->ended()) co_return;
    const auto ignored = co_await self->stage().panel().ignore(std::move(who));
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!ignored) {
      self->refuse(sentence_of(ignored.error()));
      co_return;
    }
    const auto id = std::to_string(ignored->peer_id);
    const auto name = isolate(cut_utf16(ignored->name, 64, true));
    self->stage().finish({words::ignored_added, ignored->name.empty() ? id : name, id},
                         MenuRef{Menu::ignored_list, 0}, Place::below);
  }

  void refuse(Sentence problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  Sentence problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> ignore_conversation(Stage& stage) {
  return std::make_shared<IgnoreConversation>(stage);
}

}  // namespace tgpanel::bot
