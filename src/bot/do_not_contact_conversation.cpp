#include "bot/contact_menus.hpp"
#include "bot/conversation.hpp"
#include "panel/panel.hpp"
#include "words/actions.hpp"
#include "words/menus.hpp"
#include "words/people.hpp"

#include <utility>

namespace tgpanel::bot {
namespace {

/// Bulk → Do not contact → Add: one question.
class DoNotContactConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), words::do_not_contact)).add("\n\n");
    add_problem(screen, problem_);
    screen.text.add(say(language(), busy_ ? words::looking_up : words::ask_do_not_contact));
    screen.rows.push_back(back_and_cancel());
    screen.text.fit(kMaxText);
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    if (action == kBack) stage().finish({}, MenuRef{Menu::do_not_contact, 0}, Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(words::please_wait);
    if (!message.text) return refuse(words::expected_recipient);
    busy_ = true;
    problem_ = {};
    stage().redraw(Place::below);
    stage().spawn(
        add(std::static_pointer_cast<DoNotContactConversation>(shared_from_this()), *message.text));
  }

 private:
  static Awaitable<> add(std::shared_ptr<DoNotContactConversation> self, std::string who) {
    if (self->ended()) co_return;
    const UserId admin = self->stage().admin();
    const auto added = co_await self->stage().panel().add_do_not_contact(std::move(who), admin);
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!added) {
      self->refuse(sentence_of(added.error()));
      co_return;
    }
    self->stage().finish({words::do_not_contact_added, describe(self->language(), *added)},
                         MenuRef{Menu::do_not_contact, 0}, Place::below);
  }

  void refuse(Sentence problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  Sentence problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> do_not_contact_conversation(Stage& stage) {
  return std::make_shared<DoNotContactConversation>(stage);
}

}  // namespace tgpanel::bot
