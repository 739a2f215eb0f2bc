#include "base/text.hpp"
#include "bot/catalogue.hpp"
#include "bot/conversation.hpp"
#include "bot/input.hpp"
#include "bot/rule_answer.hpp"
#include "panel/panel.hpp"

#include <algorithm>

namespace tgpanel::bot {
namespace {

using Fate = monitor::RuleOutcome::Fate;

/// The lines that have something in them.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    if (!trim(line).empty()) lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Monitor Mode → Add keyword: one question.
class KeywordConversation final : public Conversation {
 public:
  using Conversation::Conversation;

  [[nodiscard]] Screen screen() const override {
    Screen screen;
    screen.text.bold(text(Text::add_keyword)).add("\n\n");
    if (!problem_.empty()) screen.text.add("⚠ ").add(problem_).add("\n\n");
    screen.text.add(text(Text::ask_keyword));
    screen.text.fit(kMaxText);
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
    auto lines = lines_of(*message.text);
    if (lines.empty()) return refuse(text(Text::expected_text));
    busy_ = true;
    stage().spawn(
        add(std::static_pointer_cast<KeywordConversation>(shared_from_this()), std::move(lines)));
  }

 private:
  static Awaitable<> add(std::shared_ptr<KeywordConversation> self,
                         std::vector<std::string> lines) {
    if (self->ended()) co_return;
    const auto outcomes = co_await self->stage().panel().add_keywords(std::move(lines));
    if (self->ended()) co_return;
    self->busy_ = false;
    if (!outcomes) {
      self->refuse(outcomes.error().message);
      co_return;
    }
    auto answer = rule_answer(*outcomes);
    const bool any = std::ranges::any_of(
        *outcomes, [](const auto& outcome) { return outcome.fate == Fate::added; });
    if (any) {
      self->stage().finish(std::move(answer), MenuRef{Menu::monitor, 0}, Place::below);
    } else {
      self->refuse(std::move(answer));
    }
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
