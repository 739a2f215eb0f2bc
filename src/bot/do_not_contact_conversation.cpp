#include "bot/catalogue.hpp"
#include "bot/contact_menus.hpp"
#include "bot/conversation.hpp"
#include "panel/panel.hpp"

#include <utility>

namespace tgpanel::bot {
namespace {

/// Bulk → Do not contact → Add: one question.
class DoNotContactConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(text(Text::do_not_contact)).add("\n\n");
    if (!problem_.empty()) screen.text.add("⚠ ").add(problem_).add("\n\n");
    screen.text.add(text(busy_ ? Text::looking_up : Text::ask_do_not_contact));
    screen.rows.push_back(back_and_cancel());
    screen.text.fit(kMaxText);
    return screen;
  }

  std::string on_press(std::string_view action) override {
    if (action == kBack) stage().finish({}, MenuRef{Menu::do_not_contact, 0}, Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(text(Text::please_wait));
    if (!message.text) return refuse(text(Text::expected_recipient));
    problem_.clear();
    busy_ = true;
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
      self->refuse(added.error().message);
      co_return;
    }
    self->stage().finish(text(Text::do_not_contact_added, describe(*added)),
                         MenuRef{Menu::do_not_contact, 0}, Place::below);
  }

  void refuse(std::string problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  std::string problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> do_not_contact_conversation(Stage& stage) {
  return std::make_shared<DoNotContactConversation>(stage);
}

}  // namespace tgpanel::bot
