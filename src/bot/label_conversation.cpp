#include "base/text.hpp"
#include "bot/catalogue.hpp"
#include "bot/conversation.hpp"
#include "bot/input.hpp"
#include "panel/panel.hpp"

namespace tgpanel::bot {
namespace {

/// An account → Labels → Add label: one question.
class LabelConversation final : public Conversation {
 public:
  LabelConversation(Stage& stage, AccountId account) : Conversation(stage), account_(account) {}

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(text(Text::add_label)).add("\n\n");
    if (!problem_.empty()) screen.text.add("⚠ ").add(problem_).add("\n\n");
    screen.text.add(text(Text::ask_label));
    screen.rows.push_back(back_and_cancel());
    return screen;
  }

  std::string on_press(std::string_view action) override {
    if (action == kBack) stage().finish({}, MenuRef{Menu::account_labels, account_}, Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(text(Text::please_wait));
    if (!message.text || is_command(*message.text)) return refuse(text(Text::expected_label));
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
      self->refuse(added.error().message);
      co_return;
    }
    self->stage().finish(text(Text::label_added, shown),
                         MenuRef{Menu::account_labels, self->account_}, Place::below);
  }

  void refuse(std::string problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  AccountId account_;
  std::string problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> label_conversation(Stage& stage, AccountId account) {
  return std::make_shared<LabelConversation>(stage, account);
}

}  // namespace tgpanel::bot
