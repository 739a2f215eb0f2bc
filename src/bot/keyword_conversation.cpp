#include "bot/catalogue.hpp"
#include "bot/conversation.hpp"
#include "bot/input.hpp"
#include "panel/panel.hpp"

namespace tgpanel::bot {
namespace {

/// Monitor Mode → Add keyword: one question.
class KeywordConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(text(Text::add_keyword)).add("\n\n");
    if (!problem_.empty()) screen.text.add("⚠ ").add(problem_).add("\n\n");
    screen.text.add(text(Text::ask_keyword));
    screen.rows.push_back(back_and_cancel());
    return screen;
  }

  std::string on_press(std::string_view action) override {
    if (action == kBack) stage().finish({}, MenuRef{Menu::monitor, 0}, Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(text(Text::please_wait));
    if (!message.text) return refuse(text(Text::expected_text));
    if (is_command(*message.text)) return refuse(text(Text::keyword_is_command));
    busy_ = true;
    stage().spawn(
        add(std::static_pointer_cast<KeywordConversation>(shared_from_this()), *message.text));
  }

 private:
  static Awaitable<> add(std::shared_ptr<KeywordConversation> self, std::string keyword) {
    if (self->ended()) co_return;
    auto added = co_await self->stage().panel().add_keyword(std::move(keyword));
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!added) {
      self->refuse(added.error().message);
      co_return;
    }
    self->stage().finish(text(Text::keyword_added, shorten(added->text, 200)),
                         MenuRef{Menu::monitor, 0}, Place::below);
  }

  void refuse(std::string problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  std::string problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> add_keyword_conversation(Stage& stage) {
  return std::make_shared<KeywordConversation>(stage);
}

}  // namespace tgpanel::bot
