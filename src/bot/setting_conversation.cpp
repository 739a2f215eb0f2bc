#include "bot/conversation.hpp"
#include "bot/input.hpp"
#include "bot/settings_menus.hpp"
#include "panel/panel.hpp"
#include "words/menus.hpp"
#include "words/settings.hpp"

#include <utility>

namespace tgpanel::bot {
namespace {

/// Settings → one of them → Type a number: one question.
class SettingConversation final : public Conversation {
 public:
  SettingConversation(Stage& stage, panel::Preference key)
      : Conversation(stage), key_(key), page_{Menu::setting, static_cast<std::int64_t>(key)} {}

  [[nodiscard]] Screen screen() const override {
    const auto& spec = panel::spec_of(key_);
    Screen screen;
    screen.text.bold(say(language(), name_of(key_))).add("\n\n");
    screen.text.add(say(language(), meaning_of(key_))).add("\n\n");
    add_problem(screen, problem_);
    screen.text.add(say(language(), words::setting_ask, spec.minimum, spec.maximum));
    screen.rows.push_back(back_and_cancel());
    return screen;
  }

  Sentence on_press(std::string_view action) override {
    if (action == kBack) stage().finish({}, page_, Place::here);
    return {};
  }

  void on_message(const Incoming& message) override {
    if (busy_) return refuse(words::please_wait);
    const auto number = message.text ? parse_count(*message.text) : std::nullopt;
    if (!number) return refuse({words::setting_expected, panel::spec_of(key_).fallback});
    problem_ = {};
    busy_ = true;
    stage().spawn(save(std::static_pointer_cast<SettingConversation>(shared_from_this()), *number));
  }

 private:
  static Awaitable<> save(std::shared_ptr<SettingConversation> self, std::int64_t value) {
    if (self->ended()) co_return;
    const UserId admin = self->stage().admin();
    const auto saved = co_await self->stage().panel().preferences().set(self->key_, value, admin);
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!saved) {
      self->refuse(sentence_of(saved.error()));
      co_return;
    }
    self->stage().finish({words::setting_saved, name_of(self->key_), shown(self->key_, value)},
                         self->page_, Place::below);
  }

  void refuse(Sentence problem) {
    problem_ = std::move(problem);
    stage().redraw(Place::below);
  }

  panel::Preference key_;
  MenuRef page_;
  Sentence problem_;
  bool busy_ = false;
};

}  // namespace

std::shared_ptr<Conversation> setting_conversation(Stage& stage, panel::Preference key) {
  return std::make_shared<SettingConversation>(stage, key);
}

}  // namespace tgpanel::bot
