// The text of a message or a comment.

#include "actions/outgoing.hpp"
#include "bot/action_form.hpp"
#include "words/people.hpp"

#include <utility>

namespace tgpanel::bot {
namespace {

/// Any text is taken as it is, also one that begins with a slash.
template <class Spec, const Phrase& kAsk>
class TextDetails final : public Details {
 public:
  void draw(Language language, Screen& screen, const ButtonMaker&) const override {
    screen.text.add(say(language, kAsk));
  }

  Verdict press(std::string_view) override { return Verdict::stay(); }

  Verdict answer(const std::optional<std::string>& typed) override {
    if (!typed) return Verdict::refuse(words::expected_message_text);
    auto good = actions::check_text(*typed);
    if (!good) return Verdict::refuse(sentence_of(good.error()));
    text_ = std::move(*good);
    return Verdict::done();
  }

  [[nodiscard]] jobs::ActionSpec spec(std::string target) const override {
    return Spec{std::move(target), text_};
  }

 private:
  std::string text_;
};

}  // namespace

std::unique_ptr<Details> message_details() {
  return std::make_unique<TextDetails<jobs::MessageSpec, words::ask_message_text>>();
}

std::unique_ptr<Details> comment_details() {
  return std::make_unique<TextDetails<jobs::CommentSpec, words::ask_comment_text>>();
}

}  // namespace tgpanel::bot
