#include "base/text.hpp"
#include "bot/conversation.hpp"
#include "panel/panel.hpp"
#include "words/accounts.hpp"
#include "words/menus.hpp"

namespace tgpanel::bot {
namespace {

/// An account → Labels → Add label: one question.
class LabelConversation final : public Conversation {
 public:
  LabelConversation(Stage& stage, AccountId account) : Conversation(stage), account_(account) {}

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(say(language(), words::add_label)).add("\n\n");
    add_problem(screen, problem_);
    screen.text.add(say(language(), words::ask_label));
    screen.rows.push_back(back_and_cancel());
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    if (action == kBack) stage().finish({}, MenuRef{Menu::account_labels, account_}, Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(words::please_wait);
    if (!message.text) return refuse(words::expected_label);
    busy_ = true;
    stage().spawn(
        add(std::static_pointer_cast<LabelConversation>(shared_from_this()), *message.text));
  }

 private:
  static Awaitable<> add(std::shared_ptr<LabelConversation> self, std::string label) {
    if (self->ended()) co_return;
    const std::string shown = shorten(trim(label), 64);
    const auto added =
        co_await self->stage().panel().desk().add_label(self->account_, std::move(label));
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!added) {
      self->refuse(sentence_of(added.error()));
      co_return;
    }
    self->stage().finish({words::label_added, shown}, MenuRef{Menu::account_labels, self->account_},
                         Place::below);
  }

  void refuse(Sentence problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  AccountId account_;
  Sentence problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> label_conversation(Stage& stage, AccountId account) {
  return std::make_shared<LabelConversation>(stage, account);
}

}  // namespace tgpanel::bot
